"""The table that a benchmark prints."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measure beside its reference; ``limit`` and ``least`` are the ratios promised."""

    what: str
    unit: str
    reference: str
    expected: float
    measured: float
    limit: float | None = None
    least: float | None = None

    @property
    def promise(self) -> str:
        """What is promised of the ratio, if anything: '≤ 1.2', '≥ 0.75'."""
        if self.limit is not None:
            return f"≤ {self.limit:g}"
        return "" if self.least is None else f"≥ {self.least:g}"

    @property
    def ratio(self) -> float:
        return self.measured / self.expected if self.expected else float("inf")


def as_table(lines: Iterable[Line]) -> str:
    """A Markdown table, one line per measure."""
    head = "| measure | beside | its figure | figure | ratio | promised |"
    rows = [
        f"| {line.what}, {line.unit} | {line.reference} | {_figure(line.expected)} "
        f"| {_figure(line.measured)} | {line.ratio:.2f} "
        f"| {line.promise} |"
        for line in lines
    ]
    return "\n".join([head, "| --- | --- | ---: | ---: | ---: | ---: |", *rows])


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.1f}"
