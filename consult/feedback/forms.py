"""Forms: what a person says of a service, and the staff's settings of a service."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from consult.feedback.errors import Message
from consult.organizations.errors import OriginRefusedError
from consult.organizations.origins import parse_origin

#: The five answers, stored as numbers.
RATINGS = {
    "1": _l("Very dissatisfied"),
    "2": _l("Dissatisfied"),
    "3": _l("Neither satisfied nor dissatisfied"),
    "4": _l("Satisfied"),
    "5": _l("Very satisfied"),
}


class FeedbackForm(FlaskForm):
    """The page's form. It shows and keeps what was typed; the service checks it, as for widgets.

    Nobody is signed in here and no cookie is read, so nothing can be forged in someone's name:
    the idempotency key, not a token, is what makes a form count once.
    """

    class Meta:
        csrf = False

    rating = RadioField(
        _l("How satisfied are you with this service?"),
        choices=[SelectChoice(value, label) for value, label in RATINGS.items()],
    )
    comment = TextAreaField(
        _l("What could we improve? (optional)"),
        description=_l(
            "Do not write your name, a phone number or a file number. No cookie is set."
        ),
    )
    page = HiddenField()
    idempotency_key = HiddenField()

    def show_refusal(self, refused: Mapping[str, Message]) -> None:
        """Puts each message at its field, or above the form when its field is hidden."""
        for name, message in refused.items():
            if name in ("rating", "comment"):
                self[name].errors = [message]
            else:
                self.form_errors.append(message)


class OriginsForm(FlaskForm):
    """The sites that may show a service's widget, one per line."""

    origins = TextAreaField(
        _l("Sites that may show the widget"),
        description=_l("One address per line, for example https://www.example.org."),
        render_kw={"rows": 4, "autocomplete": "off", "spellcheck": "false"},
    )

    parsed: list[str]

    def validate_origins(self, field: TextAreaField) -> None:
        lines = [line for line in (field.data or "").splitlines() if line.strip()]
        try:
            self.parsed = [parse_origin(line) for line in lines]
        except OriginRefusedError as error:
            raise ValidationError(
                _l("“%(line)s”: %(help)s", line=error.line, help=error.message)
            ) from error
