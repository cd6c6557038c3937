"""Broken rules of the register."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.errors import DomainError


class EntryRefusedError(DomainError):
    """Something of an entry is missing, or cannot be so; ``field`` names it: ``name_fr``…"""

    status = 422
    code = "entry-refused"

    def __init__(self, field: str, message: LazyString) -> None:
        super().__init__(message)
        self.field = field


class FileUnreadableError(DomainError):
    """A file that cannot be read as a table of the register."""

    status = 422
    code = "file-unreadable"
    message = _l("This file cannot be read. Save it as CSV in UTF-8, then choose it again.")
