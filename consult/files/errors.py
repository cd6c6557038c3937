"""Why a file is not taken."""

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError


class FileRefusedError(DomainError):
    """A file that cannot be attached.

    ``reason`` is 'kind' (none of the accepted ones, by its content), 'large' (more than it may
    weigh), 'empty', 'unsafe' (macros, or far larger once unpacked) or 'broken'.
    """

    status = 422
    code = "file-refused"
    message = _l("This file cannot be attached.")

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
