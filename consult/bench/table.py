"""The table that a benchmark prints."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measure beside what it is compared with; ``limit`` is the highest ratio promised."""

    what: str
    unit: str
    reference: str
    expected: float
    measured: float
    limit: float | None = None

    @property
    def ratio(self) -> float:
        return self.measured / self.expected if self.expected else float("inf")


def as_table(lines: Iterable[Line]) -> str:
    """A Markdown table, one line per measure."""
    head = "| measure | beside | its figure | figure | ratio | at most |"
    rows = [
        f"| {line.what}, {line.unit} | {line.reference} | {_figure(line.expected)} "
        f"| {_figure(line.measured)} | {line.ratio:.2f} "
        f"| {'' if line.limit is None else line.limit} |"
        for line in lines
    ]
    return "\n".join([head, "| --- | --- | ---: | ---: | ---: | ---: |", *rows])


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.1f}"
