"""The staff's forms: a consultation's texts and dates, and its questionnaire as a file."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateTimeLocalField,
    Field,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, NumberRange, Regexp, ValidationError

from consult.config import QUEBEC_TIME
from consult.db import Localized
from consult.i18n import current_lang, localize
from consult.organizations.models import Organization
from consult.privacy.errors import UnstorableTextError
from consult.privacy.text import clean_text
from consult.surveys.errors import Gap
from consult.surveys.models import Consultation
from consult.surveys.services.prepare import TEXTS, ConsultationDetails

ZONE = ZoneInfo(QUEBEC_TIME)


def storable(_form: FlaskForm, field: Field) -> None:
    """Refuses a text with a control character, which the database would not keep."""
    try:
        clean_text(field.data or "")
    except UnstorableTextError as error:
        raise ValidationError(
            _l("This text contains a character that cannot be kept. Delete it.")
        ) from error


def _line(lang: str, label: LazyString, *validators: Any) -> StringField:
    return StringField(label, [*validators, Length(max=300), storable], render_kw={"lang": lang})


def _area(lang: str, label: LazyString) -> TextAreaField:
    return TextAreaField(label, [Length(max=10_000), storable], render_kw={"lang": lang, "rows": 6})


def _moment(label: LazyString, missing: LazyString, hint: LazyString) -> DateTimeLocalField:
    required = DataRequired(missing)
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    return DateTimeLocalField(label, [required], format=formats, description=hint)


class ChosenOnceForm(FlaskForm):
    """What a consultation keeps for good: its public body and its address."""

    organization = SelectField(_l("Public body"))
    slug = StringField(
        _l("Address"),
        [
            DataRequired(_l("Enter an address.")),
            Length(max=80),
            Regexp(
                r"[a-z0-9]+(-[a-z0-9]+)*\Z",
                message=_l("Use small letters without accents, digits and hyphens."),
            ),
        ],
        description=_l("The end of the page’s address. It does not change afterwards."),
    )

    def offer_organizations(self, organizations: Sequence[Organization]) -> None:
        self.organization.choices = [
            SelectChoice(body.slug, localize(body.name)) for body in organizations
        ]


class DetailsForm(FlaskForm):
    """A consultation in both languages, side by side. A blank side waits; publishing does not."""

    title_fr = _line("fr", _l("Title in French"), DataRequired(_l("Enter the title in French.")))
    title_en = _line("en", _l("Title in English"))
    summary_fr = _line("fr", _l("Summary in one line, in French"))
    summary_en = _line("en", _l("Summary in one line, in English"))
    why_fr = _area("fr", _l("Why this consultation, in French"))
    why_en = _area("en", _l("Why this consultation, in English"))
    influence_fr = _area("fr", _l("What the answers can change, in French"))
    influence_en = _area("en", _l("What the answers can change, in English"))
    decides_fr = _area("fr", _l("Who decides, in French"))
    decides_en = _area("en", _l("Who decides, in English"))
    what_next_fr = _area("fr", _l("What happens next, in French"))
    what_next_en = _area("en", _l("What happens next, in English"))
    opens_at = _moment(
        _l("Opens on"), _l("Enter the date and time of opening."), _l("Québec time.")
    )
    closes_at = _moment(
        _l("Closes on"),
        _l("Enter the date and time of closing."),
        _l("Québec time. No answer is taken from then on."),
    )
    minutes = IntegerField(
        _l("Minutes it takes to answer"),
        [
            DataRequired(_l("Enter a whole number of minutes.")),
            NumberRange(1, 240, _l("Enter a number from 1 to 240.")),
        ],
        default=5,
    )

    def validate_closes_at(self, field: Field) -> None:
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_l("Choose a closing time after the opening time."))

    def show_gaps(self, gaps: Iterable[Gap]) -> None:
        """Tells, on each text, that a public consultation has both its sides."""
        for gap in gaps:
            if field := self._fields.get(f"{gap.part}_{gap.lang}"):
                field.errors = [_l("A public consultation has this text in both languages.")]

    def details(self) -> ConsultationDetails:
        """What was written, as the services take it."""
        texts: dict[str, Any] = {part: self._localized(part) for part in TEXTS}
        return ConsultationDetails(
            opens_at=_moment_of(self.opens_at),
            closes_at=_moment_of(self.closes_at),
            minutes=self.minutes.data or 1,
            satisfaction_question=self.data.get("satisfaction_question") or None,
            **texts,
        )

    def _localized(self, part: str) -> Localized:
        sides = (clean_text(self._fields[f"{part}_{lang}"].data or "") for lang in ("fr", "en"))
        return Localized(*sides)


class NewConsultationForm(ChosenOnceForm, DetailsForm):
    """A consultation that does not exist yet."""


class EditConsultationForm(DetailsForm):
    """A consultation that exists, and may have a questionnaire."""

    satisfaction_question = SelectField(
        _l("Question that measures satisfaction"),
        description=_l("A scale of the questionnaire. It weighs the themes of the comments."),
    )

    def offer_scales(self, consultation: Consultation) -> None:
        """Fills the list of scales with those of the current questionnaire."""
        version = consultation.version
        questions = version.questionnaire.questions if version else ()
        self.satisfaction_question.choices = [
            SelectChoice("", _l("No question")),
            *(
                SelectChoice(q.name, q.label.in_language(current_lang()))
                for q in questions
                if q.type == "scale"
            ),
        ]


class QuestionnaireForm(FlaskForm):
    """A questionnaire as a JSON file."""

    definition = FileField(
        _l("Questionnaire file"),
        [FileRequired(_l("Choose a file."))],
        description=_l("A JSON file in UTF-8, with every text in French and in English."),
    )


def values_of(consultation: Consultation) -> dict[str, Any]:
    """A consultation as ``DetailsForm`` shows it."""
    values: dict[str, Any] = {
        "opens_at": consultation.opens_at.astimezone(ZONE),
        "closes_at": consultation.closes_at.astimezone(ZONE),
        "minutes": consultation.minutes,
        "satisfaction_question": consultation.satisfaction_question or "",
    }
    for part in TEXTS:
        text: Localized = getattr(consultation, part)
        values |= {f"{part}_fr": text.fr, f"{part}_en": text.en}
    return values


def _moment_of(field: DateTimeLocalField) -> datetime:
    """The Québec time in a field, in UTC. Validators made sure that there is one.

    A field left as it was shown keeps its moment to the second, and on the side of a change of
    clocks where it was: neither can be seen in the field.
    """
    typed, shown = field.data, field.object_data
    if typed is None:
        raise ValueError("a date is required")
    if shown and typed == shown.replace(tzinfo=None, second=0, microsecond=0):
        typed = shown
    return typed.replace(tzinfo=ZONE).astimezone(UTC)
