"""A place in a questionnaire file, in words: a path reads 'sections[0].questions[2].label'."""

import re

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

#: Lists of a definition; a number says which of their items.
ITEMS: dict[str, LazyString] = {
    "sections": _l("page %(number)s"),
    "questions": _l("question %(number)s"),
    "choices": _l("choice %(number)s"),
    "rows": _l("row %(number)s"),
    "steps": _l("step %(number)s"),
}

PARTS: dict[str, LazyString] = {
    "title": _l("title"),
    "sections": _l("pages"),
    "questions": _l("questions"),
    "choices": _l("choices"),
    "rows": _l("rows"),
    "steps": _l("steps"),
    "name": _l("name"),
    "intro": _l("introduction"),
    "type": _l("type"),
    "label": _l("text of the question or choice"),
    "hint": _l("hint"),
    "required": _l("whether an answer is required"),
    "low": _l("words at the low end of the scale"),
    "high": _l("words at the high end of the scale"),
    "max_length": _l("longest answer"),
    "required_if": _l("when an answer is required"),
    "required_message": _l("message when there is no answer"),
    "relevant": _l("when it is shown"),
    "constraint": _l("what is accepted"),
    "constraint_message": _l("message when the rule is broken"),
    "calculation": _l("calculation"),
    "choice_filter": _l("filter of the choices"),
    "columns": _l("values for the filter"),
    "minimum": _l("smallest answer"),
    "maximum": _l("largest answer"),
    "earliest": _l("earliest day"),
    "latest": _l("latest day"),
    "exclusive": _l("choice that stands alone"),
    "other": _l("words of “specify”"),
    "display": _l("how it is shown"),
    "first": _l("first step"),
    "last": _l("last step"),
    "places": _l("how many to rank"),
    "accepts": _l("kinds of files"),
    "max_megabytes": _l("largest file"),
    "value": _l("value"),
    "fr": _l("in French"),
    "en": _l("in English"),
}

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


def place_words(path: str) -> str:
    """The place in words, its path in brackets; the path alone where we have no word for it."""
    steps = [_STEP.fullmatch(step) for step in path.split(".")]
    words = [_step_words(step[1], step[2]) if step else "" for step in steps]
    if not all(words):
        return path
    return str(_("%(words)s (%(path)s)", words=", ".join(words), path=path))


def _step_words(name: str, index: str | None) -> str:
    if index is None:
        return str(PARTS.get(name, ""))
    return str(ITEMS[name]) % {"number": int(index) + 1} if name in ITEMS else ""
