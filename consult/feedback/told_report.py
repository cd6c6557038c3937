"""A report of scores as a page tells it: words, and places on the chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import Any

from flask_babel import gettext as _

from consult.feedback import score_words as words
from consult.feedback.scores import FLOOR, MEASURES, Figure, Kind, Measure
from consult.feedback.scores.report import Report
from consult.suppression import THRESHOLD

#: The lines of a chart stand this far apart, by kind of measure.
STEPS = {Kind.MEAN: 0.5, Kind.SHARE: 0.1, Kind.NET: 0.2}


@dataclass(frozen=True)
class ToldReport:
    """What templates show of a report."""

    report: Report
    floor: int = FLOOR
    threshold: int = THRESHOLD

    @property
    def measure(self) -> Measure:
        """The measure told over time and in parts; templates ask when there is one only."""
        return self.report.measure or MEASURES[0]

    @property
    def name(self) -> str:
        return str(words.TOLD[self.measure.name].name)

    @property
    def smallest(self) -> str:
        return words.number_words(self.measure, self.measure.smallest_change).lstrip("+")

    @property
    def figures(self) -> list[dict[str, Any]]:
        return [_told_figure(one) for one in self.report.figures]

    @property
    def methods(self) -> list[words.Told]:
        return [words.TOLD[one.measure.name] for one in self.report.figures]

    @cached_property
    def _changes(self) -> list[str]:
        changes = self.report.trend.changes if self.report.trend else ()
        return [words.change_words(self.measure, change) for change in reversed(changes)]

    @property
    def finding(self) -> str:
        """The title of the trend: its latest change, or that none passes the test."""
        if self._changes:
            return self._changes[0]
        if len(self.points) < 2:
            return str(_("Too few answers to tell a trend"))
        return str(_("%(name)s: no change that passes the test", name=self.name))

    @property
    def earlier(self) -> list[str]:
        return self._changes[1:]

    @cached_property
    def _scale(self) -> "_Scale":
        found = self.report.trend.points if self.report.trend else ()
        return _Scale.around(self.measure, [figure for _period, figure in found])

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """The points of the chart, each with its place and its words."""
        found = self.report.trend.points if self.report.trend else ()
        told = []
        for period, figure in found:
            if figure.value is None or figure.interval is None:
                continue
            middle = (period.first.toordinal() + period.last.toordinal()) / 2
            told.append(
                {
                    "at": self._place(middle),
                    "value": self._scale.place(figure.value),
                    "low": self._scale.place(figure.interval.low),
                    "high": self._scale.place(figure.interval.high),
                    "from_words": words.day_words(period.first),
                    "to_words": words.day_words(min(period.last, self.report.last or period.last)),
                    "number": words.number_words(self.measure, figure.value),
                    "interval": _unbroken(words.interval_words(self.measure, figure.interval)),
                    "answers": figure.answers,
                }
            )
        return told

    def _place(self, day: float) -> float:
        """Where a day (an ordinal) lies along the chart, from 0 to 1."""
        periods = (
            [period for period, _figure in self.report.trend.points] if self.report.trend else []
        )
        start, end = periods[0].first.toordinal(), periods[-1].last.toordinal() + 1
        return (day - start) / (end - start)

    @property
    def ticks(self) -> list[dict[str, Any]]:
        return [
            {"at": self._scale.place(value), "text": words.number_words(self.measure, value)}
            for value in self._scale.ticks
        ]

    @property
    def marks(self) -> list[dict[str, Any]]:
        """Where the latest change was found."""
        if not (self.report.trend and self.report.trend.changes and self.points):
            return []
        since = self.report.trend.changes[-1].since
        return [{"at": self._place(since.toordinal()), "text": words.short_day_words(since)}]

    @property
    def first(self) -> str:
        return str(self.points[0]["from_words"])

    @property
    def last(self) -> str:
        return str(self.points[-1]["to_words"])

    @property
    def breakdowns(self) -> list[dict[str, Any]]:
        """Those that have more than one part: a single one says nothing new."""
        return [
            {
                "dimension": one.dimension,
                "title": words.DIMENSION_TITLES[one.dimension],
                "name": words.DIMENSION_NAMES[one.dimension],
                "rows": [
                    {"words": words.part_words(one.dimension, part.value)} | _row(part.figure)
                    for part in one.parts
                ],
            }
            for one in self.report.breakdowns
            if len(one.parts) > 1
        ]

    @property
    def hides(self) -> bool:
        return any(one.hides for one in self.report.breakdowns)


@dataclass(frozen=True)
class _Scale:
    """The values a chart shows, from the lowest of its lines to the highest."""

    ticks: tuple[float, ...]

    @classmethod
    def around(cls, measure: Measure, figures: Sequence[Figure]) -> "_Scale":
        step = STEPS[measure.kind]
        ends = [end for one in figures if one.interval for end in one.interval]
        low = floor(min(ends, default=measure.scale[0]) / step + 1e-9)
        high = ceil(max(ends, default=measure.scale[-1]) / step - 1e-9)
        high = max(high, low + 2)
        by = max(1, ceil((high - low) / 6))
        count = ceil((high - low) / by)
        return cls(tuple(round((low + n * by) * step, 6) for n in range(count + 1)))

    def place(self, value: float) -> float:
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


def _told_figure(figure: Figure) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": words.TOLD[figure.measure.name].name,
        "answers": words.from_words(figure.answers),
    }
    if figure.value is None or figure.interval is None:
        return told
    is_faces = figure.measure.name == "faces"
    is_completion = figure.measure.question == "completion"
    return told | {
        "value": words.value_words(figure.measure, figure.value),
        "interval": words.interval_words(figure.measure, figure.interval),
        "band": words.band_words(figure.value) if is_faces else "",
        "margin": words.margin_words(figure) if is_completion else "",
        "is_wide": figure.is_wide,
    }


def _row(figure: Figure | None) -> dict[str, Any]:
    if figure is None or figure.value is None or figure.interval is None:
        return {"answers": figure and figure.answers}
    return {
        "number": words.number_words(figure.measure, figure.value),
        "interval": _unbroken(words.interval_words(figure.measure, figure.interval)),
        "answers": figure.answers,
    }


def _unbroken(text: str) -> str:
    """The text on one line: a cell of a table is narrow."""
    return text.replace(" ", "\u00a0")
