"""Answers of simulated weeks."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from consult.feedback.scores import BY_NAME, Period, Series

MONDAY = date(2024, 1, 1)


def series_of(counts: Iterable[Sequence[int]], days: int = 7) -> Series:
    """A series of satisfaction; each period tells how many answered 1, 2, 3, 4 and 5."""
    periods = []
    for place, answers in enumerate(counts):
        first = MONDAY + timedelta(days=days * place)
        points = {float(n): int(count) for n, count in enumerate(answers, 1) if count}
        periods.append(Period(first, first + timedelta(days=days - 1), points))
    return Series(BY_NAME["satisfaction"], days, tuple(periods))
