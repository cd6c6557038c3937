"""What can go wrong with an export."""

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError


class ExportBrokenError(DomainError):
    """Not all answers could be read. What was sent before is cut, and must not look whole."""

    status = 500
    code = "export-broken"
    message = _l("The export broke off before its end: the file is not complete. Try again.")


class TooLargeForWorkbookError(DomainError):
    """More rows or columns than a sheet holds (1,048,576 and 16,384)."""

    status = 422
    code = "too-large-for-workbook"
    message = _l("There is more here than an Excel sheet can hold. Choose CSV instead.")
