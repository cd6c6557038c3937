"""Broken rules of improvements."""

from collections.abc import Sequence

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.errors import DomainError


class ImprovementIncompleteError(DomainError):
    """Something must be written before the improvement can be in this state.

    ``fields`` names what is blank, as columns: ``title_fr``, ``did_en``…
    """

    status = 422
    code = "improvement-incomplete"
    message = _l("Everyone can read this improvement in this state: complete both languages.")

    def __init__(self, fields: Sequence[str], message: LazyString | str | None = None) -> None:
        super().__init__(message)
        self.fields = tuple(fields)


class TitleRequiredError(ImprovementIncompleteError):
    """An improvement has a title in at least one language."""

    code = "title-required"
    message = _l("Write a title, in French or in English.")


class ReasonRequiredError(ImprovementIncompleteError):
    """Declining needs a reason in both languages."""

    code = "reason-required"
    message = _l("Explain in both languages why this improvement is declined.")


class AlreadyJoinedError(DomainError):
    """This theme is already behind the improvement."""

    status = 409
    code = "already-joined"
    message = _l("This theme is already part of the evidence of this improvement.")


class TooMuchEvidenceError(DomainError):
    """An improvement rests on a few themes, not on all."""

    status = 409
    code = "too-much-evidence"
    message = _l("This improvement has as much evidence as one can hold.")


class NotDoneYetError(DomainError):
    """What came of something is measured once it is done."""

    status = 409
    code = "not-done-yet"
    message = _l("What came of an improvement is measured once it is done.")
