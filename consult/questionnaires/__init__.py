"""Questionnaires as plain data: definitions, question types, and the checking of answers.

Nothing here knows the web or the database. ``parse_questionnaire`` reads a definition; each
``Question`` reads an answer (``normalise``), checks it (``check``) and tells it in words
(``in_words``); ``missing_languages`` tells what is untranslated.
"""

from consult.questionnaires.definition import (
    MissingText,
    Questionnaire,
    Section,
    missing_languages,
    texts_of,
)
from consult.questionnaires.errors import AnswerError, DefinitionError, Problem
from consult.questionnaires.parsing import parse_questionnaire
from consult.questionnaires.regions import REGIONS
from consult.questionnaires.texts import Text
from consult.questionnaires.types import QUESTION_TYPES, Answer, Choice, Question

__all__ = [
    "QUESTION_TYPES",
    "REGIONS",
    "Answer",
    "AnswerError",
    "Choice",
    "DefinitionError",
    "MissingText",
    "Problem",
    "Question",
    "Questionnaire",
    "Section",
    "Text",
    "missing_languages",
    "parse_questionnaire",
    "texts_of",
]
