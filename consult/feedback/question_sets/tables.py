"""Display conditions as tables: what the server's logic says, for each answer there can be.

The widget's script carries these outcomes, never an expression: nothing is evaluated in the
browser, so nothing can be evaluated differently there (docs/decisions/0015).
"""

import math
import re
from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from consult.feedback.question_sets.errors import ConditionTooWideError, NotForWidgetError
from consult.feedback.question_sets.sets import COMMENT, QuestionSet
from consult.questionnaires import Answer, Question
from consult.questionnaires.logic.rules import references
from consult.questionnaires.types.choices import SeveralChoices

#: What the widget can show.
SHOWN_TYPES = frozenset({"scale", "one_choice", "yes_no", "several_choices"})

#: Rows of one table at most: it travels with the script. Ten boxes to tick, or two scales of 0–10.
MOST_ROWS = 1_024

#: What an expression can read besides the answers.
_READS_THE_CLOCK = re.compile(r"\b(today|now|random|once|uuid)\s*\(")

_ANY_DAY = date(2026, 1, 1)


class Table(NamedTuple):
    """When a question is asked.

    ``rows`` holds a '1' (asked) or a '0' for each way to answer the ``controllers`` (names of
    questions). The row of a way is a number written with one digit per controller, the first the
    most significant. A single choice counts 0 for no answer, then from 1 in the order of its
    options; several choices count the sum of 2^place over what is ticked.
    """

    controllers: tuple[str, ...]
    rows: str


def tabulate(question_set: QuestionSet) -> dict[str, Table]:
    """The table of each question that has a display condition, by its name.

    Raises:
        ConditionTooWideError: a condition reads a text or the clock, or has too many rows.
        NotForWidgetError: the widget cannot show a question at all.
    """
    if len(question_set.questionnaire.sections) > 1 or question_set.section.relevant:
        raise NotForWidgetError(question_set.section.questions[0].name)
    for question in question_set.section.questions:
        _check_shown(question)
    return {
        question.name: _table_of(question_set, question)
        for question in question_set.section.questions
        if question.relevant
    }


def _check_shown(question: Question) -> None:
    is_comment = question.name == COMMENT and question.is_open
    if not is_comment and (question.type not in SHOWN_TYPES or question.parts):
        raise NotForWidgetError(question.name)
    if getattr(question, "choice_filter", ""):
        raise NotForWidgetError(question.name)
    if any(references(text.fr) | references(text.en) for text in question.texts().values()):
        raise NotForWidgetError(question.name)


def _table_of(question_set: QuestionSet, question: Question) -> Table:
    names = references(question.relevant)
    controllers = [other for other in question_set.section.questions if other.name in names]
    is_told = all(other.options for other in controllers)
    length = math.prod(len(ways(other)) for other in controllers)
    if not is_told or length > MOST_ROWS or _READS_THE_CLOCK.search(question.relevant):
        raise ConditionTooWideError(question.name)
    told = _only(question_set, controllers, question)
    read = tuple(other.name for other in controllers)
    asked = [
        question.name in told.outcome(dict(zip(read, way, strict=True)), _ANY_DAY).visible
        for way in product(*(ways(other) for other in controllers))
    ]
    return Table(read, "".join("01"[is_asked] for is_asked in asked))


def ways(question: Question) -> list[Answer]:
    """Every answer to a question of choices, none first, in the order of a table's digits."""
    names = [option.name for option in question.options]
    if not isinstance(question, SeveralChoices):
        return [None, *(question.normalise(name) for name in names)]
    if 2 ** len(names) > MOST_ROWS:
        return [None] * (MOST_ROWS + 1)
    sums = range(2 ** len(names))
    return [[n for place, n in enumerate(names) if way >> place & 1] or None for way in sums]


def _only(
    question_set: QuestionSet, controllers: Sequence[Question], question: Question
) -> QuestionSet:
    """The question and those its condition reads, these without conditions of their own.

    A question that is not asked counts as not answered, here as in the whole set: the script too
    takes it so, from the first question to the last.
    """
    plain = {"relevant": "", "required_if": "", "constraint": ""}
    kept = [other.model_copy(update=plain) for other in controllers]
    kept.append(question.model_copy(update=plain | {"relevant": question.relevant}))
    section = question_set.section.model_copy(update={"questions": tuple(kept)})
    questionnaire = question_set.questionnaire.model_copy(update={"sections": (section,)})
    return QuestionSet(question_set.name, questionnaire)
