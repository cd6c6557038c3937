"""Why a figure cannot be worked out or published."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.errors import DomainError

REASONS: dict[str, LazyString] = {
    "unknown": _l("This question or this answer does not exist. Choose again."),
    "no_choice": _l("Choose at least one answer."),
    "several": _l("People could give several answers to this question: choose one of them."),
    "hidden": _l("Too few people are behind this figure. It cannot be published."),
    "changed": _l("The answers changed since this figure was worked out. Update it first."),
    "counting": _l("The answers are being counted. Try again in two minutes."),
    "one_language": _l("Write this highlight in both languages before you publish it."),
}


class FigureRefusedError(DomainError):
    """``reason`` is a key of ``REASONS``."""

    status = 422
    code = "figure-refused"

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason])
        self.reason = reason
