"""The form that takes a receipt code."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired


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
        },
    )
