"""Forms of involvement activities."""

from datetime import date
from itertools import zip_longest
from typing import Any, cast

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from consult.addresses import GREATEST_NUMBER
from consult.catalogues import LANGUAGES
from consult.db import Localized
from consult.form_fields import Count, Day, storable
from consult.involvement.errors import ActivityIncompleteError
from consult.involvement.models import Activity, ActivityKind
from consult.involvement.services.recording import MOST_THEMES, TEXTS, ActivityDraft
from consult.involvement.words import KIND_LABELS
from consult.privacy.text import clean_text

_TITLE = [Length(max=200, message=_l("Keep the title under 200 characters.")), storable]
_TEXT = [Length(max=4000, message=_l("Keep this text under 4,000 characters.")), storable]


def _text(label: LazyString, lang: str, rows: int = 4) -> TextAreaField:
    return TextAreaField(label, _TEXT, render_kw={"rows": rows, "lang": lang})


def _themes(label: LazyString, lang: str) -> TextAreaField:
    limit = Length(max=1000, message=_l("Keep the themes under 1,000 characters."))
    return TextAreaField(label, [limit, storable], render_kw={"rows": 3, "lang": lang})


class ActivityForm(FlaskForm):
    """An activity in both languages. What it requires beside days and people, the service says."""

    kind = RadioField(_l("Kind of activity"))
    title_fr = StringField(_l("Title in French"), _TITLE, render_kw={"lang": "fr"})
    title_en = StringField(_l("Title in English"), _TITLE, render_kw={"lang": "en"})
    starts_on = Day(
        _l("First day"),
        [InputRequired(_l("Enter the first day."))],
        render_kw={"class": "govuk-!-width-auto"},
    )
    ends_on = Day(_l("Last day"), render_kw={"class": "govuk-!-width-auto"})
    people = Count(
        _l("How many people took part"),
        [
            InputRequired(_l("Enter how many people took part.")),
            NumberRange(1, GREATEST_NUMBER, _l("Enter how many people took part, at least 1.")),
        ],
        render_kw={"class": "govuk-input--width-5", "inputmode": "numeric"},
    )
    profile_fr = _text(_l("Who they were, in French"), "fr", 3)
    profile_en = _text(_l("Who they were, in English"), "en", 3)
    learned_fr = _text(_l("What was learned, in French"), "fr")
    learned_en = _text(_l("What was learned, in English"), "en")
    changed_fr = _text(_l("What changed, in French"), "fr")
    changed_en = _text(_l("What changed, in English"), "en")
    themes_fr = _themes(_l("Themes in French"), "fr")
    themes_en = _themes(_l("Themes in English"), "en")
    #: When what was shown was last changed, so that nobody writes over another's words unseen.
    seen = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.kind.choices = [SelectChoice(k.value, str(words)) for k, words in KIND_LABELS.items()]
        self.kind.validators = [DataRequired(_l("Choose the kind of activity."))]

    def validate_themes_en(self, _field: Field) -> None:
        fr, en = self._lines("themes_fr"), self._lines("themes_en")
        if fr and en and len(fr) != len(en):
            raise ValidationError(
                _l("Write the same themes in both languages, in the same order, one a line.")
            )
        if max(len(fr), len(en)) > MOST_THEMES:
            raise ValidationError(_l("Keep the 10 themes that tell the most."))

    def draft(self) -> ActivityDraft:
        """What was written; only after the form is validated."""
        first = cast(date, self.starts_on.data)
        pairs = zip_longest(self._lines("themes_fr"), self._lines("themes_en"), fillvalue="")
        texts: dict[str, Any] = {
            name: Localized(*(clean_text(self[f"{name}_{lang}"].data or "") for lang in LANGUAGES))
            for name in TEXTS
        }
        return ActivityDraft(
            kind=ActivityKind(self.kind.data),
            starts_on=first,
            ends_on=self.ends_on.data or first,
            people=self.people.data or 0,
            themes=tuple(Localized(*pair) for pair in pairs),
            **texts,
        )

    def is_outdated(self, activity: Activity) -> bool:
        """True when somebody changed the activity since the form was shown; it says so."""
        if self.seen.data == activity.changed_at.isoformat():
            return False
        self.form_errors = [
            _l(
                "Someone changed this activity while you were writing. Your words are kept "
                "below: compare them with its page, then save again."
            )
        ]
        self.seen.data = activity.changed_at.isoformat()
        return True

    def explain(self, error: ActivityIncompleteError) -> None:
        """Shows a broken rule at each field it names."""
        for name in error.fields:
            self[name].errors = [error.message]

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in (self[name].data or "").splitlines() if line.strip()]


class ShareForm(FlaskForm):
    """Whether the documents are shared too."""

    with_documents = BooleanField(_l("Share the documents too"))


class DocumentForm(FlaskForm):
    """A document to add."""

    document = FileField(_l("Document"))


def values_of(activity: Activity) -> dict[str, Any]:
    """The values of the form's fields for an activity."""
    draft = ActivityDraft.of(activity)
    texts = {
        f"{name}_{lang}": getattr(getattr(draft, name), lang)
        for name in TEXTS
        for lang in LANGUAGES
    }
    themes = {
        f"themes_{lang}": "\n".join(getattr(theme, lang) for theme in draft.themes).strip()
        for lang in LANGUAGES
    }
    return {
        **texts,
        **themes,
        "kind": draft.kind.value,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "people": draft.people,
        "seen": activity.changed_at.isoformat(),
    }
