"""Who speaks of whom: '${name}' in expressions and in words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_REFERENCE = re.compile(r"\$\{\s*([A-Za-z_][\w-]*)\s*\}")

#: Expressions of a page or a question.
EXPRESSIONS = (
    "relevant",
    "constraint",
    "required_if",
    "calculation",
    "choice_filter",
)


class Use(NamedTuple):
    """A question (or a page, when ``question`` is None) that speaks of the answer to another."""

    page: Mapping[str, Any]
    question: Mapping[str, Any] | None
    name: str


def referenced(text: str) -> set[str]:
    """The names in '${name}' in an expression or in words."""
    return set(_REFERENCE.findall(text))


def uses(definition: Mapping[str, Any]) -> Iterator[Use]:
    """Every mention of a question by a page or a question, each once."""
    for page in definition["sections"]:
        own = {key: value for key, value in page.items() if key != "questions"}
        yield from (Use(page, None, name) for name in sorted(_mentions(own)))
        for question in page["questions"]:
            yield from (Use(page, question, name) for name in sorted(_mentions(question)))


def _mentions(value: Any) -> set[str]:
    if isinstance(value, str):
        return referenced(value)
    inner = value.values() if isinstance(value, Mapping) else value
    if not isinstance(value, Mapping | list | tuple):
        return set()
    return {name for item in inner for name in _mentions(item)}


def choice_uses(definition: Mapping[str, Any], question: str, choice: str) -> Iterator[Use]:
    """Expressions that compare the answer to ``question`` with ``choice``."""
    quoted = re.compile(rf"""(['"]){re.escape(choice)}\1""")
    for page in definition["sections"]:
        for one in (page, *page["questions"]):
            rules = [one.get(place) or "" for place in EXPRESSIONS]
            if any(question in referenced(rule) and quoted.search(rule) for rule in rules):
                yield Use(page, None if one is page else one, question)


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A copy of ``value`` where each '${old}' is the new name of ``names``."""
    if isinstance(value, str):
        return _REFERENCE.sub(lambda m: f"${{{names.get(m[1], m[1])}}}", value)
    if isinstance(value, Mapping):
        return {key: renamed(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(item, names) for item in value]
    return value
