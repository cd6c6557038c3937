"""When a figure really changed: change points that pass a test.

Method: circular binary segmentation (Olshen, Venkatraman, Lucito and Wigler, *Biostatistics* 5,
2004). Of all stretches of periods, the one that differs most from the rest by the CUSUM statistic
(Page, "Continuous inspection schemes", *Biometrika* 41, 1954) is tested against the same statistic
in the same periods put in random orders (permutation test). A stretch at the end is a change that
lasts; one in the middle is a change and its end. Those that last are also tested by themselves, as
binary segmentation does (Scott and Knott, *Biometrics* 30, 1974): fewer are compared, so that a
smaller one is seen; each of the two tests has half the level. What lies before, within and after
is then tested in the same way. Whole periods are put in other orders, not answers, so that weeks
that differ more than chance would have them are no false alarm.

Repeated testing: the whole is tested at ``LEVEL``, and nothing below is looked at unless it
passes, so that a figure that never changes is said to have changed that often; each further step
is tested at half the level of the one above. The seed is always the same: the same answers give
the same changes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from consult.feedback.scores.intervals import difference_interval, pooled_mean
from consult.feedback.scores.series import Period, Series
from consult.wilson import Interval

#: How often a figure that never changes is said to have changed.
LEVEL = 0.01

#: Random orders tried in a test; the first few, to see that nothing changed.
ORDERS = 499
FIRST_ORDERS = 99

#: A stretch holds at least this many periods, and answers; so does what is around it.
FEWEST_PERIODS = 3
FEWEST_ANSWERS = 10

#: A test looks at no more periods than this: more are put together first, a change is then dated
#: to the period, and what is on its two sides tested more finely.
MOST_TESTED = 52


@dataclass(frozen=True)
class Change:
    """From ``since`` on, the figure differs from what it was.

    ``before`` and ``after`` are the means of the stretches on either side (from ``from_day`` to
    the day before, and from ``since`` to ``until``), ``difference`` is after less before with its
    ``interval``, ``p`` how often as great a difference comes by chance.
    """

    since: date
    from_day: date
    until: date
    days: int
    before: float
    after: float
    interval: Interval
    answers_before: int
    answers_after: int
    p: float

    @property
    def difference(self) -> float:
        return self.after - self.before

    @property
    def is_drop(self) -> bool:
        return self.difference < 0


def change_points(series: Series, level: float = LEVEL) -> list[Change]:
    """The changes of a series that pass the test and are worth telling, oldest first."""
    weeks = _by_weeks(series) if series.days == 1 and len(series.periods) > MOST_TESTED else series
    periods = [period for period in weeks.periods if period.answers]
    found: dict[int, float] = {}
    _segment(periods, 0, level, found)
    kept = _worth_telling(periods, _refined(periods, found), series.measure.smallest_change)
    ends = [0, *(at for at, _p in kept), len(periods)]
    return [
        _change(periods[ends[n] : at], periods[at : ends[n + 2]], weeks.days, p)
        for n, (at, p) in enumerate(kept)
    ]


def latest_drop(series: Series, level: float = LEVEL) -> Change | None:
    """The latest change of a series when it is a drop; None when nothing changed, or it rose."""
    changes = change_points(series, level)
    return changes[-1] if changes and changes[-1].is_drop else None


def _by_weeks(series: Series) -> Series:
    """The periods of a day by weeks from Monday."""
    weeks: dict[date, Counter[float]] = {}
    for period in series.periods:
        monday = period.first - timedelta(days=period.first.weekday())
        weeks.setdefault(monday, Counter()).update(period.points)
    periods = (
        Period(first, first + timedelta(days=6), dict(points)) for first, points in weeks.items()
    )
    return Series(series.measure, 7, tuple(periods))


def _segment(periods: Sequence[Period], start: int, level: float, found: dict[int, float]) -> None:
    """Adds to ``found`` where these periods change, as places counted from ``start``, with p."""
    together = -(-len(periods) // MOST_TESTED) or 1
    grouped = [periods[n : n + together] for n in range(0, len(periods), together)]
    tested = _tested_stretch([_total(group) for group in grouped], level)
    if tested is None:
        return
    places, p = tested
    inside = [place * together for place in places]
    found |= {start + place: p for place in inside}
    for first, last in pairwise([0, *inside, len(periods)]):
        _segment(periods[first:last], start + first, level / 2, found)


def _tested_stretch(
    totals: Sequence[tuple[float, float]], level: float
) -> tuple[list[int], float] | None:
    """The ends of the stretch that differs most from the rest, and p, when it passes the test.

    A first look at a few orders is enough to see that nothing changed.
    """
    number = len(totals)
    if number < 2 * FEWEST_PERIODS or level / 2 < 1 / (ORDERS + 1):
        return None
    import numpy as np

    stretches = _Stretches(totals)
    observed = stretches.statistic(np.arange(number)[None, :])
    greatest = stretches.greatest(observed)[:, 0]
    if greatest.max() <= 0:
        return None
    random, as_great = np.random.default_rng(0), np.ones(2)
    for tried in (FIRST_ORDERS, ORDERS - FIRST_ORDERS):
        shuffled = random.permuted(np.tile(np.arange(number), (tried, 1)), axis=1)
        found = stretches.greatest(stretches.statistic(shuffled))
        as_great += (found >= greatest[:, None] - 1e-9).sum(axis=1)
        if as_great.min() > level / 2 * (ORDERS + 1):
            return None
    lasts = as_great[0] <= as_great[1]
    best = int(np.where(stretches.lasting | (not lasts), observed[0], -2.0).argmax())
    ends = int(stretches.starts[best]), int(stretches.stops[best])
    return [end for end in ends if 0 < end < number], float(as_great.min()) * 2 / (ORDERS + 1)


class _Stretches:
    """The CUSUM statistic of every stretch of periods that leaves enough within and without.

    It is how far the sum in the stretch is from its share of the whole, in units of what chance
    would move it by: |Σ (total − answers × mean)| / √(n₁ n₂ / n), n₁ answers within, n₂ without.
    """

    def __init__(self, totals: Sequence[tuple[float, float]]) -> None:
        import numpy as np

        sums, self.answers = np.array(totals).T
        self.centred = sums - self.answers * (sums.sum() / self.answers.sum())
        number = len(totals)
        starts, stops = np.triu_indices(number + 1, FEWEST_PERIODS)
        kept = (starts == 0) | (starts >= FEWEST_PERIODS)
        kept &= (stops == number) | (stops <= number - FEWEST_PERIODS)
        kept &= stops - starts <= number - FEWEST_PERIODS
        self.starts, self.stops = starts[kept], stops[kept]
        #: What lies after such a stretch lasts to the end: one change, not two.
        self.lasting = self.starts == 0

    def statistic(self, orders: Any) -> Any:
        """One row for each order of the periods, one column for each stretch; -1 if too small."""
        import numpy as np

        before = np.zeros((2, len(orders), orders.shape[1] + 1))
        before[0, :, 1:] = self.answers[orders].cumsum(axis=1)
        before[1, :, 1:] = self.centred[orders].cumsum(axis=1)
        within, sums = np.take(before, self.stops, axis=2) - np.take(before, self.starts, axis=2)
        everyone = self.answers.sum()
        without = everyone - within
        enough = np.minimum(within, without) >= FEWEST_ANSWERS
        chance = np.sqrt(np.maximum(within * without, 1.0) / everyone)
        return np.where(enough, np.abs(sums) / chance, -1.0)

    def greatest(self, statistic: Any) -> Any:
        """The greatest of each order: of the changes that last, then of all stretches."""
        import numpy as np

        return np.array([statistic[:, self.lasting].max(axis=1), statistic.max(axis=1)])


def _refined(periods: Sequence[Period], found: dict[int, float]) -> list[tuple[int, float]]:
    """Each change where its two sides differ most, between the middles of its neighbours."""
    places, refined = sorted(found), list[tuple[int, float]]()
    for n, place in enumerate(places):
        first = refined[-1][0] if refined else 0
        last = places[n + 1] if n + 1 < len(places) else len(periods)
        refined.append((_best_split(periods, first, place, last), found[place]))
    return refined


def _best_split(periods: Sequence[Period], first: int, place: int, last: int) -> int:
    """The place near ``place``, between ``first`` and ``last``, with the greatest CUSUM."""
    totals = [(period.total, period.answers) for period in periods[first:last]]
    total, answers = (sum(column) for column in zip(*totals, strict=True))
    best, greatest, sums, within = place, -1.0, 0.0, 0
    reach = max(1, len(periods) // MOST_TESTED)
    for at, (one, count) in enumerate(totals, first + 1):
        sums, within = sums + one, within + count
        without = answers - within
        if abs(at - place) > reach or min(at - first, last - at) < FEWEST_PERIODS or not without:
            continue
        statistic = abs(sums - within * total / answers) / (within * without / answers) ** 0.5
        if statistic > greatest:
            best, greatest = at, statistic
    return best


def _worth_telling(
    periods: Sequence[Period], splits: list[tuple[int, float]], smallest: float
) -> list[tuple[int, float]]:
    """The splits left once those with too small a difference are taken out, smallest first."""
    kept = list(splits)
    while kept:
        ends = [0, *(at for at, _p in kept), len(periods)]
        means = [_mean(periods[a:b]) for a, b in pairwise(ends)]
        steps = [abs(means[n + 1] - means[n]) for n in range(len(kept))]
        least = min(range(len(steps)), key=steps.__getitem__)
        if steps[least] >= smallest - 1e-9:
            break
        del kept[least]
    return kept


def _total(periods: Sequence[Period]) -> tuple[float, float]:
    return sum(period.total for period in periods), sum(period.answers for period in periods)


def _mean(periods: Sequence[Period]) -> float:
    return pooled_mean([period.points for period in periods])


def _points(periods: Sequence[Period]) -> Counter[float]:
    found: Counter[float] = Counter()
    for period in periods:
        found.update(period.points)
    return found


def _change(before: Sequence[Period], after: Sequence[Period], days: int, p: float) -> Change:
    old, new = _points(before), _points(after)
    return Change(
        since=after[0].first,
        from_day=before[0].first,
        until=after[-1].last,
        days=days,
        before=pooled_mean([old]),
        after=pooled_mean([new]),
        interval=difference_interval(old, new),
        answers_before=old.total(),
        answers_after=new.total(),
        p=p,
    )
