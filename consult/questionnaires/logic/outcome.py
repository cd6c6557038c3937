"""What the logic of a questionnaire makes of answers."""

from dataclasses import dataclass

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.types import Answer


@dataclass(frozen=True)
class Outcome:
    """Derived from answers, never stored.

    ``visible`` names everything shown: declared questions (notes, headings and matrices too), rows
    and the words of "other". ``sections`` are the pages that have something to show, in order.
    ``answers`` are those of relevant questions only, with calculated and hidden values. ``errors``
    are by name, for what is visible. ``choices`` holds what a question with a choice filter offers.
    ``required`` are the visible questions that have to be answered.
    """

    visible: frozenset[str]
    sections: tuple[str, ...]
    answers: dict[str, Answer]
    errors: dict[str, AnswerError]
    choices: dict[str, frozenset[str]]
    required: frozenset[str]
