"""The files an export can be: each is written as it is read, a few rows at a time."""

import json
import tempfile
from collections.abc import Callable, Generator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from consult.spreadsheet_cells import always_safe, formula_safe
from consult.surveys.export.cells import (
    Answers,
    Cell,
    in_words,
    reader,
)
from consult.surveys.export.csv_pieces import PIECE, csv_pieces
from consult.surveys.export.export import Export
from consult.surveys.export.workbook import write_workbook


@dataclass(frozen=True)
class Format:
    """A kind of file; ``write`` gives its bytes piece by piece."""

    label: LazyString
    extension: str
    media_type: str
    write: Callable[[Export], Generator[bytes]]


def csv_file(export: Export) -> Generator[bytes]:
    """Comma, UTF-8 with a byte order mark (without it Excel misreads accents), CRLF."""
    read = export.reader(formula_proof=True)
    rows = ([*_safe_ends(row.fixed, export), *read(row.answers)] for row in export.rows())
    return csv_pieces(export.header, rows, byte_order_mark=True)


def decidim_file(export: Export) -> Generator[bytes]:
    """Decidim's conventions: semicolon, nested keys by '/', lists by ', ', apostrophed formulas.

    One column per question, none per choice.
    """
    read = _answers_reader(export)
    header = [name.removeprefix("_") for name in export.fixed]
    header += [f"answers/{asked.name}" for asked in export.questions]
    rows = (
        [_decidim_cell(cell) for cell in (*row.fixed, *read(row.answers))] for row in export.rows()
    )
    return csv_pieces(header, rows, delimiter=";")


def _answers_reader(export: Export) -> Callable[[Answers], list[Any]]:
    """How to read a row's answers, one per question, several choices as a list."""
    changes = [in_words(asked, export.lang) for asked in export.questions]
    return reader([asked.name for asked in export.questions], changes)


def _decidim_cell(value: Any) -> Cell:
    text = ", ".join(value) if isinstance(value, list) else value
    return always_safe(text) if isinstance(text, str) else text


def json_file(export: Export) -> Generator[bytes]:
    """An array with one object a line: fixed columns, then every question, null when blank.

    Several choices and rankings are arrays; there is no key per choice.
    """
    read = _answers_reader(export)
    names = (*export.fixed, *(asked.name for asked in export.questions))
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    objects = (
        encode(dict(zip(names, (*row.fixed, *read(row.answers)), strict=True)))
        for row in export.rows()
    )
    between = "[\n"
    while lines := list(islice(objects, PIECE)):
        yield (between + ",\n".join(lines)).encode()
        between = ",\n"
    yield b"[]\n" if between == "[\n" else b"\n]\n"


def xlsx_file(export: Export) -> Generator[bytes]:
    """A workbook, whole in a temporary file before its first byte leaves."""
    with tempfile.TemporaryFile() as file:
        write_workbook(export, file)
        file.seek(0)
        while piece := file.read(1 << 16):
            yield piece


def _safe_ends(fixed: tuple[Cell, ...], export: Export) -> tuple[Cell, ...]:
    """The fixed cells; the last is in people's own words when there are such."""
    if not export.with_open or fixed[-1] is None:
        return fixed
    return (*fixed[:-1], formula_safe(str(fixed[-1])))


FORMATS = {
    "csv": Format(_l("CSV"), "csv", "text/csv; charset=utf-8", csv_file),
    "xlsx": Format(
        _l("Excel, with the codebook on a second sheet"),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx_file,
    ),
    "json": Format(_l("JSON"), "json", "application/json", json_file),
    "decidim": Format(
        _l("CSV as Decidim writes it"), "csv", "text/csv; charset=utf-8", decidim_file
    ),
}
