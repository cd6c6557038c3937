"""Fields and checks that the forms of several slices share."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField
from wtforms.validators import ValidationError

from consult.privacy.errors import UnstorableTextError
from consult.privacy.text import clean_text


def storable(_form: FlaskForm, field: Field) -> None:
    """Refuses a text with a control character, which the database would not keep."""
    try:
        clean_text(field.data or "")
    except UnstorableTextError as error:
        raise ValidationError(
            _l("This text contains a character that cannot be kept. Delete it.")
        ) from error


class Day(DateField):
    """A day, in the browser's own way of choosing one; blank is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        try:
            super().process_formdata([value for value in valuelist if value.strip()])
        except ValueError as error:
            raise ValueError(_l("Enter a day, such as 2027-03-31.")) from error


class Count(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError as error:
            raise ValueError(_l("Enter a whole number, such as 12.")) from error
