"""What the answers so far lead to, before anything is stored."""

from collections.abc import Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from consult.config import QUEBEC_TIME
from consult.feedback.question_sets import QuestionSet
from consult.question_pages.safe_answers import take
from consult.questionnaires import Question
from consult.questionnaires.logic import Outcome


def outcome_of(asked: QuestionSet, sent: Mapping[str, object], now: datetime) -> Outcome:
    """What a set asks given answers as they came; those that cannot be taken count for none."""
    taken = {q.name: take(q, sent.get(q.name)) for q in asked.section.answerable}
    answers = {name: one.answer for name, one in taken.items() if one.error is None}
    return asked.outcome(answers, now.astimezone(ZoneInfo(QUEBEC_TIME)).date())


def questions_brought(
    asked: QuestionSet, outcome: Outcome, shown: Collection[str]
) -> list[Question]:
    """The questions that the answers bring, and that a page which showed ``shown`` did not have."""
    return [
        question
        for question in asked.section.answerable
        if question.name in outcome.visible and question.name not in shown
    ]
