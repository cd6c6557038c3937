"""The form of a declared indicator."""

import math
import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from consult.db import Localized
from consult.privacy.errors import UnstorableTextError
from consult.privacy.text import clean_text
from consult.targets.indicators import Indicator
from consult.targets.models import IndicatorDeclaration
from consult.targets.services.declaring import Declared

_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\Z", re.ASCII)


def _storable(_form: FlaskForm, field: Field) -> None:
    try:
        clean_text(field.data or "")
    except UnstorableTextError as error:
        raise ValidationError(
            _l("This text contains a character that cannot be kept. Delete it.")
        ) from error


class DeclarationForm(FlaskForm):
    """A value, the day it was measured, and what it rests on in both languages."""

    share = StringField(
        _l("Share, in percent"),
        [InputRequired(_l("Enter a percentage, such as 62 or 62.5."))],
        render_kw={"class": "govuk-input--width-5", "inputmode": "decimal"},
    )
    answer = RadioField(
        _l("Answer"),
        [InputRequired(_l("Choose yes or no."))],
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
    )
    measured_on = DateField(
        _l("Measured on"),
        [DataRequired(_l("Enter the day this was measured."))],
        render_kw={"class": "govuk-input--width-10"},
    )
    evidence_fr = TextAreaField(
        _l("What this rests on, in French"),
        [
            InputRequired(_l("Say in French what this rests on.")),
            Length(max=2000, message=_l("Keep this text under 2,000 characters.")),
            _storable,
        ],
        description=_l("The source, how it was counted, by whom. Everyone can read it."),
        render_kw={"rows": 3, "lang": "fr"},
    )
    evidence_en = TextAreaField(
        _l("What this rests on, in English"),
        [
            InputRequired(_l("Say in English what this rests on.")),
            Length(max=2000, message=_l("Keep this text under 2,000 characters.")),
            _storable,
        ],
        render_kw={"rows": 3, "lang": "en"},
    )
    link = StringField(
        _l("Address of a document or page that shows it"),
        [Optional(), Length(max=500, message=_l("Keep the address under 500 characters."))],
        description=_l("It begins with https://"),
    )

    def suit(self, indicator: Indicator, today: date) -> None:
        """Asks for a share or for yes or no, as the indicator goes."""
        self._today = today
        if indicator.is_yes_no:
            del self.share
            self.answer.label.text = indicator.asks
        else:
            del self.answer
            self.share.label.text = indicator.asks

    def validate_share(self, field: Field) -> None:
        found = _PERCENT.match((field.data or "").strip())
        if found is None or _number(found) > 100:
            raise ValidationError(_l("Enter a percentage from 0 to 100, such as 62 or 62.5."))

    def validate_measured_on(self, field: Field) -> None:
        if field.data and field.data > self._today:
            raise ValidationError(_l("Enter a day that is not in the future."))
        if field.data and field.data.year < 2000:
            raise ValidationError(_l("Enter a day since the year 2000."))

    def validate_link(self, field: Field) -> None:
        try:
            address = urlsplit(clean_text(field.data or "").strip())
        except (ValueError, UnstorableTextError):
            address = urlsplit("")
        if address.scheme not in ("https", "http") or not address.netloc:
            raise ValidationError(_l("Enter an address that begins with https://"))

    def declared(self) -> Declared:
        """What was declared; only after the form is validated."""
        return Declared(
            value=self._value(),
            measured_on=self.measured_on.data or self._today,
            evidence=Localized(
                clean_text(self.evidence_fr.data or "").strip(),
                clean_text(self.evidence_en.data or "").strip(),
            ),
            link=(self.link.data or "").strip(),
        )

    def _value(self) -> float:
        if "answer" in self._fields:
            return 100.0 if self.answer.data == "yes" else 0.0
        found = _PERCENT.match((self.share.data or "").strip())
        return _number(found) if found else math.nan


def _number(found: re.Match[str]) -> float:
    return float(f"{found[1]}.{found[2] or 0}")


def values_of(stands: IndicatorDeclaration | None, indicator: Indicator) -> dict[str, Any]:
    """The form of a new declaration, filled with what stands; the day is asked anew."""
    if stands is None:
        return {}
    value = {"answer": "yes" if stands.value >= 100 else "no"}
    if not indicator.is_yes_no:
        value = {"share": f"{stands.value:g}"}
    return {
        **value,
        "evidence_fr": stands.evidence.fr,
        "evidence_en": stands.evidence.en,
        "link": stands.link,
    }
