"""The forms of a preparation, and of a report that was given."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from consult.db import Localized
from consult.form_fields import SeenForm, storable
from consult.privacy.errors import UnstorableTextError
from consult.privacy.text import clean_text
from consult.surveys.models.preparation import Preparation
from consult.surveys.preparation.changing import Prepared
from consult.surveys.preparation.principles import PREPARED, PRINCIPLES

_LONGEST = 4_000


class PreparationForm(SeenForm):
    """The five texts of a preparation in both languages, and the day promised. All may wait."""

    report_due_on = DateField(
        _l("Promised for"),
        [Optional()],
        description=_l("The day by which people will read what became of their answers."),
        render_kw={"class": "govuk-input--width-10"},
    )

    def validate_report_due_on(self, field: Field) -> None:
        if field.data and not 2000 <= field.data.year < 2100:
            raise ValidationError(_l("Enter a day of this century."))

    def prepared(self) -> Prepared:
        """What was written; only after the form is validated."""
        texts = {
            name: Localized(
                *(clean_text(self[f"{name}_{lang}"].data or "").strip() for lang in ("fr", "en"))
            )
            for name in PREPARED
        }
        return Prepared(texts, self.report_due_on.data)


for _principle in PRINCIPLES:
    if not _principle.is_of_consultation:
        for _lang, _label in (("fr", _l("In French")), ("en", _l("In English"))):
            _area = TextAreaField(
                _label,
                [
                    Length(max=_LONGEST, message=_l("Keep this text under 4,000 characters.")),
                    storable,
                ],
                render_kw={"rows": 4, "lang": _lang},
            )
            setattr(PreparationForm, f"{_principle.part}_{_lang}", _area)


class ReportGivenForm(SeenForm):
    """The day the report was given, and where it can be read. Without a day, it is not given."""

    report_given_on = DateField(
        _l("Given on"),
        [Optional()],
        description=_l("Leave this blank while the report is not given."),
        render_kw={"class": "govuk-input--width-10"},
    )
    report_link = StringField(
        _l("Address where it can be read"),
        [Optional(), Length(max=500, message=_l("Keep the address under 500 characters."))],
    )

    def suit(self, today: date, has_results: bool) -> None:
        """``has_results``: those published here can be the report, when no address is given."""
        self._today, self._has_results = today, has_results
        self.report_link.description = (
            _l("Leave this blank if the results published here are the report.")
            if has_results
            else _l("It begins with https://")
        )

    def validate_report_given_on(self, field: Field) -> None:
        if field.data and field.data > self._today:
            raise ValidationError(_l("Enter a day that is not in the future."))
        if field.data and field.data.year < 2000:
            raise ValidationError(_l("Enter a day since the year 2000."))
        if field.data and not self.report_link.data and not self._has_results:
            raise ValidationError(_l("Tell where the report can be read, or publish the results."))

    def validate_report_link(self, field: Field) -> None:
        try:
            address = urlsplit(clean_text(field.data or "").strip())
        except (ValueError, UnstorableTextError):
            address = urlsplit("")
        if address.scheme not in ("https", "http") or not address.netloc:
            raise ValidationError(_l("Enter an address that begins with https://"))


def values_of(preparation: Preparation | None) -> dict[str, Any]:
    """A preparation as both forms show it."""
    if preparation is None:
        return {}
    texts = {
        f"{name}_{lang}": getattr(getattr(preparation, name), lang)
        for name in PREPARED
        for lang in ("fr", "en")
    }
    days = ("report_due_on", "report_given_on", "report_link")
    return {**texts, **{name: getattr(preparation, name) for name in days}}
