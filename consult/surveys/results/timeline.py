"""How the answers came in, day after day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

#: A chart has no more bars than this: a longer time is told by weeks.
MOST_BARS = 62


@dataclass(frozen=True)
class Period:
    """A day or a week of Québec's calendar, and how many answers came in."""

    first: date
    last: date
    count: int


def periods(days: Mapping[str, int]) -> list[Period]:
    """The days from the first answer to the last, those without any included; weeks when many.

    Args:
        days: '2026-11-23' to a count.
    """
    if not days:
        return []
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    length = 1 if (last - first).days < MOST_BARS else 7
    starts = range(0, (last - first).days + 1, length)
    return [_period(first + timedelta(start), length, last, days) for start in starts]


def _period(start: date, length: int, last: date, days: Mapping[str, int]) -> Period:
    inside = [start + timedelta(day) for day in range(length)]
    count = sum(days.get(day.isoformat(), 0) for day in inside)
    return Period(start, min(inside[-1], last), count)
