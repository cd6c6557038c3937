"""The forms of the inbox."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from consult.privacy.errors import UnstorableTextError
from consult.privacy.text import clean_text


def _storable(_form: FlaskForm, field: StringField) -> None:
    try:
        field.data = clean_text(field.data or "")
    except UnstorableTextError as error:
        raise ValidationError(
            _l("A hidden character stands in this text. Type the text rather than paste it.")
        ) from error


class AnswerForm(FlaskForm):
    """The team's answer to a person who left an address."""

    subject = StringField(
        _l("Subject"),
        validators=[
            InputRequired(_l("Write a subject.")),
            Length(max=150, message=_l("Shorten the subject to 150 characters.")),
            _storable,
        ],
    )
    text = TextAreaField(
        _l("Your answer"),
        description=_l(
            "Plain text, in the language the person wrote in. Their own words are not repeated: "
            "say what your answer is about. Our signature is added below."
        ),
        validators=[
            InputRequired(_l("Write your answer.")),
            Length(max=4_000, message=_l("Shorten your answer to 4,000 characters.")),
            _storable,
        ],
        render_kw={"rows": 12},
    )
