"""The form of letters."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired


class LettersForm(FlaskForm):
    """What the person signed in wants to hear of a public body, and in which language."""

    weekly = BooleanField(
        _l("The week ahead, on Monday morning"),
        description=_l("What people said, what is due, what to improve next."),
    )
    reminders = BooleanField(
        _l("Reminders of your own improvements"),
        description=_l("A week before each is due, and on the day."),
    )
    lang = RadioField(
        _l("Language of the messages"),
        [InputRequired(_l("Choose the language of the messages."))],
        choices=[SelectChoice("fr", _l("French")), SelectChoice("en", _l("English"))],
    )
