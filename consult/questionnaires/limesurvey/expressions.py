"""LimeSurvey's expressions in XLSForm's, for the part of the language that means the same.

Source: LimeSurvey manual, "ExpressionScript - Presentation".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?![\w.]))|(?P<string>\"[^\"]*\"|'[^']*')"
    r"|(?P<word>[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*)"
    r"|(?P<sign>==|!=|<=|>=|&&|\|\||[<>=!()+\-*/,]))"
)
_WORDS = {"and": "and", "or": "or", "&&": "and", "||": "or"}
_COMPARES = {
    "==": "=", "=": "=", "eq": "=", "!=": "!=", "ne": "!=", "<": "<", "lt": "<", ">": ">",
    "gt": ">", "<=": "<=", "le": "<=", ">=": ">=", "ge": ">=",
}  # fmt: skip
#: Ends of a variable's name that tell how its answer is given; all give the answer here.
_SUFFIXES = {"NAOK", "value", "valueNAOK", "code", "codeNAOK", "shown"}


class NotTranslatedError(ValueError):
    """An expression that means nothing here, or not surely the same."""


@dataclass(frozen=True)
class Variable:
    """What a name stands for here: an answer, or (``choice``) whether a choice was ticked.

    ``codes`` leads from the file's answer codes to ours.
    """

    name: str
    choice: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    is_several: bool = False


class _Value(NamedTuple):
    """A piece of the translation; a lone variable or string stays open to comparison."""

    words: str
    variable: Variable | None = None
    literal: str | None = None


def translate(expression: str, variables: Mapping[str, Variable]) -> str:
    """The XLSForm expression; empty for what is always true. Raises ``NotTranslatedError``."""
    if expression.strip() in ("", "1"):
        return ""
    return _Translation(expression, variables).whole()


class _Translation:
    """Reads tokens by falling precedence: or, and, comparison, sum, product, sign."""

    def __init__(self, expression: str, variables: Mapping[str, Variable]) -> None:
        self._variables = variables
        self._tokens = list(_tokens(expression))
        self._depth = 0

    def whole(self) -> str:
        words = _said(self._joined("or"))
        if self._tokens:
            raise NotTranslatedError
        return words

    def _peek(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def _take(self, expected: str = "") -> str:
        if not self._tokens or (expected and self._tokens[0] != expected):
            raise NotTranslatedError
        return self._tokens.pop(0)

    def _joined(self, joint: str) -> _Value:
        below: Callable[[], _Value] = (
            (lambda: self._joined("and")) if joint == "or" else self._comparison
        )
        parts = [below()]
        while _WORDS.get(self._peek().lower()) == joint:
            self._take()
            parts.append(below())
        return parts[0] if len(parts) == 1 else _Value(f" {joint} ".join(map(_said, parts)))

    def _comparison(self) -> _Value:
        left = self._chain(("+", "-"), lambda: self._chain(("*", "/"), self._single))
        if (sign := _COMPARES.get(self._peek().lower())) is None:
            return left
        self._take()
        right = self._chain(("+", "-"), lambda: self._chain(("*", "/"), self._single))
        return _compared(left, sign, right)

    def _chain(self, signs: tuple[str, ...], below: Callable[[], _Value]) -> _Value:
        value = below()
        while self._peek() in signs:
            sign = "div" if self._peek() == "/" else self._peek()
            self._take()
            value = _Value(f"{_said(value)} {sign} {_said(below())}")
        return value

    def _single(self) -> _Value:
        self._depth += 1
        if self._depth > 50:
            raise NotTranslatedError
        try:
            return self._atom()
        finally:
            self._depth -= 1

    def _atom(self) -> _Value:
        piece = self._take()
        if piece == "(":
            inside = self._joined("or")
            self._take(")")
            is_one = inside.variable is not None or inside.literal is not None
            return inside if is_one else _Value(f"({_said(inside)})")
        if piece == "!":
            return _Value(f"not({_said(self._single())})")
        if piece == "-":
            return _Value(f"-{_said(self._single())}")
        if piece[0] in "\"'":
            return _Value(piece, literal=piece[1:-1])
        if re.fullmatch(r"\d+(\.\d+)?", piece):
            return _Value(piece, literal=piece)
        return self._call(piece) if self._peek() == "(" else self._variable(piece)

    def _call(self, function: str) -> _Value:
        self._take("(")
        arguments = [self._joined("or")]
        while self._peek() == ",":
            self._take()
            arguments.append(self._joined("or"))
        self._take(")")
        if function == "if" and len(arguments) == 3:
            return _Value(f"if({', '.join(map(_said, arguments))})")
        if len(arguments) == 1 and (variable := arguments[0].variable):
            return _asked(function, variable)
        raise NotTranslatedError

    def _variable(self, token: str) -> _Value:
        parts = token.removeprefix("that.").split(".")
        variable = self._variables.get(parts[0])
        if variable is None or not set(parts[1:]) <= _SUFFIXES:
            raise NotTranslatedError
        return _Value(f"${{{variable.name}}}", variable)


def _tokens(expression: str) -> list[str]:
    found, place = [], 0
    stripped = expression.rstrip()
    while place < len(stripped):
        match = _TOKEN.match(stripped, place)
        if not match:
            raise NotTranslatedError
        found.append(match[0].strip())
        place = match.end()
    return found


def _asked(function: str, variable: Variable) -> _Value:
    """A function of one answer."""
    answer = f"${{{variable.name}}}"
    if function == "is_empty":
        return _Value(f"not({_ticked(variable)})" if variable.choice else f"{answer} = ''")
    if function == "count" and variable.is_several:
        return _Value(f"count-selected({answer})")
    if function == "strlen" and not variable.choice:
        return _Value(f"string-length({answer})")
    raise NotTranslatedError


def _compared(left: _Value, sign: str, right: _Value) -> _Value:
    if left.variable is None and right.variable is not None:
        turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
        left, sign, right = right, turned.get(sign, sign), left
    variable, literal = left.variable, right.literal
    if variable and variable.choice:
        if literal not in ("Y", "") or sign not in ("=", "!="):
            raise NotTranslatedError
        is_ticked = (literal == "Y") == (sign == "=")
        return _Value(_ticked(variable) if is_ticked else f"not({_ticked(variable)})")
    if variable and variable.is_several:
        raise NotTranslatedError
    if variable and literal is not None and literal.strip() in variable.codes:
        return _Value(f"{left.words} {sign} '{variable.codes[literal.strip()]}'")
    if variable and variable.codes and literal is not None and not literal.strip():
        return _Value(f"{left.words} {sign} ''")
    if variable and variable.codes and literal is not None:
        raise NotTranslatedError
    return _Value(f"{_said(left)} {sign} {_said(right)}")


def _ticked(variable: Variable) -> str:
    return f"selected(${{{variable.name}}}, '{variable.choice}')"


def _said(value: _Value) -> str:
    if value.variable and value.variable.choice:
        return _ticked(value.variable)
    return value.words
