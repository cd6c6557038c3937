"""What feedback asks: sets of questions ready to use, and those that a service wrote itself.

A set is a short questionnaire of one page. Its questions are choices, kept as codes, and at most
one text in people's own words, which is always named ``comment``.
"""

from consult.feedback.question_sets.ready import READY
from consult.feedback.question_sets.sets import DEFAULT, OWN, QuestionSet, own_name, own_set

__all__ = ["DEFAULT", "OWN", "READY", "QuestionSet", "own_name", "own_set"]
