"""Percentages in the words of the page's language."""

from flask_babel import LazyString, format_percent


def percent(share: float) -> str:
    """A share, 0 to 1, as a whole percentage; never rounded up to the goal or to all."""
    return str(format_percent(int(share * 100 + 1e-9) / 100))


def lazy_percent(number: int) -> LazyString:
    """So many percent, put in words when they are shown."""
    return LazyString(percent, number / 100)
