"""An earlier answer told inside a later text."""

import re
from collections.abc import Mapping

from consult.questionnaires.definition import Questionnaire
from consult.questionnaires.logic.rules import REFERENCE
from consult.questionnaires.types import Answer

#: What stands for an answer that is not given yet.
UNANSWERED = "…"


def pipe(text: str, questionnaire: Questionnaire, answers: Mapping[str, Answer], lang: str) -> str:
    """``text`` with each '${name}' as the answer in words in ``lang``, or '…' while unanswered.

    Plain text, never markup: an answer is put as it is, and is not read for more '${name}'.
    """
    if "${" not in text:
        return text
    questions = {question.name: question for question in questionnaire.questions}

    def told(found: re.Match[str]) -> str:
        question = questions.get(found[1])
        words = question.in_words(answers.get(found[1]), lang) if question else ()
        return ", ".join(words) or UNANSWERED

    return REFERENCE.sub(told, text)
