"""Broken rules of consultations and answers."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError
from consult.surveys.builder.text_places import TextPlace


class ConsultationClosedError(DomainError):
    status = 403
    code = "consultation-closed"
    message = _l("This consultation is closed. It no longer takes answers.")


class ConsultationNotOpenError(DomainError):
    status = 403
    code = "consultation-not-open"
    message = _l("This consultation is not open yet. Come back on its opening date.")


class AlreadySubmittedError(DomainError):
    """The answers were sent; they do not change any more."""

    status = 409
    code = "already-submitted"
    message = _l("Your answers were already sent. They are counted once.")


class AnswersIncompleteError(DomainError):
    """Answers cannot be sent yet; ``page`` (from 1) is the first where something is missing."""

    status = 422
    code = "answers-incomplete"
    message = _l("Some answers are missing before you can send them.")

    def __init__(self, page: int) -> None:
        super().__init__()
        self.page = page


class Gap(NamedTuple):
    """What keeps a consultation from being published.

    ``part`` is a text of the consultation ('title' …), 'questionnaire', 'question_text' (``path``
    and ``place`` say which) or 'satisfaction_question'; ``lang`` is the side that is missing, or
    older than the other when it is ``stale``, if it is a side.
    """

    part: str
    lang: str | None = None
    path: str = ""
    stale: bool = False
    place: TextPlace | None = None


class NotReadyError(DomainError):
    """A consultation is published in both languages or not at all; ``gaps`` lists what lacks."""

    status = 422
    code = "not-ready"
    message = _l("This consultation is not ready to be public: something is missing.")

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__()
        self.gaps = tuple(gaps)


class StillOpenError(DomainError):
    status = 409
    code = "still-open"
    message = _l("Results can be published once the consultation is closed.")


class AddressTakenError(DomainError):
    status = 409
    code = "address-taken"
    message = _l("Another consultation already has this address. Choose another one.")
