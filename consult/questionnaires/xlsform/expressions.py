"""Expressions in our names: of questions, and of the choices they are compared with."""

import re
from collections.abc import Callable, Mapping

_NAME = r"\$\{[^{}]*\}"
_ITSELF = r"(?<![\w.)\]}'\"])\.(?![\w./])"
_CHOICE = r"(?<![\w$'\"{-])name(?![\w(-])"
_WHO = rf"(?:{_NAME}|{_ITSELF}|{_CHOICE})"
_WHAT = r"(?:'[^']*'|\"[^\"]*\"|(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]))"

_COMPARED = re.compile(rf"(?P<who>{_WHO})(?P<between>\s*!?=\s*)(?P<what>{_WHAT})")
_TURNED = re.compile(rf"(?P<what>{_WHAT})(?P<between>\s*!?=\s*)(?P<who>{_WHO})")
_SELECTED = re.compile(
    rf"(?P<start>\bselected\(\s*)(?P<who>{_WHO})(?P<between>\s*,\s*)(?P<what>{_WHAT})"
)
_REFERENCE = re.compile(r"\$\{([^{}]*)\}")

#: Old choice names to new, for the question of this name ('' is the one the rule belongs to).
ChoicesOf = Callable[[str], Mapping[str, str]]


def references(expression: str) -> list[str]:
    """The names between ${ and }, as they are written."""
    return [name.strip() for name in _REFERENCE.findall(expression)]


def with_new_choices(expression: str, choices_of: ChoicesOf) -> str:
    """The expression with choices by their new names, where it compares an answer with one."""

    def rewritten(found: re.Match[str]) -> str:
        parts = found.groupdict()
        new = choices_of(_asked(parts["who"])).get(_bare(parts["what"]))
        if new is None:
            return found[0]
        quoted = f"'{new}'"
        if found.re is _TURNED:
            return f"{quoted}{parts['between']}{parts['who']}"
        return f"{parts.get('start') or ''}{parts['who']}{parts['between']}{quoted}"

    for pattern in (_COMPARED, _TURNED, _SELECTED):
        expression = pattern.sub(rewritten, expression)
    return expression


def compared_with(expression: str) -> list[tuple[str, str]]:
    """Each question that an expression compares with a value, and the value."""
    return [
        (_asked(found["who"]), _bare(found["what"]))
        for pattern in (_COMPARED, _TURNED, _SELECTED)
        for found in pattern.finditer(expression)
    ]


def with_new_names(words: str, names: Mapping[str, str]) -> str:
    """Words or an expression with each ``${name}`` by its new name."""

    def renamed(found: re.Match[str]) -> str:
        name = found[1].strip()
        new = names.get(name, name)
        return found[0] if new == name else f"${{{new}}}"

    return _REFERENCE.sub(renamed, words)


def filtered_by(expression: str, column: str) -> list[str]:
    """The questions whose answer a filter compares with a column of the choices."""
    name = rf"(?<![\w$'\"{{-]){re.escape(column)}(?![\w-])"
    patterns = (
        rf"{name}\s*!?=\s*({_NAME})",
        rf"({_NAME})\s*!?=\s*{name}",
        rf"\bselected\(\s*({_NAME})\s*,\s*{name}\s*\)",
    )
    return [_asked(who) for pattern in patterns for who in re.findall(pattern, expression)]


def _asked(who: str) -> str:
    return who[2:-1].strip() if who.startswith("${") else ""


def _bare(what: str) -> str:
    return what[1:-1] if what[:1] in "'\"" else what
