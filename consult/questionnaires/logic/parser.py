"""The grammar of expressions: XPath 1.0 less its paths, with the values of ODK.

The only path is '/_data/name', which is what pyxform makes of ``${name}``; besides it, a bare name
is a column of a choice and '.' is the answer itself. What an expression costs is thus bounded by
its length: no predicate, no axis, no other document.
"""

import math
from abc import ABCMeta
from collections.abc import Iterator
from copy import copy
from typing import Any, cast

from elementpath import XPath1Parser, XPathContext
from elementpath.xpath_tokens import XPathToken

from consult.questionnaires.logic.values import (
    Value,
    number_of,
    plain,
    text_of,
    truth_of,
)

#: The form that pyxform makes; no question has such a name.
ROOT = "_data"

OPERATORS = ("or", "and", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "div")

_SYNTAX = ("(start)", "(end)", "(invalid)", "(unknown)", "(string)", "(float)", "(decimal)")
_NAMES = ("(integer)", "(name)", "/", ".", ",", "(", ")")

#: XPath's own functions that need neither nodes nor a document.
_FUNCTIONS = (
    *("string", "contains", "concat", "string-length", "normalize-space", "starts-with"),
    *("translate", "substring", "substring-before", "substring-after", "boolean", "not"),
    *("true", "false", "number", "ceiling", "floor"),
)


class _WithValues:
    """Gives a token of elementpath the conversions of ``values``."""

    __slots__ = ()

    def string_value(self, obj: object) -> str:
        return text_of(plain(obj))

    def number_value(self, obj: object) -> float:
        return number_of(plain(obj))

    def boolean_value(self, obj: object) -> bool:
        first = next(iter(obj), None) if isinstance(obj, Iterator | list) else obj
        return truth_of(plain(first))

    def get_operands(self, context: XPathContext | None, cls: object = None) -> Any:
        return tuple(number_of(value) for value in _sides(self, context))

    def iter_comparison_data(self, context: XPathContext | None) -> Iterator[Any]:
        left, right = _sides(self, context)
        if self.symbol not in ("=", "!="):  # type: ignore[attr-defined]
            yield number_of(left), number_of(right)
        elif isinstance(left, bool) or isinstance(right, bool):
            yield truth_of(left), truth_of(right)
        elif isinstance(left, float) or isinstance(right, float):
            yield number_of(left), number_of(right)
        else:
            yield left, right


def _sides(token: Any, context: XPathContext | None) -> tuple[Value, Value]:
    return argument(token, context, 0), argument(token, context, 1)


def argument(token: XPathToken, context: XPathContext | None, index: int = 0) -> Value:
    """The value of one part of a token: an operand, or an argument of a function."""
    return plain(next(token[index].select(copy(context)), None))


def _given_values(symbol: str) -> type[XPathToken]:
    token = XPath1Parser.symbol_table[symbol]
    return cast(type[XPathToken], ABCMeta(token.__name__, (_WithValues, token), {}))


class LogicParser(XPath1Parser):  # type: ignore[misc]
    """Reads what pyxform makes of an XLSForm expression."""

    symbol_table = {
        symbol: _given_values(symbol) for symbol in (*_SYNTAX, *_NAMES, *OPERATORS, *_FUNCTIONS)
    }


@LogicParser.method(LogicParser.infix("mod", bp=45))
def evaluate__mod(self: XPathToken, context: XPathContext | None = None) -> float:
    """The remainder with the sign of the dividend (XPath 1.0, section 3.5)."""
    dividend, divisor = (number_of(value) for value in _sides(self, context))
    return math.nan if divisor == 0 or math.isinf(dividend) else math.fmod(dividend, divisor)


@LogicParser.method("mod")
def nud__mod(self: XPathToken) -> XPathToken:
    return self.as_name()
