"""Days and months of Québec's calendar."""

import calendar
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from consult.quebec_time import QUEBEC


def begins(day: date) -> datetime:
    """The moment a day begins in Québec."""
    return datetime.combine(day, time(), QUEBEC)


def ends(day: date) -> datetime:
    """The moment a day is over in Québec; the first of the next."""
    return begins(day + timedelta(days=1))


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def last_day(month: date) -> date:
    """The last day of the month that begins on ``month``."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def ended_months(day: date, number: int) -> Iterator[date]:
    """The first days of the last ``number`` months that were over before ``day``, oldest first."""
    this_month = day.replace(day=1)
    return (months_before(this_month, back) for back in range(number, 0, -1))
