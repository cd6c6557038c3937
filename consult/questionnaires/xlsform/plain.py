"""XLSForm as text: sheets in a .csv file, or in the tables of a .md file."""

import csv
import io
import re
from collections.abc import Iterator

from consult.questionnaires.importing import ImportRefusedError, Place
from consult.questionnaires.xlsform.sheets import Line, Sheet, sheet_of

Row = tuple[int, list[str]]

_CELLS = re.compile(r"\s*\|(.*)\|\s*")
_RULE = re.compile(r"[|:\s-]+")
_BAR = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"^(.*\|)\s*#[^|]*$")


#: What makes a spreadsheet take a cell of a .csv for a formula, and what guards from it.
_FORMULA = ("=", "+", "-", "@", "\t", "'")
GUARD = "'"


def guarded(words: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return GUARD + words if words.startswith(_FORMULA) else words


def unguarded(sheet: Sheet) -> Sheet:
    """The sheet without the apostrophes of ``guarded``."""
    lines = (
        Line(line.number, {at: words.removeprefix(GUARD) for at, words in line.cells.items()})
        for line in sheet.lines
    )
    return Sheet(sheet.name, tuple(lines), sheet.formulas)


def read_csv(data: bytes) -> list[Sheet]:
    """Several sheets, each after a line with its name in the first column; or the survey alone."""
    source = decoded(data)
    first = source.lstrip().split("\n", 1)[0]
    comma = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(source, newline=""), delimiter=comma)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise ImportRefusedError.because("unreadable", Place(row=reader.line_num)) from error
    if rows and "type" in {cell.strip().lower() for cell in rows[0][1]}:
        return [sheet_of("survey", rows)]
    return _sheets(rows)


def read_markdown(data: bytes) -> list[Sheet]:
    """Tables whose first column names the sheet; lines that begin with # are comments."""
    return _sheets(list(_table_rows(decoded(data))))


def decoded(data: bytes) -> str:
    """UTF-8 text; raises ``ImportRefusedError``."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError.because("not_utf8") from error


def _table_rows(source: str) -> Iterator[Row]:
    for number, line in enumerate(source.split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        without = _COMMENT.match(line)
        found = _CELLS.fullmatch(without[1] if without else line)
        if found and not _RULE.fullmatch(found[1]):
            yield number, [cell.strip().replace("\\|", "|") for cell in _BAR.split(found[1])]


def _sheets(rows: list[Row]) -> list[Sheet]:
    """Cuts rows where their first cell names a sheet."""
    parts: list[tuple[str, list[Row]]] = []
    for number, row in rows:
        name, cells = (row[0].strip() if row else ""), row[1:]
        if name:
            parts.append((name, []))
        if not parts and any(cell.strip() for cell in cells):
            raise ImportRefusedError.because("no_survey_sheet", Place(row=number))
        if parts:
            parts[-1][1].append((number, cells))
    return [sheet_of(name, cells) for name, cells in parts]
