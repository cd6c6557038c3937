"""What feedback asks: sets of questions ready to use, and those that a service wrote itself.

A set is a short questionnaire of one page. Its questions are choices, kept as codes, and at most
one text in people's own words, which is always named ``comment``.
"""

from consult.feedback.question_sets.errors import ConditionTooWideError, NotForWidgetError
from consult.feedback.question_sets.ready import READY
from consult.feedback.question_sets.script import compact
from consult.feedback.question_sets.sets import DEFAULT, OWN, QuestionSet, own_name, own_set
from consult.feedback.question_sets.tables import tabulate

__all__ = [
    "DEFAULT",
    "OWN",
    "READY",
    "ConditionTooWideError",
    "NotForWidgetError",
    "QuestionSet",
    "compact",
    "own_name",
    "own_set",
    "tabulate",
]
