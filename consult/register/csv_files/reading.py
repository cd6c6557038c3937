"""A CSV file as a table of text, whatever spreadsheet wrote it. No pandas: web workers read it."""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from consult.register.errors import FileUnreadableError

DELIMITERS = (";", ",", "\t")

#: What a file may weigh, in bytes, and how many lines it may hold.
LARGEST = 5_000_000
MOST_LINES = 20_000


class Row(NamedTuple):
    """The cells of one line of the file, counted from 1 with the headings."""

    line: int
    cells: list[str]


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, with a mark or without, or as older spreadsheets write it.

    Raises ``FileUnreadableError``.
    """
    if len(content) > LARGEST:
        raise FileUnreadableError(_l("Choose a file of 5 MB or less."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileUnreadableError()


def read_rows(text: str) -> list[Row]:
    """The lines that are not empty, headings first. Raises ``FileUnreadableError``."""
    rows = list(_rows(text))
    if not rows:
        raise FileUnreadableError(_l("This file is empty. Choose one that has headings and lines."))
    if len(rows) > MOST_LINES:
        raise FileUnreadableError(_l("Cut this file in parts of 20,000 lines at most."))
    return rows


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(before + 1, cells)
            before = reader.line_num
    except csv.Error as error:
        raise FileUnreadableError() from error


def _delimiter(text: str) -> str:
    """The one that cuts the headings into the most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))
