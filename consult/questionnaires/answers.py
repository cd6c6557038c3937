"""Answers checked against their question."""

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.types import Answer, Question


def clean_answer(question: Question, raw: object) -> Answer:
    """The answer in the form that is kept; raises ``AnswerError`` when it cannot be taken."""
    answer = question.normalise(raw)
    question.check(answer)
    return answer


def keep_answer(question: Question, raw: object) -> Answer:
    """What can be kept of an unfinished answer, rules aside; None when nothing can."""
    try:
        return question.normalise(raw)
    except AnswerError:
        return None
