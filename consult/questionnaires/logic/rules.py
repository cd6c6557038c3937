"""Where a definition holds expressions, and whom they name."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from consult.questionnaires.definition import Questionnaire
from consult.questionnaires.errors import Problem
from consult.questionnaires.texts import Text
from consult.questionnaires.types import Question

Kind = Literal["relevant", "required_if", "constraint", "choice_filter", "calculation"]

_KINDS: tuple[Kind, ...] = (
    "relevant",
    "required_if",
    "constraint",
    "choice_filter",
    "calculation",
)

#: ``${name}``, in an expression as in a text.
REFERENCE = re.compile(r"\$\{([^{}]*)\}")


class Rule(NamedTuple):
    """An expression, its kind, and its place ('sections[0].questions[2].relevant').

    ``columns`` are the names that a choice filter may use bare.
    """

    path: str
    kind: Kind
    source: str
    columns: frozenset[str] = frozenset()


def rules_of(questionnaire: Questionnaire) -> Iterator[Rule]:
    """Every expression of the definition, in order."""
    for number, section in enumerate(questionnaire.sections):
        page = f"sections[{number}]"
        if section.relevant:
            yield Rule(f"{page}.relevant", "relevant", section.relevant)
        for place, question in enumerate(section.questions):
            yield from _rules_of_question(question, f"{page}.questions[{place}]")


def _rules_of_question(question: Question, path: str) -> Iterator[Rule]:
    for kind in _KINDS:
        source = getattr(question, kind, None)
        if source or (source == "" and kind == "calculation"):
            columns = columns_of(question) if kind == "choice_filter" else frozenset()
            yield Rule(f"{path}.{kind}", kind, source, columns)
    for part in question.parts:
        if part.relevant:
            yield Rule(f"{path}.{part.name}.relevant", "relevant", part.relevant)


def columns_of(question: Question) -> frozenset[str]:
    """What a choice filter may compare: the names of the columns, 'name' and 'label'."""
    return frozenset({"name", "label"}.union(*(choice.columns for choice in question.options)))


def references(text: str) -> set[str]:
    """The names that a text or an expression brings in by ``${name}``."""
    return set(REFERENCE.findall(text))


def unknown_in_texts(questionnaire: Questionnaire, names: frozenset[str]) -> Iterator[Problem]:
    """A problem for each ``${name}`` of a text that names no question that keeps an answer."""
    for path, text in _texts(questionnaire):
        for name in sorted((references(text.fr) | references(text.en)) - names):
            yield Problem(path, "unknown_reference", {"name": name})


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    yield "title", questionnaire.title
    for number, section in enumerate(questionnaire.sections):
        page = f"sections[{number}]"
        yield f"{page}.title", section.title
        if section.intro:
            yield f"{page}.intro", section.intro
        for place, question in enumerate(section.questions):
            for key, text in question.texts().items():
                yield f"{page}.questions[{place}].{key}", text
