"""What answers lead to while a person writes: pages, errors, what is shown. Nothing is stored."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from consult.quebec_time import quebec_day
from consult.question_pages.safe_answers import is_personal, take
from consult.questionnaires import Answer, AnswerError, Question, Section
from consult.questionnaires.logic import Outcome
from consult.surveys.compiled import compiled
from consult.surveys.models import QuestionnaireVersion, Response


def outcome_with(
    version: QuestionnaireVersion, answers: Mapping[str, Answer], now: datetime
) -> Outcome:
    """What the logic of a questionnaire makes of answers."""
    return compiled(version).logic.outcome(answers, today=quebec_day(now))


def outcome_of(response: Response, now: datetime) -> Outcome:
    """What logic makes of the answers that the person sees as theirs."""
    return outcome_with(response.version, response.current, now)


def pages_of(response: Response, outcome: Outcome) -> dict[int, dict[str, AnswerError]]:
    """The errors of an outcome by the page (from 1) where each is to be fixed."""
    pages: dict[int, dict[str, AnswerError]] = {}
    for page, section in enumerate(response.version.questionnaire.sections, 1):
        errors = {name: e for name, e in outcome.errors.items() if name in names_on(section)}
        if errors:
            pages[page] = errors
    return pages


def asked_on(section: Section, shown: Collection[str] | None = None) -> list[Question]:
    """The questions of a page that a person answers; with ``shown``, those of them they saw."""
    return [q for q in section.answerable if q.is_shown and (shown is None or q.name in shown)]


def answers_with(
    current: Mapping[str, Answer],
    section: Section,
    raw: Mapping[str, object],
    shown: Collection[str] | None = None,
) -> dict[str, Answer]:
    """``current`` as saving the page would make it; nothing is stored, no file is looked at."""
    asked = [q for q in asked_on(section, shown) if not isinstance(raw.get(q.name), bytes)]
    return answered({**current, **{q.name: take(q, raw.get(q.name)).answer for q in asked}})


def hidden_codes(version: QuestionnaireVersion, codes: Mapping[str, str]) -> dict[str, Answer]:
    """Those of ``codes`` that a hidden question takes; a telephone number, say, is no code."""
    hidden = [q for q in version.questionnaire.questions if q.type == "hidden"]
    taken = {q.name: take(q, codes[q.name]) for q in hidden if q.name in codes}
    kept = {name: one.answer for name, one in taken.items() if not one.error}
    return answered({n: code for n, code in kept.items() if not is_personal(str(code))})


def names_on(section: Section) -> frozenset[str]:
    """Every name of a page: what is declared, rows, and the words of "other"."""
    declared = {question.name for question in section.questions}
    return frozenset(declared | {question.name for question in section.answerable})


def pieces_of(section: Section) -> Iterator[Question]:
    """What a page shows one after the other: a matrix is one, the words of "other" are another."""
    for question in section.questions:
        yield question
        if question.takes_answer:
            yield from question.parts


def answered(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """``answers`` without those that say nothing."""
    return {name: answer for name, answer in answers.items() if answer is not None}
