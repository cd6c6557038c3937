"""Broken rules of writing a questionnaire."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError

if TYPE_CHECKING:
    from consult.surveys.builder.references import Use
    from consult.surveys.models import QuestionnaireDraft


class DraftChangedError(DomainError):
    """An edit was made on an older revision; ``draft`` is the draft as it is now."""

    status = 409
    code = "draft-changed"
    message = _l("The questionnaire was changed since you opened this page. Look at it again.")

    def __init__(self, draft: "QuestionnaireDraft") -> None:
        super().__init__()
        self.draft = draft


class NotInDraftError(DomainError):
    status = 404
    code = "not-in-draft"
    message = _l("This page or question is not in the questionnaire any more.")


class LastPageError(DomainError):
    status = 409
    code = "last-page"
    message = _l("A questionnaire has at least one page.")


class StillUsedError(DomainError):
    """Something cannot go while others speak of it; ``uses`` lists who does."""

    status = 409
    code = "still-used"
    message = _l("Other parts of the questionnaire use this answer. Change them first.")

    def __init__(self, uses: "Sequence[Use]") -> None:
        super().__init__()
        self.uses = tuple(uses)
