"""The forms of invitation codes: to give one, to make them, to revoke them."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from consult.surveys.invitation_list import LONGEST, MOST


class InvitationForm(FlaskForm):
    """An invitation code, as it was received."""

    code = StringField(
        _l("Invitation code"),
        [DataRequired(_l("Enter your invitation code."))],
        description=_l("Twelve letters and digits, for example K7QF-29MX-81TD."),
        render_kw={
            "autocomplete": "off",
            "spellcheck": "false",
            "class": "govuk-input--width-20",
            "data-receipt-code": "",
        },
    )


class MakeInvitationsForm(FlaskForm):
    """A list of references, or how many codes."""

    references = FileField(
        _l("List of references"),
        description=_l(
            "A CSV file of one column: one reference per line, such as a file number. It helps you "
            "to send each code to the right person; it is never joined to the answers."
        ),
        render_kw={"accept": ".csv,.txt,text/csv,text/plain"},
    )
    number = IntegerField(
        _l("Or, without a list, how many codes"),
        [Optional(), NumberRange(1, MOST, _l("Write a number from 1 to 100,000."))],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-5"},
    )


class RevokeForm(FlaskForm):
    """Whose invitation to revoke."""

    reference = StringField(
        _l("Reference"),
        [Length(max=LONGEST)],
        description=_l("Leave it blank to revoke every unused invitation."),
    )
