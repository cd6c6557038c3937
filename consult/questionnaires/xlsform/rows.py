"""A questionnaire as the rows of an XLSForm: cells by header, for each of its sheets."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from consult.questionnaires.definition import Questionnaire, Section
from consult.questionnaires.importing import Names
from consult.questionnaires.texts import Text
from consult.questionnaires.types import (
    Choice,
    Consent,
    Matrix,
    OneChoice,
    Question,
    Ranking,
    Scale,
    SeveralChoices,
)
from consult.questionnaires.xlsform.lists import OWN_COLUMNS
from consult.questionnaires.xlsform.questions import NO, YES
from consult.questionnaires.xlsform.records import OURS, column_of

LANGUAGES = {"fr": "French (fr)", "en": "English (en)"}
OPTIONAL_TEXTS = ("hint", "required_message", "constraint_message")

#: How each of our types is written; those of ours alone say so in a column of ours.
WRITTEN = {
    "short_text": "text",
    "long_text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "file": "file",
    "consent": "acknowledge",
    "heading": "note",
    "note": "note",
    "calculated": "calculate",
    "hidden": "hidden",
    "municipality": "text",
    "postal_code": "text",
    "several_choices": "select_multiple",
    "ranking": "rank",
}
OURS_ALONE = ("yes_no", "scale", "region", "municipality", "postal_code", "heading")
LISTED = (OneChoice, SeveralChoices, Ranking)
#: Fields of some types that XLSForm has no column for.
PLAIN = (
    "max_length", "minimum", "maximum", "earliest", "latest", "exclusive", "places",
    "max_megabytes",
)  # fmt: skip

Cells = dict[str, str]


class Form(NamedTuple):
    """The rows of each sheet."""

    survey: list[Cells]
    choices: list[Cells]
    settings: list[Cells]


def form_of(questionnaire: Questionnaire) -> Form:
    """Every row, in order; read again, they give the same definition."""
    declared = [question for section in questionnaire.sections for question in section.questions]
    names = Names()
    for question in (*declared, *questionnaire.questions):
        names.give(question.name)
    survey = [row for s in questionnaire.sections for row in _page(s, names)]
    choices = [row for question in declared for row in _choices(question)]
    return Form(survey, choices, [_settings(questionnaire, names)])


def _settings(questionnaire: Questionnaire, names: Names) -> Cells:
    title = questionnaire.title
    return {
        "form_title": title.in_language("fr"),
        "form_id": names.give("consult_form"),
        "default_language": LANGUAGES["fr"],
        f"{OURS}format": "1",
        **_text(f"{OURS}title", title),
        f"{OURS}stale": f"title:{title.stale}" if title.stale else "",
    }


def _page(section: Section, names: Names) -> Iterator[Cells]:
    """A group; its name differs from a question's, which XLSForm asks."""
    name = names.give(section.name)
    yield {
        "type": "begin_group",
        "name": name,
        "relevant": section.relevant,
        "appearance": "field-list",
        f"{OURS}name": section.name if name != section.name else "",
        **_label(section.title),
    }
    if section.intro is not None:
        intro = names.give(f"{section.name}_intro")
        yield {"type": "note", "name": intro, f"{OURS}type": "intro", **_label(section.intro)}
    for question in section.questions:
        yield from _matrix(question) if isinstance(question, Matrix) else _question(question)
    yield {"type": "end_group"}


def _question(question: Question) -> Iterator[Cells]:
    written = WRITTEN.get(question.type, "select_one")
    is_listed = written in ("select_one", "select_multiple", "rank")
    yield {
        "type": f"{written} {question.name}" if is_listed else written,
        f"{OURS}type": question.type if question.type in OURS_ALONE else "",
        **_shared(question),
        **_look(question),
        **_plain(question),
    }
    for part in question.parts:
        yield {
            "type": "text",
            "name": part.name,
            "required": "yes",
            "relevant": part.relevant,
            f"{OURS}part_of": question.name,
            **_label(part.label),
        }


def _shared(question: Question) -> Cells:
    """The columns of every question."""
    cells = {"name": question.name, **_label(question.label), **_required(question)}
    for key in ("relevant", "constraint", "choice_filter", "calculation"):
        cells[key] = str(getattr(question, key, ""))
    stale = [cells[f"{OURS}stale"]]
    blank = []
    for key in OPTIONAL_TEXTS:
        words: Text | None = getattr(question, key)
        if words is not None:
            cells |= _text(key, words)
            stale += [f"{key}:{words.stale}"] if words.stale else []
            blank += [key] if not (words.fr or words.en) else []
    if isinstance(question, Scale) and question.steps:
        for key in ("low", "high"):
            words = getattr(question, key)
            cells |= _text(f"{OURS}{key}", words)
            stale += [f"{key}:{words.stale}"] if words.stale else []
        cells[f"{OURS}steps"] = "yes"
    return cells | {f"{OURS}stale": " ".join(filter(None, stale)), f"{OURS}blank": " ".join(blank)}


def _required(question: Question) -> Cells:
    under = question.required_if
    if question.required or under.lower() in YES | NO:
        return {"required": "yes" if question.required else "", f"{OURS}required_if": under}
    return {"required": under}


def _look(question: Question) -> Cells:
    if question.type == "long_text":
        return {"appearance": "multiline"}
    is_unfolded = isinstance(question, OneChoice) and question.display == "list"
    return {"appearance": "minimal"} if is_unfolded else {}


def _plain(question: Question) -> Cells:
    """What only we can say of a question."""
    values: dict[str, Any] = question.model_dump(mode="json")
    cells = {f"{OURS}{key}": str(values[key]) for key in PLAIN if values.get(key) is not None}
    if question.type == "file":
        cells[f"{OURS}accepts"] = " ".join(values["accepts"])
    if question.type == "hidden":
        cells["default"] = values["value"]
    return cells


def _matrix(matrix: Matrix) -> Iterator[Cells]:
    """A group of questions on one list, shown as a table where nothing filters the list."""
    look = "field-list" if matrix.choice_filter else "table-list"
    shared = _shared(matrix) | {"choice_filter": "", "type": "begin_group", "appearance": look}
    yield shared | {f"{OURS}type": "matrix"}
    for row, part in zip(matrix.rows, matrix.parts, strict=True):
        yield {
            "type": f"select_one {matrix.name}",
            "name": part.name,
            "required": "yes" if matrix.required else matrix.required_if,
            "choice_filter": matrix.choice_filter,
            f"{OURS}columns": json.dumps(row.columns, ensure_ascii=False) if row.columns else "",
            **_label(row.label),
        }
    yield {"type": "end_group"}


def _choices(question: Question) -> Iterator[Cells]:
    """The list of a question, called as the question is."""
    if isinstance(question, Consent):
        return
    for choice in _options(question):
        yield {
            "list_name": question.name,
            "name": choice.name,
            **_label(choice.label),
            **_columns(choice.columns),
        }


def _options(question: Question) -> tuple[Choice, ...]:
    """The choices; those of a scale without the numbers that pages put before its words."""
    if not isinstance(question, Scale):
        return question.options
    number = [Text(fr=str(step), en=str(step)) for step in question.values]
    words = question.steps or (question.low, *number[1:-1], question.high)
    return tuple(
        Choice(name=str(step), label=label)
        for step, label in zip(question.values, words, strict=True)
    )


def _columns(columns: dict[str, str]) -> Cells:
    """Columns that a filter compares, by their names where a spreadsheet can bear them."""
    plain = {key: value for key, value in columns.items() if _is_plain(key) and value.strip()}
    other = {key: value for key, value in columns.items() if key not in plain}
    return plain | {f"{OURS}columns": json.dumps(other, ensure_ascii=False) if other else ""}


def _is_plain(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z_]\w*", name, re.ASCII)) and (
        column_of(name).key == name and name not in OWN_COLUMNS
    )


def _label(words: Text) -> Cells:
    stale = f"label:{words.stale}" if words.stale else ""
    return {**_text("label", words), f"{OURS}stale": stale}


def _text(key: str, words: Text) -> Cells:
    return {
        f"{key}::{LANGUAGES['fr']}": words.fr,
        f"{key}::{LANGUAGES['en']}": words.en,
    }
