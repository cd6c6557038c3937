"""The codebook: what each column of an export means, in French and in English."""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from consult.catalogues import LOCALES
from consult.questionnaires import Choice, Text
from consult.spreadsheet_cells import formula_safe
from consult.surveys.export.columns import LISTS, Column, columns_of
from consult.surveys.export.csv_pieces import csv_pieces
from consult.surveys.export.export import Export
from consult.surveys.export.questions import joined

HEADER = (
    "column",
    "type",
    "text_fr",
    "text_en",
    "page_fr",
    "page_en",
    "choices_fr",
    "choices_en",
    "versions",
    "relevant",
    "note_fr",
    "note_en",
)

#: The columns of every response, in words.
FIXED_TEXTS: dict[str, LazyString] = {
    "_id": _l("Identifier of the response. It is not the receipt code."),
    "_version": _l("Version of the questionnaire that was answered"),
    "_lang": _l("Language in which the answers were sent"),
    "_channel": _l("How the answers came in: web, phone, counter, paper or file"),
    "_submitted_at": _l("When the answers were sent, in universal time (UTC)"),
    "_corrected_at": _l("When the answers were last corrected, in universal time (UTC)"),
    "_experience_rating": _l("Opinion on the consultation itself, from 1 to 5"),
    "_experience_comment": _l("Comment on the consultation itself"),
}

_BLANK = _l("Blank: the question was not shown, or not answered.")
_LIST = _l(
    "The choices, separated by |. Blank: the question was not shown, or not answered. "
    "JSON has an array."
)
_CHOICE = _l(
    "1: chosen; 0: not chosen. Blank: the question was not shown, or not answered. Not in JSON."
)
_PLACE = _l("The choice ranked at this place. Blank: none. Not in JSON.")


@dataclass(frozen=True)
class Entry:
    """What one column means."""

    column: str
    type: str
    text: Text
    page: Text
    choices: tuple[Choice, ...]
    versions: tuple[int, ...]
    relevant: str
    note: Text


def codebook(export: Export) -> Iterator[Entry]:
    """One entry per column of the export, in its order."""
    nothing = Text()
    versions = tuple(sorted(export.versions.values()))
    for name in export.fixed:
        text = in_both_languages(FIXED_TEXTS[name])
        yield Entry(name, "response", text, nothing, (), versions, "", nothing)
    for column in columns_of(export.questions):
        yield _entry(column)


def _entry(column: Column) -> Entry:
    asked = column.asked
    text, kind, note = asked.text, asked.question.type, _BLANK
    if column.choice:
        text, kind, note = joined(asked.text, column.choice.label), "choice", _CHOICE
    elif column.place:
        number = Text(fr=str(column.place), en=str(column.place))
        text, kind, note = joined(asked.text, number), "place", _PLACE
    elif kind in LISTS:
        note = _LIST
    return Entry(
        column.name,
        kind,
        text,
        asked.page,
        () if column.choice else asked.options,
        asked.versions,
        asked.relevant,
        in_both_languages(note),
    )


def in_both_languages(message: LazyString) -> Text:
    """A message of the interface as the catalogues have it in each language."""
    sides = {}
    for lang in ("fr", "en"):
        with force_locale(LOCALES[lang]):
            sides[lang] = str(message)
    return Text(**sides)


def flat_row(entry: Entry) -> list[str]:
    """An entry as the cells under ``HEADER``."""
    return [
        entry.column,
        entry.type,
        entry.text.in_language("fr"),
        entry.text.in_language("en"),
        entry.page.in_language("fr"),
        entry.page.in_language("en"),
        _choices(entry, "fr"),
        _choices(entry, "en"),
        " ".join(map(str, entry.versions)),
        entry.relevant,
        entry.note.fr,
        entry.note.en,
    ]


def _choices(entry: Entry, lang: str) -> str:
    return "\n".join(f"{c.name} = {c.label.in_language(lang)}" for c in entry.choices)


def codebook_csv(export: Export) -> Generator[bytes]:
    """The codebook as a CSV file; each choice stands on its own line of its cell."""
    rows = ([formula_safe(cell) for cell in flat_row(entry)] for entry in codebook(export))
    return csv_pieces(HEADER, rows, byte_order_mark=True)


def codebook_json(export: Export) -> Generator[bytes]:
    """The codebook as a JSON array of objects."""
    entries = [_object(entry) for entry in codebook(export)]
    yield json.dumps(entries, ensure_ascii=False, indent=1).encode()


def _object(entry: Entry) -> dict[str, Any]:
    return {
        "column": entry.column,
        "type": entry.type,
        "text": _sides(entry.text),
        "page": _sides(entry.page),
        "choices": [{"name": c.name, "label": _sides(c.label)} for c in entry.choices],
        "versions": list(entry.versions),
        "relevant": entry.relevant,
        "note": _sides(entry.note),
    }


def _sides(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}


#: How a codebook is written, by the extension of its file.
CODEBOOKS = {"csv": codebook_csv, "json": codebook_json}
