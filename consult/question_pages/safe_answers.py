"""Answers at the threshold: checked, then cleaned and redacted, before anything keeps them."""

from typing import NamedTuple

from consult.privacy.errors import UnstorableTextError
from consult.privacy.redaction import MARKERS, redact
from consult.privacy.text import clean_text
from consult.questionnaires import Answer, AnswerError, Question

#: Characters; a longer answer is told to be too long, and not kept. No question has this room.
LONGEST_KEPT = 50_000


class Taken(NamedTuple):
    """What is kept of an answer, what has to be fixed in it, and whether something was masked."""

    answer: Answer
    error: AnswerError | None = None
    redacted: bool = False


def take(question: Question, raw: object) -> Taken:
    """Keeps what can be kept of ``raw``, even when a rule of the question is broken."""
    try:
        answer = question.normalise(raw)
        found: tuple[str, ...] = ()
        if question.is_open and isinstance(answer, str):
            if len(answer) > LONGEST_KEPT:
                return Taken(None, fault(question, answer))
            redaction = redact(clean_text(answer))
            answer, found = redaction.text, redaction.found
    except AnswerError as error:
        return Taken(None, error)
    except UnstorableTextError:
        return Taken(None, AnswerError("unstorable"))
    return Taken(answer, fault(question, answer), bool(found))


def is_personal(code: str) -> bool:
    """True of a code that is, as a whole, something that would be masked in a text."""
    return redact(code).text in MARKERS.values()


def fault(question: Question, answer: Answer) -> AnswerError | None:
    """The rule that a kept answer breaks, if any. Each marker counts as one character."""
    try:
        question.check(_with_short_markers(answer) if question.is_open else answer)
    except AnswerError as error:
        return error
    return None


def _with_short_markers(answer: Answer) -> Answer:
    """The text with each marker as one sign, so that masking never makes an answer too long."""
    if not isinstance(answer, str):
        return answer
    for marker in MARKERS.values():
        answer = answer.replace(marker, "*")
    return answer
