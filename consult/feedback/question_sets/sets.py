"""A set of questions: its questionnaire, and which question tells satisfaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from consult.questionnaires import Answer, Questionnaire, Section, Text, parse_questionnaire
from consult.questionnaires.logic import Logic, Outcome
from consult.questionnaires.types import OneChoice, Scale

#: The set that is asked where nothing else is said.
DEFAULT = "rating"

#: In a service's settings: the latest version of its own questions.
OWN = "own"

#: The one question answered in people's own words.
COMMENT = "comment"

_NO_WORDS = Text()


@dataclass(frozen=True)
class QuestionSet:
    """What is asked, under the name that feedback is kept with.

    ``satisfaction`` names the question that tells it, ``points`` are satisfaction from 1 to 5 by
    its answer; ``faces`` names the question whose choices are shown as faces. ``title``,
    ``measures`` and ``source`` tell the team what the set is, what it measures, and where its
    questions come from.
    """

    name: str
    questionnaire: Questionnaire
    satisfaction: str | None = None
    points: Mapping[str, int] = field(default_factory=dict)
    faces: str | None = None
    title: Text = _NO_WORDS
    measures: Text = _NO_WORDS
    source: Text = _NO_WORDS

    @property
    def section(self) -> Section:
        return self.questionnaire.sections[0]

    @cached_property
    def has_logic(self) -> bool:
        """True when an answer can change what is asked."""
        return any(question.relevant for question in self.section.questions)

    @cached_property
    def logic(self) -> Logic:
        return Logic(self.questionnaire)

    def outcome(self, answers: Mapping[str, Answer], today: date) -> Outcome:
        """What the answers lead to: what is asked, what counts, what is missing."""
        return self.logic.outcome(answers, today=today)

    def rating_of(self, answers: Mapping[str, Answer]) -> int | None:
        """Satisfaction from 1 to 5 in the answers; None when it is not asked or not told."""
        told = answers.get(self.satisfaction or "")
        return None if told is None else self.points[str(told)]


def own_name(number: int) -> str:
    """The name that feedback on a version of a service's own questions is kept with."""
    return f"{OWN}-{number}"


@lru_cache(maxsize=256)
def own_set(number: int, definition: str) -> QuestionSet:
    """A version of a service's own questions, from its definition as JSON.

    A scale from 1 to 5 named ``rating`` tells satisfaction.
    """
    questionnaire = parse_questionnaire(definition)
    rating = questionnaire.question("rating")
    is_satisfaction = isinstance(rating, Scale | OneChoice) and [
        option.name for option in rating.options
    ] == list("12345")
    told: dict[str, Any] = {"satisfaction": "rating", "points": {str(n): n for n in range(1, 6)}}
    told = told if is_satisfaction else {}
    return QuestionSet(own_name(number), questionnaire, title=questionnaire.title, **told)
