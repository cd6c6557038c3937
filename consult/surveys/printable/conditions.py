"""Conditions told in words, for people who answer on paper."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from consult.questionnaires import Question, Text

_VALUE = r"""(?:'(?P<single>[^']*)'|"(?P<double>[^"]*)"|(?P<number>-?\d+(?:\.\d+)?))"""
_COMPARED = re.compile(rf"\$\{{(?P<name>\w+)\}}\s*(?P<sign>!=|>=|<=|=|>|<)\s*{_VALUE}")
_SELECTED = re.compile(rf"selected\s*\(\s*\$\{{(?P<name>\w+)\}}\s*,\s*{_VALUE}\s*\)")
_NOT = re.compile(r"not\s*\((.*)\)")
_PIPED = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True)
class Place:
    """Where a question stands on paper: its number, and its row when it is part of a table."""

    question: Question
    number: int
    row: Text | None = None

    def in_words(self, lang: str) -> str:
        """'question 3', or 'question 3, “Price”'."""
        if self.row:
            row = self.row.in_language(lang)
            return str(_("question %(number)s, “%(row)s”", number=self.number, row=row))
        return str(_("question %(number)s", number=self.number))


def condition_words(expression: str, places: Mapping[str, Place], lang: str) -> str:
    """When to answer, in a sentence; '' without condition.

    Comparisons with a value and ``selected()``, joined by one kind of 'and' or 'or', are told as
    they are; anything else leaves it to the person. ``places`` are by question name.
    """
    if not expression:
        return ""
    for joint, joined in ((" and ", _(" and ")), (" or ", _(" or "))):
        terms = [_term(part.strip(), places, lang) for part in expression.split(joint)]
        if all(terms):
            return str(_("Answer only if %(condition)s.", condition=joined.join(terms)))
    return str(_("Answer only if it concerns you."))


def piped_words(text: str, places: Mapping[str, Place], lang: str) -> str:
    """The text with each '${name}' as the place of the answer that would stand there."""

    def words(found: re.Match[str]) -> str:
        place = places.get(found[1])
        return str(_("[your answer to %(place)s]", place=place.in_words(lang))) if place else "…"

    return _PIPED.sub(words, text)


def _term(part: str, places: Mapping[str, Place], lang: str) -> str:
    """One comparison in words; '' when it is not a simple one."""
    denied = _NOT.fullmatch(part)
    inner = denied[1].strip() if denied else part
    found = _SELECTED.fullmatch(inner) or _COMPARED.fullmatch(inner)
    place = places.get(found["name"]) if found else None
    if found is None or place is None:
        return ""
    sign = found.groupdict().get("sign", "=")
    if denied:
        sign = {"=": "!="}.get(sign, "")
    value = found["single"] or found["double"] or found["number"] or ""
    return _compared(place, sign, value, lang)


def _compared(place: Place, sign: str, value: str, lang: str) -> str:
    where = place.in_words(lang)
    if not value:
        return {
            "=": str(_("you did not answer %(place)s", place=where)),
            "!=": str(_("you answered %(place)s", place=where)),
        }.get(sign, "")
    told = {"place": where, "value": _value_words(place.question, value, lang)}
    return {
        "=": str(_("you answered “%(value)s” to %(place)s", **told)),
        "!=": str(_("you did not answer “%(value)s” to %(place)s", **told)),
        ">": str(_("your answer to %(place)s is more than %(value)s", **told)),
        ">=": str(_("your answer to %(place)s is %(value)s or more", **told)),
        "<": str(_("your answer to %(place)s is less than %(value)s", **told)),
        "<=": str(_("your answer to %(place)s is %(value)s or less", **told)),
    }.get(sign, "")


def _value_words(question: Question, value: str, lang: str) -> str:
    answer = [value] if question.type in ("several_choices", "ranking") else value
    return " ".join(question.in_words(answer, lang))
