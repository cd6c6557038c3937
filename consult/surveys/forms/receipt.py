"""The forms around a receipt: its code, an address to send it to, a word on the consultation."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from consult.mail import is_address
from consult.surveys.services.experience import COMMENT


class ReceiptForm(FlaskForm):
    """A receipt code, as somebody copied it or reads it aloud."""

    code = StringField(
        _l("Receipt code"),
        [DataRequired(_l("Enter your receipt code."))],
        description=_l("Twelve letters and digits, for example K7QF-29MX-81TD."),
        render_kw={
            "autocomplete": "off",
            "spellcheck": "false",
            "class": "govuk-input--width-20",
            "data-receipt-code": "",
        },
    )


class SendReceiptForm(FlaskForm):
    """Where to send a receipt code; the address is used once and not kept."""

    address = EmailField(
        _l("Email address"),
        [DataRequired(_l("Enter an email address, like name@example.ca."))],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )

    def validate_address(self, field: Field) -> None:
        field.data = (field.data or "").strip()
        if not is_address(field.data):
            raise ValidationError(_l("Enter an email address, like name@example.ca."))


class ExperienceForm(FlaskForm):
    """The last question, on the consultation itself; both parts can stay blank."""

    rating = RadioField(
        _l("How did taking part in this consultation go?"),
        [Optional()],
        choices=[
            SelectChoice("1", _l("Very badly")),
            SelectChoice("2", _l("Badly")),
            SelectChoice("3", _l("Neither well nor badly")),
            SelectChoice("4", _l("Well")),
            SelectChoice("5", _l("Very well")),
        ],
    )
    comment = TextAreaField(
        _l("What would make it better?"),
        [Optional(), Length(max=COMMENT.max_length)],
        description=_l("Please leave out names, addresses and telephone numbers."),
        render_kw={"rows": 3},
    )
