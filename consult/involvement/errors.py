"""Broken rules of involvement activities."""

from collections.abc import Sequence

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.errors import DomainError


class ActivityIncompleteError(DomainError):
    """Something is missing, or cannot be so; ``fields`` says where, as columns: ``title_fr``…"""

    status = 422
    code = "activity-incomplete"
    message = _l("Complete this activity.")

    def __init__(self, fields: Sequence[str], message: LazyString | str | None = None) -> None:
        super().__init__(message)
        self.fields = tuple(fields)


class NotShareableError(ActivityIncompleteError):
    """Every public body reads what is shared: its title and what was learned, in both languages."""

    code = "not-shareable"
    message = _l("Write the title and what was learned in both languages before you share them.")


class TooManyDocumentsError(DomainError):
    """An activity holds a few documents, not an archive."""

    status = 409
    code = "too-many-documents"
    message = _l("This activity has as many documents as it can hold. Remove one first.")
