"""The form of who wants to hear of what is done."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from consult.mail import is_address


class FollowForm(FlaskForm):
    """An address, and the language of its letters.

    Nothing of the browser is used, so that the page needs no cookie: a letter asks for the yes.
    """

    class Meta:
        csrf = False

    address = EmailField(
        _l("Email address"), render_kw={"autocomplete": "email", "spellcheck": "false"}
    )
    lang = RadioField(
        _l("Language of the messages"),
        choices=[SelectChoice("fr", _l("French")), SelectChoice("en", _l("English"))],
    )

    def validate_address(self, field: Field) -> None:
        field.data = (field.data or "").strip()
        if not is_address(field.data):
            raise ValidationError(_l("Enter an email address, like name@example.ca."))
