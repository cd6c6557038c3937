"""Fields and checks that the forms of several slices share."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, IntegerField
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


class SeenForm(FlaskForm):
    """A form that knows what it showed, so that nobody writes over another's words unseen."""

    #: A mark of the values that were shown.
    seen = HiddenField()

    def remember(self, values: Mapping[str, Any]) -> None:
        """Notes the values the form shows, by field; one that was sent keeps its own mark."""
        if not self.is_submitted():
            self.seen.data = self._mark(values)

    def is_outdated(self, values: Mapping[str, Any]) -> bool:
        """True when the values of now are not those that were shown; it says so."""
        mark = self._mark(values)
        if self.seen.data == mark:
            return False
        self.form_errors = [
            _l(
                "Someone changed this while you were writing. Your words are kept below: open "
                "this page in another tab to compare them, then save again."
            )
        ]
        self.seen.data = mark
        return True

    def _mark(self, values: Mapping[str, Any]) -> str:
        """The values of the form's own fields, hashed; blank and missing are the same."""
        shown = [(field.short_name, str(values.get(field.short_name) or "")) for field in self]
        return sha256(repr(sorted(shown)).encode()).hexdigest()[:32]
