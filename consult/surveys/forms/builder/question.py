"""The form of one question of a draft."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Regexp
from wtforms.validators import Optional as MayBeBlank

from consult.privacy.text import clean_text
from consult.questionnaires import QUESTION_TYPES
from consult.questionnaires.types import OTHER
from consult.surveys.builder.naming import proposed_name
from consult.surveys.forms.builder.rows import (
    MOST_ROWS,
    arranged,
    columns_in,
    lines_in,
    lines_of,
    written_columns,
)
from consult.surveys.forms.builder.settings import setting_field, settings_of
from consult.surveys.forms.builder.texts import is_blank

#: Lists whose rows the form can add, move and remove.
LISTS = ("choices", "rows")
#: Texts that a question always has, written or not.
ALWAYS = frozenset({"label", "low", "high"})


class QuestionForm(FlaskForm):
    """A question's settings; ``question_form`` makes the class of a type."""

    kind: str
    settings: tuple[str, ...]

    name = StringField(
        _l("Name in formulas and exports"),
        [
            MayBeBlank(),
            Length(max=80),
            Regexp(
                r"[a-z][a-z0-9_]*\Z",
                message=_l("Use small letters without accents, digits and underscores."),
            ),
        ],
        description=_l("Blank: made from the question in French."),
        render_kw={
            "class": "govuk-input--width-20",
            "spellcheck": "false",
            "autocapitalize": "none",
            "translate": "no",
        },
    )
    page = SelectField(_l("Page"))
    still_same = BooleanField(
        _l("What I changed in one language says the same in the other"),
        description=_l("Otherwise, the other language waits to be read again."),
    )

    def definition(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The question as it was written; what the form does not ask stays as ``stored``."""
        own = {setting: self._setting(setting) for setting in self.settings}
        words = own["label"]["fr"] or own["label"]["en"]
        name = self.data.get("name") or stored.get("name") or proposed_name(words, ())
        whole = {**stored, **own, "type": self.kind, "name": name}
        if "choices" in own:
            self._complete_choices(whole)
        return {key: value for key, value in whole.items() if value is not None}

    def _setting(self, setting: str) -> Any:
        field = self[setting]
        if setting in LISTS:
            return self._choices(setting)
        if setting == "steps":
            return [line["label"] for line in lines_in(field.data or "")]
        if isinstance(field, FormField):
            text = field.form.text()
            return None if is_blank(text) and setting not in ALWAYS else text
        return _plain(field.data)

    def _choices(self, setting: str) -> list[dict[str, Any]]:
        rows = [_choice(entry.form) for entry in self[setting]]
        rows += lines_in(self[f"{setting}_lines"].data or "")
        taken = {row["name"] for row in rows if row["name"]}
        for row in rows:
            if not row["name"]:
                words = row["label"]["fr"] or row["label"]["en"]
                row["name"] = proposed_name(words, taken, first=setting[0])
                taken.add(row["name"])
        return rows

    def _complete_choices(self, whole: dict[str, Any]) -> None:
        """Adds the choice that "other, specify" needs, and says which choice stands alone."""
        names = [choice["name"] for choice in whole["choices"]]
        if whole.get("other") and OTHER not in names:
            whole["choices"].append({"name": OTHER, "label": {"fr": "Autre", "en": "Other"}})
        if self.kind == "several_choices" and len(self["choices"]):
            alone = [n for n, row in zip(names, self["choices"], strict=False) if row.alone.data]
            whole["exclusive"] = alone[0] if alone else None
        elif whole.get("exclusive") not in names:
            whole.pop("exclusive", None)

    def read_again(self) -> set[str]:
        """The places of the stale texts that were said to be still the same."""
        places = {
            setting
            for setting in self.settings
            if isinstance(self[setting], FormField) and self[setting].form.still_same.data
        }
        for setting in set(LISTS) & set(self.settings):
            places |= {
                f"{setting}.{row.form['name'].data}.label"
                for row in self[setting]
                if row.form["label"].form.still_same.data
            }
        return places

    def offer_pages(self, pages: Sequence[tuple[str, str]]) -> None:
        self.page.choices = [SelectChoice(name, words) for name, words in pages]


def _choice(row: Any) -> dict[str, Any]:
    return {
        "name": row["name"].data or "",
        "label": row["label"].form.text(),
        "columns": columns_in(clean_text(row["columns"].data or "")),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value).strip()
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


@cache
def question_form(kind: str) -> type[QuestionForm]:
    """The form class of a type of question."""
    settings = settings_of(kind)
    fields: dict[str, Any] = {setting: setting_field(kind, setting) for setting in settings}
    for setting in set(LISTS) & set(settings):
        fields[f"{setting}_lines"] = TextAreaField(
            _l("Paste several lines"),
            description=_l("One per line: French | English. They are added to the list."),
            render_kw={"rows": 4},
        )
    return cast(
        type[QuestionForm],
        type("Form", (QuestionForm,), {"kind": kind, "settings": settings, **fields}),
    )


def filled_question_form(
    kind: str,
    question: Mapping[str, Any],
    page: str,
    pages: Sequence[tuple[str, str]],
    sent: MultiDict[str, str] | None = None,
) -> QuestionForm:
    """The form of a question, showing it, or what was ``sent`` with its rows arranged."""
    data = {**question, "page": page, **_days(question)}
    for setting in LISTS:
        if setting in question:
            data |= _shown_rows(setting, question)
    data["steps"] = "\n".join(f"{s['fr']} | {s['en']}" for s in question.get("steps") or ())
    if sent is not None:
        for setting in set(LISTS) & set(settings_of(kind)):
            sent = arranged(sent, setting, sent.get("do", ""))
    form = question_form(kind)(formdata=sent, data=data)
    form.offer_pages(pages)
    return form


def _days(question: Mapping[str, Any]) -> dict[str, date | None]:
    """The days of a question, as fields show them."""
    kept = {place: question.get(place) for place in ("earliest", "latest")}
    return {place: date.fromisoformat(day) if day else None for place, day in kept.items()}


def new_question(kind: str) -> dict[str, Any]:
    """A question of a type with what it is set to at first; without words, and without a name."""
    at_first = {
        name: list(field.default) if isinstance(field.default, tuple) else field.default
        for name, field in QUESTION_TYPES[kind].model_fields.items()
        if not field.is_required()
    }
    lists = {name: [_BLANK_ROW] * 3 for name in LISTS if name in settings_of(kind)}
    return {**at_first, **lists, "type": kind}


_BLANK_ROW = {"name": "", "label": {"fr": "", "en": "", "stale": ""}}


def _shown_rows(setting: str, question: Mapping[str, Any]) -> dict[str, Any]:
    choices = question[setting]
    if len(choices) > MOST_ROWS:
        return {setting: [], f"{setting}_lines": lines_of(choices)}
    alone = question.get("exclusive")
    rows = [
        {
            **choice,
            "columns": written_columns(choice.get("columns", {})),
            "alone": alone == choice["name"],
        }
        for choice in choices
    ]
    return {setting: rows}


def show_fault(form: FlaskForm, path: str, message: str) -> None:
    """Puts a fault on the field its path leads to, as far as it does; else on the form."""
    field: Any = form
    for step in path.replace("[", ".").replace("]", "").split("."):
        inner = field.form if isinstance(field, FormField) else field
        try:
            field = inner[int(step)] if isinstance(inner, FieldList) else inner[step]
        except (KeyError, IndexError, ValueError, TypeError):
            break
    while isinstance(field, FormField):
        field = field.form["fr" if "fr" in field.form else "label"]
    if field is form:
        form.form_errors.append(message)
    else:
        field.errors = (*field.errors, message)


def errors_of(fields: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The id and the first error of every field that has one, inner fields included."""
    for field in fields:
        if isinstance(field, FormField):
            yield from errors_of(field.form)
        elif isinstance(field, FieldList):
            yield from ((field.id, str(error)) for error in field.errors if isinstance(error, str))
            yield from errors_of(field)
        elif field.errors:
            yield field.id, str(field.errors[0])
