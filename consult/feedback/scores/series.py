"""How a figure goes over time: periods one after the other, each with its answers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from consult.feedback.scores.counts import Counts
from consult.feedback.scores.intervals import Points
from consult.feedback.scores.measures import Figure, Measure, figure_of_points

#: Days are told one by one when they are no more than this, and busy.
MOST_DAYS = 92
BUSY_DAY = 20

#: A chart has no more points than this: weeks are then put together by four.
MOST_POINTS = 120

#: Draws for each point of a chart: its interval is drawn, not printed to the hundredth.
POINT_DRAWS = 500


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included, and the answers given, by their points."""

    first: date
    last: date
    points: Points

    @property
    def answers(self) -> int:
        return sum(self.points.values())

    @property
    def total(self) -> float:
        return sum(value * count for value, count in self.points.items())


@dataclass(frozen=True)
class Series:
    """A measure over time, periods without answers included; ``days`` is how long each one is."""

    measure: Measure
    days: int
    periods: tuple[Period, ...]

    def figures(self) -> list[Figure]:
        """What each period comes to; no value under the floor."""
        return [
            figure_of_points(self.measure, [one.points] if one.points else [], POINT_DRAWS)
            for one in self.periods
        ]


def series(counts: Counts, measure: Measure, days: int | None = None) -> Series:
    """The answers to a measure by week from Monday, by day when days are few and busy.

    Args:
        days: 1 or 7 to choose; 28 puts weeks together by four.
    """
    by_day = _points_by_day(counts, measure)
    if not by_day:
        return Series(measure, days or 7, ())
    first, last = min(by_day), max(by_day)
    length = days or _length(by_day, first, last)
    start = first if length == 1 else first - timedelta(days=first.weekday())
    number = (last - start).days // length + 1
    gathered: list[Counter[float]] = [Counter() for _ in range(number)]
    for day, points in by_day.items():
        gathered[(day - start).days // length].update(points)
    step = timedelta(days=length)
    periods = (
        Period(start + n * step, start + (n + 1) * step - timedelta(days=1), dict(points))
        for n, points in enumerate(gathered)
    )
    return Series(measure, length, tuple(periods))


def _points_by_day(counts: Counts, measure: Measure) -> dict[date, Counter[float]]:
    found: dict[date, Counter[float]] = {}
    for cell in counts.of(measure.question):
        if (points := measure.points.get(cell.answer)) is not None:
            found.setdefault(cell.day, Counter())[points] += cell.number
    return found


def _length(by_day: dict[date, Counter[float]], first: date, last: date) -> int:
    span = (last - first).days + 1
    busy = sum(points.total() for points in by_day.values()) / span >= BUSY_DAY
    return 1 if span <= MOST_DAYS and busy else 7


def merged(one: Series, least: int) -> Series:
    """The same with periods put together, from the oldest on, until each holds ``least`` answers.

    What is left at the end and holds fewer is not told yet. A period that is told stays as it is
    when others come after it.
    """
    found: list[Period] = []
    waiting: list[Period] = []
    for period in one.periods:
        waiting.append(period)
        if sum(each.answers for each in waiting) >= least:
            found.append(_together(waiting))
            waiting = []
    return Series(one.measure, one.days, tuple(found))


def by_fours(one: Series) -> Series:
    """The same by four periods at once when a chart would have too many points."""
    if len(one.periods) <= MOST_POINTS:
        return one
    fours = [one.periods[n : n + 4] for n in range(0, len(one.periods), 4)]
    return Series(one.measure, one.days * 4, tuple(_together(four) for four in fours))


def _together(periods: Sequence[Period]) -> Period:
    points: Counter[float] = Counter()
    for period in periods:
        points.update(period.points)
    return Period(periods[0].first, periods[-1].last, dict(points))
