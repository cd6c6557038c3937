"""The staff's forms: a consultation's texts and dates, and its questionnaire as a file."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Regexp,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from consult.config import QUEBEC_TIME
from consult.db import Localized
from consult.form_fields import storable
from consult.i18n import current_lang, localize
from consult.organizations.models import Organization
from consult.privacy.text import clean_text
from consult.question_pages.text_messages import OLDER
from consult.surveys.errors import Gap
from consult.surveys.gap_messages import PARTS
from consult.surveys.models import Access, Consultation
from consult.surveys.services.prepare import TEXTS, ConsultationDetails, satisfaction_scales

ZONE = ZoneInfo(QUEBEC_TIME)


def _line(lang: str, label: LazyString, *validators: Any) -> StringField:
    return StringField(label, [*validators, Length(max=300), storable], render_kw={"lang": lang})


def _area(lang: str, label: LazyString) -> TextAreaField:
    return TextAreaField(label, [Length(max=10_000), storable], render_kw={"lang": lang, "rows": 6})


def _moment(label: LazyString, missing: LazyString, hint: LazyString) -> DateTimeLocalField:
    required = DataRequired(missing)
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    return DateTimeLocalField(label, [required], format=formats, description=hint)


class ChosenOnceForm(FlaskForm):
    """What a consultation keeps for good: its public body, its address, where it is held."""

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

    held_elsewhere = BooleanField(
        _l("It was held elsewhere"),
        description=_l("Its answers come from a file. Nobody answers it here."),
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
        _l("Québec time. After that, only those who had begun can finish."),
    )
    minutes = IntegerField(
        _l("Minutes it takes to answer"),
        [
            DataRequired(_l("Enter a whole number of minutes.")),
            NumberRange(1, 240, _l("Enter a number from 1 to 240.")),
        ],
        default=5,
    )
    grace_minutes = IntegerField(
        _l("Minutes to finish after the closing"),
        [
            InputRequired(_l("Enter a whole number of minutes.")),
            NumberRange(0, 1440, _l("Enter a number from 0 to 1440.")),
        ],
        default=30,
        description=_l("For people who had begun before the closing time."),
    )
    access = RadioField(
        _l("Who can take part"),
        choices=[
            SelectChoice(Access.OPEN.value, _l("Anyone who has the address")),
            SelectChoice(Access.INVITED.value, _l("People who have an invitation code")),
        ],
        default=Access.OPEN.value,
    )

    def validate_closes_at(self, field: Field) -> None:
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_l("Choose a closing time after the opening time."))

    def show_gaps(self, gaps: Iterable[Gap]) -> None:
        """Tells, on each text, that a public consultation has both its sides, up to date."""
        for gap in gaps:
            if field := self._fields.get(f"{gap.part}_{gap.lang}"):
                older = _l("Before this is public: %(older)s.", older=OLDER[gap.lang or "fr"])
                missing = _l("A public consultation has this text in both languages.")
                field.errors = [older if gap.stale else missing]

    def details(self, held_elsewhere: bool) -> ConsultationDetails:
        """What was written, as the services take it, of a consultation held here or elsewhere."""
        texts: dict[str, Any] = {part: self._localized(part) for part in TEXTS}
        return ConsultationDetails(
            opens_at=_moment_of(self.opens_at),
            closes_at=_moment_of(self.closes_at),
            minutes=self.minutes.data or 1,
            satisfaction_question=self.data.get("satisfaction_question") or None,
            grace_minutes=self.data.get("grace_minutes", 30),
            access=Access(self.data.get("access", Access.OPEN)),
            held_elsewhere=held_elsewhere,
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
        description=_l(
            "A scale from 1 to 5 of the questionnaire. It weighs the themes of the comments."
        ),
    )
    still_same = SelectMultipleField(
        _l("Say the same in both languages"),
        description=_l(
            "These texts changed in one language only. Choose those that need no change in the "
            "other (a spelling corrected, for instance)."
        ),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[SelectChoice(part, PARTS[part]) for part in TEXTS],
    )

    def offer_still_same(self, parts: Collection[str]) -> None:
        """Shows only the boxes of the texts that changed in one language alone."""
        self.still_same.choices = [SelectChoice(p, PARTS[p]) for p in TEXTS if p in parts]

    def suit(self, consultation: Consultation) -> None:
        """Offers the scales of the questionnaire; asks nothing on taking part held elsewhere."""
        self._offer_scales(consultation)
        if consultation.held_elsewhere:
            del self.grace_minutes
            del self.access

    def _offer_scales(self, consultation: Consultation) -> None:
        """Fills the list of scales with those of the current questionnaire."""
        version = consultation.version
        scales = satisfaction_scales(version.questionnaire) if version else []
        self.satisfaction_question.choices = [
            SelectChoice("", _l("No question")),
            *(SelectChoice(q.name, q.label.in_language(current_lang())) for q in scales),
        ]


class QuestionnaireForm(FlaskForm):
    """A questionnaire as a JSON file."""

    definition = FileField(
        _l("Questionnaire file"),
        [FileRequired(_l("Choose a file."))],
        description=_l("A JSON file in UTF-8, with every text in French and in English."),
    )
    still_same = BooleanField(
        _l("What changed in one language still says the same in the other"),
        description=_l("Otherwise, these texts wait to be read again in the other language."),
    )


def values_of(consultation: Consultation) -> dict[str, Any]:
    """A consultation as ``DetailsForm`` shows it."""
    values: dict[str, Any] = {
        "opens_at": consultation.opens_at.astimezone(ZONE),
        "closes_at": consultation.closes_at.astimezone(ZONE),
        "minutes": consultation.minutes,
        "satisfaction_question": consultation.satisfaction_question or "",
        "grace_minutes": consultation.grace_minutes,
        "access": consultation.access.value,
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
