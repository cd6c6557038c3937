"""Answering a draft without storing anything: what one page leads to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consult.questionnaires import Answer, AnswerError, Question, Section
from consult.questionnaires.logic import Outcome
from consult.surveys.builder.checking import without_empty_pages
from consult.surveys.builder.document import Definition
from consult.surveys.compiled import Compiled, compiled
from consult.surveys.models import QuestionnaireVersion


def compiled_draft(definition: Definition) -> Compiled | None:
    """A draft as people would meet it; None while it has no question.

    Raises ``DefinitionError``.
    """
    whole = without_empty_pages(definition)
    return compiled(QuestionnaireVersion(definition=whole)) if whole["sections"] else None


@dataclass(frozen=True)
class Tried:
    """A page answered: the answers so far, what logic makes of them, what has to be mended here.

    ``brought`` tells that the answers made questions appear on the same page.
    """

    answers: dict[str, Answer]
    outcome: Outcome
    errors: Mapping[str, AnswerError]
    brought: bool


def try_page(
    draft: Compiled,
    section: Section,
    kept: Mapping[str, Answer],
    raw: Mapping[str, object],
    today: date,
) -> Tried:
    """Reads what was typed on a page, on top of the answers ``kept`` from the earlier ones."""
    before = draft.logic.outcome(kept, today=today)
    answers, unread = dict(kept), dict[str, AnswerError]()
    for question in section.answerable:
        if question.name in before.visible and question.type != "file":
            answers[question.name], error = _read(question, raw.get(question.name))
            if error:
                unread[question.name] = error
    answers = {name: answer for name, answer in answers.items() if answer is not None}
    outcome = draft.logic.outcome(answers, today=today)
    asked = {question.name for question in section.answerable} & before.visible
    errors = {n: e for n, e in {**outcome.errors, **unread}.items() if n in asked}
    here = {question.name for question in section.questions}
    return Tried(answers, outcome, errors, bool((outcome.visible - before.visible) & here))


def _read(question: Question, raw: object) -> tuple[Answer, AnswerError | None]:
    try:
        return question.normalise(raw), None
    except AnswerError as error:
        return None, error


def kept_answers(text: str) -> dict[str, Answer]:
    """The answers that a page carries from the earlier ones; none when they cannot be read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: answer for name, answer in found.items() if _is_answer(answer)}


def _is_answer(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return isinstance(value, str | int) and not isinstance(value, bool)


def written_answers(answers: Mapping[str, Answer]) -> str:
    """Answers as a page carries them."""
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
