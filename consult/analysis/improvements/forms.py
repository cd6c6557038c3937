"""Forms of improvements."""

from collections.abc import Iterable
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from consult.analysis.improvements.changing import Draft, hold
from consult.analysis.improvements.errors import ImprovementIncompleteError
from consult.analysis.improvements.models import (
    ExpectedFigure,
    Improvement,
    ImprovementState,
)
from consult.analysis.improvements.words import FIGURE_LABELS, STATE_LABELS
from consult.analysis.report.models import Effort
from consult.analysis.report.words import EFFORT_LABELS
from consult.catalogues import LANGUAGES
from consult.db import Localized
from consult.form_fields import Day, storable
from consult.organizations.models import Account
from consult.privacy.text import clean_text

_PUBLIC_AT_ONCE = {
    ImprovementState.DONE: _l("Done. It will be public at once, with what was done"),
    ImprovementState.DECLINED: _l("Declined. It will be public at once, with its reason"),
}
#: The texts that everyone reads.
TEXTS = ("title", "said", "did", "reason")
#: What is told of each state that everyone reads.
TOLD = {
    ImprovementState.DONE: ("title", "said", "did"),
    ImprovementState.DECLINED: ("title", "said", "reason"),
}


_TITLE = [Length(max=200, message=_l("Keep the title under 200 characters.")), storable]
_TEXT = [Length(max=4000, message=_l("Keep this text under 4,000 characters.")), storable]


def _text(label: LazyString, lang: str, rows: int = 3) -> TextAreaField:
    return TextAreaField(label, _TEXT, render_kw={"rows": rows, "lang": lang})


def _title(label: LazyString, lang: str) -> StringField:
    return StringField(label, _TITLE, render_kw={"lang": lang})


class WordsForm(FlaskForm):
    """What everyone will read of an improvement, in both languages."""

    title_fr = _title(_l("Title in French"), "fr")
    title_en = _title(_l("Title in English"), "en")
    said_fr = _text(_l("What you said, in French"), "fr")
    said_en = _text(_l("What you said, in English"), "en")
    did_fr = _text(_l("What we did, in French"), "fr")
    did_en = _text(_l("What we did, in English"), "en")
    reason_fr = _text(_l("The reason, in French"), "fr")
    reason_en = _text(_l("The reason, in English"), "en")
    #: When what was shown was last changed, so that nobody writes over another's words unseen.
    seen = HiddenField()

    def words(self) -> dict[str, Localized]:
        """The texts that the form asks for."""
        return {
            name: Localized(*(self._said(f"{name}_{lang}") for lang in LANGUAGES))
            for name in (*TEXTS, "expected")
            if f"{name}_fr" in self
        }

    def _said(self, name: str) -> str:
        return clean_text(self[name].data or "")

    def is_outdated(self, improvement: Improvement) -> bool:
        """True when somebody changed the improvement since the form was shown; it says so.

        Waits first for whoever changes it just now.
        """
        hold(improvement)
        if self.seen.data == improvement.changed_at.isoformat():
            return False
        self.form_errors = [
            _l(
                "Someone changed this improvement while you were writing. Your words are kept "
                "below: compare them with its page, then save again."
            )
        ]
        self.seen.data = improvement.changed_at.isoformat()
        return True

    def explain(self, error: ImprovementIncompleteError) -> None:
        """Shows a broken rule at each field it names."""
        for name in error.fields:
            self[name].errors = [error.message]


class SettleForm(WordsForm):
    """What everyone will read once an improvement is done, or declined."""

    def __init__(self, state: ImprovementState, **values: Any) -> None:
        super().__init__(**values)
        for name in set(TEXTS) - set(TOLD[state]):
            for lang in LANGUAGES:
                del self[f"{name}_{lang}"]


class ImprovementForm(WordsForm):
    """An improvement in both languages. What its state requires is checked by the service."""

    owner = SelectField(_l("Person responsible"))
    state = RadioField(_l("State"))
    due_on = Day(_l("Due date"), render_kw={"class": "govuk-input--width-10"})
    effort = RadioField(_l("Effort"))
    expected_fr = _text(_l("Expected effect, in French"), "fr", 2)
    expected_en = _text(_l("Expected effect, in English"), "en", 2)
    expected_figure = RadioField(_l("Figure that is to move"))

    def __init__(self, people: Iterable[Account], **values: Any) -> None:
        super().__init__(**values)
        self.state.choices = [
            SelectChoice(state.value, str(_PUBLIC_AT_ONCE.get(state) or str(label).capitalize()))
            for state, label in STATE_LABELS.items()
        ]
        self.effort.choices = _or_none(EFFORT_LABELS, _l("Not estimated yet"))
        self.expected_figure.choices = _or_none(FIGURE_LABELS, _l("No figure"))
        self._people = {str(person.public_id): person for person in people}
        self.owner.choices = [
            SelectChoice(key, person.name) for key, person in self._people.items()
        ]

    def draft(self) -> Draft:
        """What was written; only after the form is validated."""
        words: dict[str, Any] = self.words()
        return Draft(
            owner=self._people[self.owner.data],
            state=ImprovementState(self.state.data),
            due_on=self.due_on.data,
            effort=Effort(self.effort.data) if self.effort.data else None,
            expected_figure=ExpectedFigure(self.expected_figure.data)
            if self.expected_figure.data
            else None,
            **words,
        )


class IdeaForm(ImprovementForm):
    """The same for an idea of the team, which says what it is about."""

    about = SelectField(_l("What it is about"))

    def __init__(
        self, people: Iterable[Account], subjects: Iterable[tuple[str, str]], **values: Any
    ) -> None:
        super().__init__(people, **values)
        self.about.choices = [SelectChoice(value, words) for value, words in subjects]


class JoinForm(FlaskForm):
    """The improvement that a theme is joined to."""

    improvement = RadioField(_l("Improvement"))


def _or_none(labels: Any, none: LazyString) -> list[SelectChoice]:
    chosen = [SelectChoice(one.value, str(label).capitalize()) for one, label in labels.items()]
    return [SelectChoice("", str(none)), *chosen]


def values_of(draft: Draft | Improvement) -> dict[str, Any]:
    """The values of the form's fields for a draft or an improvement."""
    texts = {
        f"{name}_{lang}": getattr(getattr(draft, name), lang)
        for name in (*TEXTS, "expected")
        for lang in LANGUAGES
    }
    seen = draft.changed_at.isoformat() if isinstance(draft, Improvement) else ""
    return {
        **texts,
        "owner": str(draft.owner.public_id),
        "state": draft.state.value,
        "due_on": draft.due_on,
        "effort": draft.effort.value if draft.effort else "",
        "expected_figure": draft.expected_figure.value if draft.expected_figure else "",
        "seen": seen,
    }
