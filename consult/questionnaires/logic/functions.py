"""The functions that XLSForm adds to XPath: choices, text and numbers.

Source: ODK XForms specification, "XPath functions"; https://docs.getodk.org/form-operators-functions/
"""

import math
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from elementpath import XPathContext
from elementpath.xpath_tokens import XPathFunction

from consult.questionnaires.logic.parser import LogicParser, argument
from consult.questionnaires.logic.patterns import BadPatternError, is_pattern, matches
from consult.questionnaires.logic.values import LONGEST, Value, number_of, plain, text_of, truth_of

function, method = LogicParser.function, LogicParser.method
Context = XPathContext | None


def text(token: XPathFunction, context: Context, index: int = 0) -> str:
    """An argument as text."""
    return text_of(argument(token, context, index))


def number(token: XPathFunction, context: Context, index: int = 0) -> float:
    """An argument as a number."""
    return number_of(argument(token, context, index))


@method(function("selected", nargs=2))
def evaluate__selected(self: XPathFunction, context: Context = None) -> bool:
    return text(self, context, 1).strip() in text(self, context).split()


@method(function("count-selected", nargs=1))
def evaluate__count_selected(self: XPathFunction, context: Context = None) -> float:
    return float(len(text(self, context).split()))


@method(function("selected-at", nargs=2))
def evaluate__selected_at(self: XPathFunction, context: Context = None) -> str:
    chosen, place = text(self, context).split(), number(self, context, 1)
    return chosen[int(place)] if 0 <= place < len(chosen) else ""


@method(function("if", nargs=3))
def evaluate__if(self: XPathFunction, context: Context = None) -> Value:
    return argument(self, context, 1 if truth_of(argument(self, context)) else 2)


@method(function("coalesce", nargs=(2, None)))
def evaluate__coalesce(self: XPathFunction, context: Context = None) -> Value:
    values = (argument(self, context, index) for index in range(len(self)))
    return next((value for value in values if text_of(value) != ""), "")


@method(function("once", nargs=1))
def evaluate__once(self: XPathFunction, context: Context = None) -> Value:
    """The value that stands, or else the argument's."""
    if context is None:
        raise self.missing_context()
    return plain(context.item) or argument(self, context)


@method(function("regex", nargs=2))
def evaluate__regex(self: XPathFunction, context: Context = None) -> bool:
    try:
        return matches(text(self, context), text(self, context, 1))
    except BadPatternError as error:
        raise self.error("FORX0002", error) from error


@method("regex")
def nud__regex(self: XPathFunction) -> XPathFunction:
    XPathFunction.nud(self)
    if self[1].symbol == "(string)" and not is_pattern(str(self[1].value)):
        raise self.error("FORX0002")
    return self


@method(function("ends-with", nargs=2))
def evaluate__ends_with(self: XPathFunction, context: Context = None) -> bool:
    return text(self, context).endswith(text(self, context, 1))


@method(function("substr", nargs=(2, 3)))
def evaluate__substr(self: XPathFunction, context: Context = None) -> str:
    """From a place (the first is 0) to before another; a negative one counts from the end."""
    whole = text(self, context)
    end = number(self, context, 2) if len(self) == 3 else math.inf
    return whole[_place(number(self, context, 1), whole) : _place(end, whole)]


def _place(wanted: float, whole: str) -> int:
    return len(whole) if wanted > len(whole) else int(wanted)


@method(function("join", nargs=(2, None)))
def evaluate__join(self: XPathFunction, context: Context = None) -> str:
    """The texts after the first, which stands between them; nested, it would multiply lengths."""
    between, *parts = (text(self, context, index) for index in range(len(self)))
    if sum(map(len, parts)) + len(between) * (len(parts) - 1) > LONGEST:
        raise self.error("FORG0006", "too long")
    return between.join(parts)


@method(function("int", nargs=1))
def evaluate__int(self: XPathFunction, context: Context = None) -> float:
    value = number(self, context)
    return float(math.trunc(value)) if math.isfinite(value) else value


@method(function("round", nargs=(1, 2)))
def evaluate__round(self: XPathFunction, context: Context = None) -> float:
    """Halves go up, towards positive infinity; ``digits`` below 0 are left of the point."""
    value = number(self, context)
    digits = number(self, context, 1) if len(self) == 2 else 0.0
    if not (math.isfinite(value) and abs(digits) <= 15):
        return value if digits == digits else math.nan
    halves = ROUND_HALF_UP if value > 0 else ROUND_HALF_DOWN
    step = Decimal(1).scaleb(-int(digits))
    return float((Decimal(repr(value)) / step).quantize(Decimal(1), halves) * step)


@method(function("abs", nargs=1))
def evaluate__abs(self: XPathFunction, context: Context = None) -> float:
    return abs(number(self, context))


@method(function("pow", nargs=2))
def evaluate__pow(self: XPathFunction, context: Context = None) -> float:
    return math.pow(number(self, context), number(self, context, 1))


@method(function("min", nargs=(1, None)))
def evaluate__min(self: XPathFunction, context: Context = None) -> float:
    return min(_numbers(self, context), default=math.nan)


@method(function("max", nargs=(1, None)))
def evaluate__max(self: XPathFunction, context: Context = None) -> float:
    return max(_numbers(self, context), default=math.nan)


def _numbers(token: XPathFunction, context: Context) -> list[float]:
    """All arguments as numbers; none when one of them is no number."""
    values = [number(token, context, index) for index in range(len(token))]
    return [] if any(math.isnan(value) for value in values) else values
