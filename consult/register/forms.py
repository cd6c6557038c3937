"""Forms of the register."""

from collections.abc import Iterable
from typing import Any, cast

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DecimalField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput

from consult.catalogues import LANGUAGES
from consult.db import Localized
from consult.form_fields import Day, SeenForm, storable
from consult.organizations.models import Service, ServiceStage
from consult.privacy.text import clean_text
from consult.register.entries import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_OWNER,
    LONGEST_TEXT,
    OutsideEntry,
    ServiceEntry,
)
from consult.register.errors import EntryRefusedError
from consult.register.models import OutsideConsultation
from consult.register.words import CHANNEL_LABELS, MEANS_LABELS, STAGE_LABELS


class Percent(DecimalField):
    """A percentage from 0 to 100, with a comma or a point; blank is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        value = "".join(valuelist).strip().rstrip("%").replace(",", ".").strip()
        if not value:
            return
        try:
            super().process_formdata([value])
        except ValueError as error:
            raise ValueError(_l("Enter a number from 0 to 100, such as 62.5.")) from error
        if self.data is None or not self.data.is_finite() or not 0 <= self.data <= 100:
            self.data = None
            raise ValueError(_l("Enter a number from 0 to 100, such as 62.5."))


class Ticked(SelectMultipleField):
    """Any of some choices, each with a box."""

    option_widget = CheckboxInput()


_DAY: dict[str, Any] = {"render_kw": {"class": "govuk-!-width-auto"}}


def _name(label: LazyString, lang: str) -> StringField:
    limit = Length(max=LONGEST_NAME, message=_l("Keep the name under 200 characters."))
    return StringField(label, [limit, storable], render_kw={"lang": lang})


def _text(label: LazyString, lang: str) -> TextAreaField:
    limit = Length(max=LONGEST_TEXT, message=_l("Keep this text under 2,000 characters."))
    return TextAreaField(label, [limit, storable], render_kw={"rows": 3, "lang": lang})


class EntryForm(SeenForm):
    """What the forms of the register share."""

    def explain(self, error: EntryRefusedError) -> None:
        """Shows a broken rule at its field."""
        self[error.field].errors = [error.message]

    def _localized(self, name: str) -> Localized:
        return Localized(*(clean_text(self[f"{name}_{lang}"].data or "") for lang in LANGUAGES))


class ServiceForm(EntryForm):
    """A digital service of the register."""

    name_fr = _name(_l("Name in French"), "fr")
    name_en = _name(_l("Name in English"), "en")
    description_fr = _text(_l("Description in French"), "fr")
    description_en = _text(_l("Description in English"), "en")
    owner = StringField(
        _l("Unit that answers for it"),
        [Length(max=LONGEST_OWNER, message=_l("Keep the unit under 200 characters.")), storable],
    )
    stage = RadioField(_l("Stage"))
    launched_on = Day(_l("Launch"), **_DAY)
    retired_on = Day(_l("Retired on"), **_DAY)
    is_new = BooleanField(_l("A new service, which did not exist before in another form"))
    is_digital = BooleanField(_l("A digital service"))
    is_end_to_end = BooleanField(_l("Digital from end to end"))
    take_up = Percent(
        _l("Take-up rate, in percent"),
        places=None,
        render_kw={"class": "govuk-input--width-5", "inputmode": "decimal"},
    )
    take_up_on = Day(_l("Counted on"), **_DAY)
    channels = Ticked(_l("Channels"))

    def __init__(self, own_channels: Iterable[str] = (), **values: Any) -> None:
        super().__init__(**values)
        self.stage.choices = [SelectChoice(s.value, str(w)) for s, w in STAGE_LABELS.items()]
        self.stage.validators = [InputRequired(_l("Choose the stage."))]
        known = {name: str(words) for name, words in CHANNEL_LABELS.items()}
        known |= {name: name for name in own_channels if name not in known}
        self.channels.choices = [SelectChoice(name, words) for name, words in known.items()]

    def entry(self) -> ServiceEntry:
        """What was written; only after the form is validated."""
        share = self.take_up.data
        return ServiceEntry(
            name=self._localized("name"),
            description=self._localized("description"),
            owner=clean_text(self.owner.data or ""),
            launched_on=self.launched_on.data,
            is_new=bool(self.is_new.data),
            is_digital=bool(self.is_digital.data),
            is_end_to_end=bool(self.is_end_to_end.data),
            take_up=float(share / 100) if share is not None else None,
            take_up_on=self.take_up_on.data,
            channels=tuple(self.channels.data or ()),
            stage=ServiceStage(self.stage.data),
            retired_on=self.retired_on.data,
        )


class OutsideForm(EntryForm):
    """A consultation held elsewhere."""

    title_fr = _name(_l("Title in French"), "fr")
    title_en = _name(_l("Title in English"), "en")
    opens_on = Day(_l("Opens on"), [InputRequired(_l("Enter the first day."))], **_DAY)
    closes_on = Day(_l("Closes on"), [InputRequired(_l("Enter the last day."))], **_DAY)
    means = Ticked(_l("Ways to take part"))
    address = StringField(
        _l("Web address"),
        [
            Length(max=LONGEST_ADDRESS, message=_l("Keep the address under 500 characters.")),
            storable,
        ],
        render_kw={"inputmode": "url", "spellcheck": "false", "autocomplete": "off"},
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.means.choices = [SelectChoice(m.value, str(w)) for m, w in MEANS_LABELS.items()]

    def entry(self) -> OutsideEntry:
        """What was written; only after the form is validated."""
        return OutsideEntry(
            title=self._localized("title"),
            opens_on=cast(Any, self.opens_on.data),
            closes_on=cast(Any, self.closes_on.data),
            means=tuple(self.means.data or ()),
            address=clean_text(self.address.data or ""),
        )


class FileForm(FlaskForm):
    """A file to bring in."""

    file = FileField(_l("CSV file"))


def service_values(service: Service) -> dict[str, Any]:
    """The values of the form's fields for a service."""
    told = ServiceEntry.of(service).columns
    texts = {
        f"{name}_{lang}": getattr(getattr(service, name), lang)
        for name in ("name", "description")
        for lang in LANGUAGES
    }
    share = service.take_up
    percent = None if share is None else f"{round(100 * share, 4):g}"
    return {**told, **texts, "stage": service.stage.value, "take_up": percent}


def outside_values(held: OutsideConsultation) -> dict[str, Any]:
    """The values of the form's fields for a consultation held elsewhere."""
    titles = {f"title_{lang}": getattr(held.title, lang) for lang in LANGUAGES}
    told = {name: getattr(held, name) for name in ("opens_on", "closes_on", "means", "address")}
    return {**told, **titles}
