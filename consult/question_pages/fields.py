"""The field that asks each type of question. What is typed is checked by services, not here."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from flask_babel import gettext as _
from wtforms import Field, FileField, RadioField, StringField, TextAreaField
from wtforms import validators as rules
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from consult.question_pages.controls import (
    DateField,
    OneField,
    RankingField,
    SeveralField,
)
from consult.question_pages.hints import hint_of
from consult.questionnaires import QUESTION_TYPES, Answer, Question
from consult.questionnaires.types import File, LongText, Ranking, Scale, SeveralChoices

#: Types whose answers are typed as they are told in words, rather than as they are kept.
_TYPED_IN_WORDS = frozenset({"decimal", "time", "municipality"})


def field_name(question: Question) -> str:
    """The question's field; the prefix keeps a question named 'data' from hiding the form's own."""
    return f"q_{question.name}"


def field_of(question: Question, lang: str) -> Field:
    """The field that asks the question, its words in ``lang``."""
    common = {
        "label": question.label.in_language(lang),
        "description": hint_of(question, lang),
        "validators": [] if question.required else [rules.Optional()],
    }
    return FIELDS[question.type](question, common, lang)


def as_typed(question: Question, answer: Answer, lang: str) -> str | list[str]:
    """A kept answer as a person would type or choose it."""
    if isinstance(answer, list):
        return answer
    if question.type in _TYPED_IN_WORDS:
        return question.in_words(answer, lang)[0]
    return str(answer)


def words_of(question: Question, lang: str) -> list[tuple[str, str]]:
    """The name and the label of each choice."""
    return [(option.name, option.label.in_language(lang)) for option in question.options]


Common = dict[str, Any]

#: What a browser offers to choose among; the content of a file decides once it is sent.
ENDINGS = {
    "pdf": [".pdf"],
    "image": [".jpg", ".jpeg", ".png", ".webp"],
    "document": [".docx", ".odt"],
    "spreadsheet": [".xlsx", ".ods"],
}


def _line(**attributes: str) -> Callable[[Question, Common, str], Field]:
    def make(_question: Question, common: Common, _lang: str) -> Field:
        return StringField(**common, render_kw=attributes)

    return make


def _long_text(question: Question, common: Common, _lang: str) -> Field:
    room = rules.Length(max=cast(LongText, question).max_length)
    return TextAreaField(**{**common, "validators": [*common["validators"], room]})


def _one(question: Question, common: Common, lang: str) -> Field:
    control = "select" if getattr(question, "display", "") == "list" else "radios"
    return OneField(**common, options=words_of(question, lang), control=control)


def _region(question: Question, common: Common, lang: str) -> Field:
    blank = _("Choose a region")
    return OneField(**common, options=words_of(question, lang), control="select", blank=blank)


def _consent(question: Question, common: Common, lang: str) -> Field:
    return OneField(**common, options=words_of(question, lang), control="consent")


def _several(question: Question, common: Common, lang: str) -> Field:
    alone = cast(SeveralChoices, question).exclusive
    return SeveralField(**common, options=words_of(question, lang), exclusive=alone)


def _ranking(question: Question, common: Common, lang: str) -> Field:
    length = cast(Ranking, question).length
    return RankingField(**common, options=words_of(question, lang), length=length)


def _date(_question: Question, common: Common, _lang: str) -> Field:
    return DateField(**common)


def _file(question: Question, common: Common, _lang: str) -> Field:
    endings = [ending for kind in cast(File, question).accepts for ending in ENDINGS[kind]]
    return FileField(**common, render_kw={"accept": ",".join(endings)})


class ScaleField(RadioField):
    """Numbered steps; ``ends`` are the words at the first and the last."""

    def __init__(self, *, ends: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ends = ends


def _scale(question: Question, common: Common, lang: str) -> Field:
    scale = cast(Scale, question)
    words = [step.in_language(lang) for step in scale.steps] or [str(v) for v in scale.values]
    steps = [SelectChoice(str(v), w) for v, w in zip(scale.values, words, strict=True)]
    ends = scale.low.in_language(lang), scale.high.in_language(lang)
    return ScaleField(**common, choices=steps, ends=ends)


_NUMBER = {"spellcheck": "false", "autocomplete": "off", "class": "govuk-input--width-10"}

#: Question type to what makes the field that asks it.
FIELDS: dict[str, Callable[[Question, Common, str], Field]] = {
    "short_text": _line(),
    "long_text": _long_text,
    "integer": _line(inputmode="numeric", **_NUMBER),
    "decimal": _line(inputmode="decimal", **_NUMBER),
    "date": _date,
    "time": _line(**_NUMBER),
    "yes_no": _one,
    "one_choice": _one,
    "several_choices": _several,
    "scale": _scale,
    "ranking": _ranking,
    "region": _region,
    "municipality": _line(spellcheck="false", autocomplete="address-level2"),
    "postal_code": _line(
        spellcheck="false", autocomplete="postal-code", **{"class": "govuk-input--width-10"}
    ),
    "file": _file,
    "consent": _consent,
}


def _check_every_type_has_a_field(types: Iterable[str]) -> None:
    if missing := set(types) ^ FIELDS.keys():
        raise TypeError(f"question types and fields differ: {sorted(missing)}")


_check_every_type_has_a_field(
    name for name, cls in QUESTION_TYPES.items() if cls.takes_answer and cls.is_shown
)
