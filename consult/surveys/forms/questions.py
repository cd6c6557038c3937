"""The form of one section, made from its questions."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import validators as rules
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import CheckboxInput, ListWidget

from consult.questionnaires import QUESTION_TYPES, Answer, AnswerError, Question, Section
from consult.questionnaires.types import LongText, Scale
from consult.surveys.messages import answer_message


def _asked(section: Section) -> list[Question]:
    """What a person is asked on the page, one field each."""
    return [question for question in section.answerable if question.is_shown]


def field_name(question: Question) -> str:
    """The question's field; the prefix keeps a question named 'data' from hiding the form's own."""
    return f"q_{question.name}"


class SectionForm(FlaskForm):
    """A section's questions as fields; ``section_form`` makes the class."""

    section: Section

    def typed(self) -> dict[str, object]:
        """What the person typed or chose, by question name, as it came."""
        return {q.name: self._fields[field_name(q)].data for q in _asked(self.section)}

    def show_errors(self, errors: Mapping[str, AnswerError]) -> None:
        """Puts each error, in words, on its question's field."""
        for question in _asked(self.section):
            if error := errors.get(question.name):
                field = self._fields[field_name(question)]
                field.errors = (*field.errors, answer_message(question, error))


def section_form(section: Section, lang: str) -> type[SectionForm]:
    """The form class of a section, its words in ``lang``."""
    fields = {field_name(q): FIELDS[q.type](q, _common(q, lang), lang) for q in _asked(section)}
    return cast(type[SectionForm], type("Form", (SectionForm,), {"section": section, **fields}))


def filled_form(section: Section, lang: str, answers: Mapping[str, Answer]) -> SectionForm:
    """The form of a section showing answers that were kept."""
    data = {field_name(q): _as_typed(answers[q.name]) for q in _asked(section) if q.name in answers}
    return section_form(section, lang)(formdata=None, data=data)


def _as_typed(answer: Answer) -> str | list[str]:
    return answer if isinstance(answer, list) else str(answer)


def _common(question: Question, lang: str) -> dict[str, Any]:
    """What every field takes. ``Optional`` only marks the label: services do the checking."""
    return {
        "label": question.label.in_language(lang),
        "description": question.hint.in_language(lang) if question.hint else "",
        "validators": [] if question.required else [rules.Optional()],
    }


def _choices(question: Question, lang: str) -> list[SelectChoice]:
    return [SelectChoice(o.name, o.label.in_language(lang)) for o in question.options]


def _short_text(_question: Question, common: dict[str, Any], _lang: str) -> Field:
    return StringField(**common)


def _long_text(question: Question, common: dict[str, Any], _lang: str) -> Field:
    room = rules.Length(max=cast(LongText, question).max_length)
    return TextAreaField(**{**common, "validators": [*common["validators"], room]})


def _radios(question: Question, common: dict[str, Any], lang: str) -> Field:
    return RadioField(**common, choices=_choices(question, lang))


def _checkboxes(question: Question, common: dict[str, Any], lang: str) -> Field:
    return SelectMultipleField(
        **common,
        choices=_choices(question, lang),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class ScaleField(RadioField):
    """Numbered steps; ``ends`` are the words at the first and the last."""

    def __init__(self, *, ends: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ends = ends


def _scale(question: Question, common: dict[str, Any], lang: str) -> Field:
    scale = cast(Scale, question)
    steps = [SelectChoice(option.name, option.name) for option in scale.options]
    ends = scale.low.in_language(lang), scale.high.in_language(lang)
    return ScaleField(**common, choices=steps, ends=ends)


def _list(question: Question, common: dict[str, Any], lang: str) -> Field:
    nothing = SelectChoice("", _("Choose a region"))
    return SelectField(**common, choices=[nothing, *_choices(question, lang)])


#: Question type to the field that asks it.
FIELDS: dict[str, Callable[[Question, dict[str, Any], str], Field]] = {
    "short_text": _short_text,
    "long_text": _long_text,
    "one_choice": _radios,
    "several_choices": _checkboxes,
    "scale": _scale,
    "region": _list,
    "integer": _short_text,
    "decimal": _short_text,
    "date": _short_text,
    "time": _short_text,
    "yes_no": _radios,
    "ranking": _checkboxes,
    "municipality": _short_text,
    "postal_code": _short_text,
    "file": _short_text,
    "consent": _radios,
}


def _check_every_type_has_a_field(types: Iterable[str]) -> None:
    if missing := set(types) ^ FIELDS.keys():
        raise TypeError(f"question types and fields differ: {sorted(missing)}")


_check_every_type_has_a_field(
    name for name, cls in QUESTION_TYPES.items() if cls.takes_answer and cls.is_shown
)
