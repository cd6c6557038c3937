"""Answers at the threshold: checked, then cleaned and redacted, before anything keeps them."""

from typing import NamedTuple

from consult.privacy.errors import UnstorableTextError
from consult.privacy.redaction import MARKERS, redact
from consult.privacy.text import clean_text
from consult.questionnaires import Answer, AnswerError, Question


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
            redaction = redact(clean_text(answer))
            answer, found = redaction.text, redaction.found
    except AnswerError as error:
        return Taken(None, error)
    except UnstorableTextError:
        return Taken(None, AnswerError("unstorable"))
    return Taken(answer, fault(question, answer), bool(found))


def fault(question: Question, answer: Answer) -> AnswerError | None:
    """The rule that a kept answer breaks, if any. Markers do not count in its length."""
    try:
        question.check(_without_markers(answer) if question.is_open else answer)
    except AnswerError as error:
        return error
    return None


def _without_markers(answer: Answer) -> Answer:
    """The text less what redaction added, so that masking never makes an answer too long."""
    text = str(answer or "")
    for marker in MARKERS.values():
        text = text.replace(marker, "")
    return text or answer
