"""What XPath 1.0 and ODK make of a value: its text, its number, its truth.

A date is its text ('2026-03-31') and counts, as a number, as days since January 1, 1970.
Sources: XPath 1.0, section 4; ODK XForms specification, "Data types" and "XPath functions".
"""

import math
import re
from datetime import datetime, timedelta
from decimal import Decimal

from elementpath.xpath_nodes import XPathNode

Value = str | float | bool

EPOCH = datetime.fromisoformat("1970-01-01")

#: A longer text is no value: expressions that feed each other could double it without end.
LONGEST = 20_000

_NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*\Z", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?\Z", re.ASCII)


def plain(item: object) -> Value:
    """A node or an atomic value of elementpath as text, number or truth; None is no text."""
    if isinstance(item, XPathNode):
        return str(item.compat_string_value)
    if isinstance(item, int | float | Decimal) and not isinstance(item, bool):
        return float(item)
    return item if isinstance(item, bool) else "" if item is None else str(item)


def text_of(value: Value) -> str:
    """'3' for 3.0, 'true' for true; never an exponent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    digits = format(Decimal(repr(value)), "f")
    short = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if short == "-0" else short


def number_of(value: Value) -> float:
    """The number, or the days of a date; NaN for any other text, a blank one too."""
    if not isinstance(value, str):
        return float(value)
    if _NUMBER.match(value):
        return float(value)
    moment = moment_of(value)
    return math.nan if moment is None else days_of(moment)


def truth_of(value: Value) -> bool:
    """False for no text, 0 and NaN."""
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def moment_of(value: Value) -> datetime | None:
    """The day, with its time if any, that a text or a number of days tells; None when none."""
    try:
        if not isinstance(value, str):
            return EPOCH + timedelta(days=float(value))
        found = datetime.fromisoformat(value) if _MOMENT.match(value) else None
        return found and found.replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def days_of(moment: datetime) -> float:
    """Days since January 1, 1970, with their fraction."""
    return (moment - EPOCH) / timedelta(days=1)
