"""What is wrong with an answer, once its question is known to be shown."""

from consult.questionnaires.errors import AnswerError
from consult.questionnaires.types import Answer, Question, Ranking, SeveralChoices


def fault_of(
    question: Question, answer: Answer, offer: frozenset[str] | None
) -> AnswerError | None:
    """The rule of its type, or of the choices on ``offer``, that an answer breaks; None when none.

    ``offer`` is None for a question without choice filter.
    """
    if offer is not None and not offer.issuperset(_named(answer)):
        return AnswerError("unknown_choice")
    try:
        (question if offer is None else _narrowed(question, offer)).check(answer)
    except AnswerError as error:
        return error
    return None


def _named(answer: Answer) -> list[str]:
    return answer if isinstance(answer, list) else [str(answer)]


def _narrowed(question: Question, offer: frozenset[str]) -> Question:
    """The question as if it had those choices only, so that it never asks for more of them."""
    if isinstance(question, Ranking):
        choices = tuple(choice for choice in question.choices if choice.name in offer)
        return question.model_copy(update={"choices": choices})
    if isinstance(question, SeveralChoices) and question.minimum:
        return question.model_copy(update={"minimum": min(question.minimum, len(offer))})
    return question
