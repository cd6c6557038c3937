"""Broken rules of analyses."""

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError


class NothingToAnalyzeError(DomainError):
    """The subject has no comment in words yet."""

    status = 409
    code = "nothing-to-analyze"
    message = _l("There is no comment to analyze yet. Start again once people have written.")
