"""The functions of XLSForm that tell the date.

``now()`` is the beginning of today: the day is all that the logic knows of the clock, so that the
same answers give the same outcome all day.
"""

import math
import re
from datetime import datetime

from elementpath import XPathContext
from elementpath.xpath_tokens import XPathFunction

from consult.questionnaires.logic.functions import Context, function, method, text
from consult.questionnaires.logic.parser import argument
from consult.questionnaires.logic.values import days_of, moment_of

#: The codes of ``format-date`` that need no language. Source: ODK, "format-date-time".
_CODES = {
    "%Y": "{0.year:04d}",
    "%y": "{1:02d}",
    "%m": "{0.month:02d}",
    "%n": "{0.month}",
    "%d": "{0.day:02d}",
    "%e": "{0.day}",
    "%H": "{0.hour:02d}",
    "%h": "{0.hour}",
    "%M": "{0.minute:02d}",
    "%S": "{0.second:02d}",
    "%3": "{2:03d}",
}


@method(function("today", nargs=0))
def evaluate__today(self: XPathFunction, context: XPathContext | None = None) -> str:
    return _now(self, context).date().isoformat()


@method(function("now", nargs=0))
def evaluate__now(self: XPathFunction, context: XPathContext | None = None) -> str:
    return _now(self, context).isoformat()


def _now(token: XPathFunction, context: Context) -> datetime:
    if context is None:
        raise token.missing_context()
    return context.current_dt


@method(function("date", nargs=1))
def evaluate__date(self: XPathFunction, context: XPathContext | None = None) -> str:
    moment = _moment(self, context)
    return moment.date().isoformat() if moment else ""


@method(function("date-time", nargs=1))
def evaluate__date_time(self: XPathFunction, context: XPathContext | None = None) -> str:
    moment = _moment(self, context)
    return moment.isoformat(timespec="seconds") if moment else ""


@method(function("decimal-date-time", nargs=1))
def evaluate__decimal_date_time(self: XPathFunction, context: XPathContext | None = None) -> float:
    moment = _moment(self, context)
    return days_of(moment) if moment else math.nan


@method(function("decimal-time", nargs=1))
def evaluate__decimal_time(self: XPathFunction, context: XPathContext | None = None) -> float:
    """The part of the day gone by: 0.25 at '06:00'."""
    moment = moment_of(f"1970-01-01T{text(self, context)}")
    return days_of(moment) if moment else math.nan


def _moment(token: XPathFunction, context: Context) -> datetime | None:
    return moment_of(argument(token, context))


@method(function("format-date", nargs=2))
@method(function("format-date-time", nargs=2))
def evaluate__format_date(self: XPathFunction, context: XPathContext | None = None) -> str:
    moment = _moment(self, context)
    return _formatted(moment, text(self, context, 1)) if moment else ""


@method("format-date")
@method("format-date-time")
def nud__format_date(self: XPathFunction) -> XPathFunction:
    """Month and day names ('%b', '%a') are refused: an outcome has no language."""
    XPathFunction.nud(self)
    literal = str(self[1].value) if self[1].symbol == "(string)" else ""
    if unknown := set(re.findall("%.?", literal)) - set(_CODES):
        raise self.error("FOFD1340", " ".join(sorted(unknown)))
    return self


def _formatted(moment: datetime, pattern: str) -> str:
    def part(found: re.Match[str]) -> str:
        thousandths = moment.microsecond // 1000
        return _CODES[found[0]].format(moment, moment.year % 100, thousandths)

    return re.sub("|".join(_CODES), part, pattern)
