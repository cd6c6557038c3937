"""Forms of improvements."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from consult.analysis.improvements.changing import Draft
from consult.analysis.improvements.errors import ImprovementIncompleteError
from consult.analysis.improvements.models import Improvement, ImprovementState
from consult.analysis.improvements.words import STATE_LABELS
from consult.db import Localized
from consult.organizations.models import Account

_PUBLIC_AT_ONCE = {
    ImprovementState.DONE: _l("Done. It will be public at once, with what was done"),
    ImprovementState.DECLINED: _l("Declined. It will be public at once, with its reason"),
}
TEXTS = ("title", "said", "did", "reason")

_TITLE = [Length(max=200, message=_l("Keep the title under 200 characters."))]
_TEXT = [Length(max=4000, message=_l("Keep this text under 4,000 characters."))]
_ROWS = {"rows": 3}


class ImprovementForm(FlaskForm):
    """An improvement in both languages. What its state requires is checked by the service."""

    title_fr = StringField(_l("Title in French"), _TITLE)
    title_en = StringField(_l("Title in English"), _TITLE)
    owner = SelectField(_l("Person responsible"))
    state = RadioField(_l("State"))
    said_fr = TextAreaField(_l("What you said, in French"), _TEXT, render_kw=_ROWS)
    said_en = TextAreaField(_l("What you said, in English"), _TEXT, render_kw=_ROWS)
    did_fr = TextAreaField(_l("What we did, in French"), _TEXT, render_kw=_ROWS)
    did_en = TextAreaField(_l("What we did, in English"), _TEXT, render_kw=_ROWS)
    reason_fr = TextAreaField(_l("The reason, in French"), _TEXT, render_kw=_ROWS)
    reason_en = TextAreaField(_l("The reason, in English"), _TEXT, render_kw=_ROWS)

    def __init__(self, people: Iterable[Account], **values: Any) -> None:
        super().__init__(**values)
        self.state.choices = [
            SelectChoice(state.value, str(_PUBLIC_AT_ONCE.get(state) or str(label).capitalize()))
            for state, label in STATE_LABELS.items()
        ]
        self._people = {str(person.public_id): person for person in people}
        self.owner.choices = [
            SelectChoice(key, person.name) for key, person in self._people.items()
        ]

    def draft(self) -> Draft:
        """What was written; only after the form is validated."""
        title, said, did, reason = (
            Localized(self[f"{name}_fr"].data.strip(), self[f"{name}_en"].data.strip())
            for name in TEXTS
        )
        return Draft(
            title=title,
            said=said,
            did=did,
            reason=reason,
            owner=self._people[self.owner.data],
            state=ImprovementState(self.state.data),
        )

    def explain(self, error: ImprovementIncompleteError) -> None:
        """Shows a broken rule at each field it names."""
        for name in error.fields:
            self[name].errors = [error.message]


def values_of(draft: Draft | Improvement) -> dict[str, str]:
    """The values of the form's fields for a draft or an improvement."""
    texts = {
        f"{n}_{lang}": getattr(getattr(draft, n), lang) for n in TEXTS for lang in ("fr", "en")
    }
    return {**texts, "owner": str(draft.owner.public_id), "state": draft.state.value}
