"""What is at fault in a draft, told by names; the draft as a questionnaire."""

import re
from typing import Any, NamedTuple

from consult.questionnaires import DefinitionError, Problem, Questionnaire, parse_questionnaire
from consult.surveys.builder.document import Definition

_PLACE = re.compile(r"sections\[(\d+)\](?:\.questions\[(\d+)\])?\.?(.*)\Z", re.DOTALL)


class Fault(NamedTuple):
    """A problem of a page, or of a question of it; ``problem.path`` starts at that."""

    page: str
    question: str
    problem: Problem


def readable(definition: Definition) -> Questionnaire | None:
    """A draft read, its pages without a question left out; None while it has no question at all.

    Raises ``DefinitionError``.
    """
    whole = without_empty_pages(definition)
    return parse_questionnaire(whole) if whole["sections"] else None


def faults(definition: Definition) -> list[Fault]:
    """Everything that keeps a draft from being read."""
    try:
        readable(definition)
    except DefinitionError as error:
        pages = without_empty_pages(definition)["sections"]
        return [_fault(pages, problem) for problem in error.problems]
    return []


def without_empty_pages(definition: Definition) -> Definition:
    """A draft without the pages that have no question, which people never see."""
    pages = [page for page in definition["sections"] if page["questions"]]
    return {**definition, "sections": pages}


def _fault(pages: list[dict[str, Any]], problem: Problem) -> Fault:
    found = _PLACE.match(problem.path)
    if not found:
        return Fault("", "", problem)
    page = pages[int(found[1])]
    question = page["questions"][int(found[2])]["name"] if found[2] else ""
    return Fault(page["name"], question, Problem(found[3], problem.code, problem.params))
