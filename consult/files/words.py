"""What a file is, in words."""

from flask_babel import format_decimal
from flask_babel import gettext as _

from consult.files.storing import MEGABYTE


def file_type_words(extension: str, size: int) -> str:
    """A file of ``size`` bytes: 'PDF, 1.2 MB'."""
    if size < MEGABYTE / 10:
        told = _("%(size)s kB", size=format_decimal(max(1, round(size / 1_000))))
    else:
        told = _("%(size)s MB", size=format_decimal(round(size / MEGABYTE, 1)))
    return f"{extension.upper()}, {told}"
