"""Broken rules of consultations and answers."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError
from consult.questionnaires.text_places import TextPlace


class ConsultationClosedError(DomainError):
    status = 403
    code = "consultation-closed"
    message = _l("This consultation is closed. It no longer takes answers.")


class ConsultationNotOpenError(DomainError):
    status = 403
    code = "consultation-not-open"
    message = _l("This consultation is not open yet. Come back on its opening date.")


class AlreadySubmittedError(DomainError):
    """The answers were sent, and no correction of them was begun."""

    status = 409
    code = "already-submitted"
    message = _l("Your answers were already sent. They are counted once.")


class AnswersIncompleteError(DomainError):
    """Answers cannot be sent yet; ``page`` (from 1) is the first where something is missing."""

    status = 422
    code = "answers-incomplete"
    message = _l("Some answers are missing, or need to be corrected, before you can send them.")

    def __init__(self, page: int) -> None:
        super().__init__()
        self.page = page


class NothingAnsweredError(DomainError):
    """There is nothing to send."""

    status = 422
    code = "nothing-answered"
    message = _l("Answer at least one question before you send.")


class ChangedMeanwhileError(DomainError):
    """The same answers were changed in another tab or on another device since they were shown."""

    status = 409
    code = "changed-meanwhile"
    message = _l("Your answers were changed in another tab or on another device. Check them again.")


class TakenBackError(DomainError):
    """The consultation is not public any more; what was written is kept."""

    status = 403
    code = "consultation-taken-back"
    message = _l("This consultation is not public at the moment. It takes no answers.")


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


class InvitationNeededError(DomainError):
    """The consultation is for invited people, and no code of theirs was given."""

    status = 403
    code = "invitation-needed"
    message = _l("Enter your invitation code to take part.")


class InvitationSpentError(DomainError):
    """A code counts once: answers were sent with it, or it was revoked."""

    status = 409
    code = "invitation-spent"
    message = _l("This invitation code was used already, or revoked. It counts once.")
