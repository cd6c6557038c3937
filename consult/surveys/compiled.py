"""The questionnaire of a version and its logic, compiled once per process."""

import json
from functools import lru_cache
from typing import NamedTuple

from consult.questionnaires import Questionnaire
from consult.questionnaires.logic import Logic
from consult.surveys.models import QuestionnaireVersion


class Compiled(NamedTuple):
    """What a version asks, and what answers to it lead to."""

    questionnaire: Questionnaire
    logic: Logic


def compiled(version: QuestionnaireVersion) -> Compiled:
    """The same object for the same definition: a version never changes."""
    return _compiled(json.dumps(version.definition, sort_keys=True))


@lru_cache(maxsize=64)
def _compiled(definition: str) -> Compiled:
    questionnaire = Questionnaire.model_validate_json(definition)
    return Compiled(questionnaire, Logic(questionnaire))
