"""No answer for longer than chance allows where answers used to come."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from consult.config import QUEBEC_TIME
from consult.feedback.alerts.tails import expectation

#: Weeks before the silence that tell what is usual.
WEEKS = 8

#: So many answers in a usual week, or silence says nothing.
FEWEST_A_WEEK = 10

#: The greatest chance of such a gap; and over all the gaps of a year, the chance that one is told
#: when nothing happened.
LEVEL, LEVEL_OF_A_YEAR = 0.001, 0.1

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Silence:
    """No answer since ``since`` (the last one); ``expected`` were to come. ``chance`` of that."""

    since: datetime
    expected: float
    chance: float


def silence(times: Sequence[datetime], now: datetime) -> Silence | None:
    """The silence that lasts ``now``, if it is improbable; ``times`` are answers', in order.

    The gap since the last answer is laid over the same hours of the same weekdays of each of the
    ``WEEKS`` weeks before it, in Québec time; what came in then is what was to come now, with the
    law of ``tails``. A chance counts as small below ``LEVEL``, and below ``LEVEL_OF_A_YEAR`` by
    the number of answers in a year: each is followed by a gap that could have been long.
    """
    if not times:
        return None
    last = times[-1]
    in_a_week = (len(times) - bisect_left(times, last - WEEKS * _WEEK)) / WEEKS
    if in_a_week < FEWEST_A_WEEK or now <= last:
        return None
    skipped = -((last - now) // _WEEK) - 1  # whole weeks of silence, over which nothing is known
    counts = [_between(times, last, now, week + skipped) for week in range(1, WEEKS + 1)]
    if sum(1 for count in counts if count) < WEEKS / 2:
        return None
    expected = expectation(counts, [1.0] * WEEKS, 1.0)
    chance = expected.exactly(0)
    level = min(LEVEL, LEVEL_OF_A_YEAR / (in_a_week * 52))
    return Silence(last, expected.mean, chance) if chance < level else None


def _between(times: Sequence[datetime], start: datetime, end: datetime, weeks: int) -> int:
    """Answers between ``start`` and ``end``, so many weeks before, at the same local hours."""
    return bisect_left(times, _earlier(end, weeks)) - bisect_left(times, _earlier(start, weeks))


def _earlier(moment: datetime, weeks: int) -> datetime:
    """The same weekday and hour in Québec, ``weeks`` before, whether clocks changed or not."""
    return moment.astimezone(ZoneInfo(QUEBEC_TIME)) - weeks * _WEEK
