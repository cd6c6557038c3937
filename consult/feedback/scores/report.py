"""All that a page of scores tells, worked out from counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from consult.feedback.scores.breakdown import (
    Part,
    by_channel,
    by_language,
    by_month,
    by_page,
    by_quarter,
    parts,
)
from consult.feedback.scores.changes import Change, change_points
from consult.feedback.scores.counts import COMMENTED, GIVEN, Counts
from consult.feedback.scores.measures import (
    BY_NAME,
    FLOOR,
    MAIN,
    MEASURES,
    Figure,
    Measure,
)
from consult.feedback.scores.series import Period, by_fours, merged, series

#: How answers may be put in parts, in the order they are told.
DIMENSIONS: Mapping[str, Callable[[Counts], dict[str, Counts]]] = {
    "lang": by_language,
    "channel": by_channel,
    "month": by_month,
    "quarter": by_quarter,
    "page": by_page,
}


@dataclass(frozen=True)
class Trend:
    """A measure over time: periods of at least ``FLOOR`` answers each, and its tested changes."""

    measure: Measure
    points: tuple[tuple[Period, Figure], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Breakdown:
    """A measure in the parts of one dimension."""

    dimension: str
    parts: tuple[Part, ...]

    @property
    def hides(self) -> bool:
        return any(part.figure is None for part in self.parts)


@dataclass(frozen=True)
class Report:
    """Figures of what was said from ``first`` to ``last``; both None when nothing was.

    ``measure`` is the one that ``trend`` and ``breakdowns`` tell; None when none has answers.
    """

    answers: int
    comments: int
    first: date | None
    last: date | None
    figures: tuple[Figure, ...]
    measure: Measure | None
    trend: Trend | None
    breakdowns: tuple[Breakdown, ...]

    @property
    def main(self) -> Figure | None:
        """The figure of ``measure``."""
        return next((one for one in self.figures if one.measure is self.measure), None)


def report(
    counts: Counts,
    pages: Counts | None = None,
    *,
    wanted: str | None = None,
    dimensions: tuple[str, ...] = ("lang", "channel", "month"),
) -> Report:
    """What the counts come to.

    Args:
        pages: the same answers by page, when they are to be told by page too.
        wanted: the name of the measure to follow; one that nobody answered is not.
    """
    days = [cell.day for cell in counts.of(GIVEN)]
    figures = [found for one in MEASURES if (found := counts.figure(one)).answers]
    measured = [one.measure for one in figures]
    measure = BY_NAME.get(wanted or "")
    if measure not in measured:
        measure = main_measure(counts)
    told = {name: counts for name in dimensions} | ({"page": pages} if pages else {})
    return Report(
        answers=counts.total(),
        comments=counts.total(COMMENTED),
        first=min(days, default=None),
        last=max(days, default=None),
        figures=tuple(figures),
        measure=measure,
        trend=trend(counts, measure) if measure else None,
        breakdowns=tuple(
            Breakdown(name, tuple(parts(DIMENSIONS[name](of), measure)))
            for name, of in told.items()
            if measure
        ),
    )


def main_measure(counts: Counts) -> Measure | None:
    """The measure a service is followed by: the first of ``MAIN`` that has enough answers, or any.

    None when nothing was answered that can be measured.
    """
    sizes = {name: counts.total(BY_NAME[name].question) for name in MAIN}
    enough = (name for name in MAIN if sizes[name] >= FLOOR)
    name = next(enough, None) or next((name for name in MAIN if sizes[name]), None)
    return BY_NAME[name] if name else None


def trend(counts: Counts, measure: Measure) -> Trend:
    """How a measure goes over time. Changes are tested on all periods, however few they hold."""
    found = series(counts, measure)
    told = merged(by_fours(found), FLOOR)
    points = tuple(zip(told.periods, told.figures(), strict=True))
    return Trend(measure, points, tuple(change_points(found)))


def publishable(counts: Counts, today: date) -> Counts:
    """What may be public: whole weeks that are over, told in steps of at least ``FLOOR`` people.

    Who notes the public figures each time they change can then never work out one person's answer.
    """
    monday = today - timedelta(days=today.weekday())
    over = counts.until(monday - timedelta(days=1))
    measure = main_measure(over)
    if measure is None:
        return Counts([])
    steps = merged(series(over, measure, 7), FLOOR).periods
    return over.until(steps[-1].last) if steps else Counts([])
