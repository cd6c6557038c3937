"""Why questions cannot be asked by the widget."""

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError


class NotForWidgetError(DomainError):
    """The widget cannot ask ``question`` (its name) as it is written."""

    status = 422
    code = "not-for-widget"
    message = _l(
        "A feedback form asks scales, choices, yes or no, and one comment, "
        "on one page and without words of earlier answers."
    )

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question


class ConditionTooWideError(NotForWidgetError):
    """The display condition of ``question`` depends on more than a table can hold."""

    code = "condition-too-wide"
    message = _l(
        "This display condition cannot be asked by a widget. Make it depend on choices only: "
        "one or two questions, not a comment nor today’s date."
    )
