"""A spreadsheet as rows of text, whatever program wrote it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from consult.questionnaires.importing import ImportRefusedError, Place

MAX_BYTES = 5_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 256
MAX_CELL = 100_000
#: Rows that a spreadsheet can have; those without a word do not count for ``MAX_ROWS``.
LAST_ROW = 1_048_576


@dataclass(frozen=True)
class Line:
    """A row that is not blank: its number, from 1, and its cells by column number, from 0."""

    number: int
    cells: dict[int, str]


@dataclass(frozen=True)
class Sheet:
    """A named table; the first line is its header. ``formulas`` are cells that show nothing."""

    name: str
    lines: tuple[Line, ...] = ()
    formulas: tuple[Place, ...] = field(default=())

    @property
    def header(self) -> Line:
        return self.lines[0] if self.lines else Line(1, {})


def sheet_of(name: str, rows: Iterable[tuple[int, Iterable[object]]]) -> Sheet:
    """A sheet of numbered rows; raises ``ImportRefusedError`` when it is too large to be read."""
    lines = []
    for number, cells in rows:
        words = dict(_words(name, number, cells))
        if any(cell.strip() for cell in words.values()):
            lines.append(Line(number, words))
        if len(lines) > MAX_ROWS or number > LAST_ROW:
            raise ImportRefusedError.because(
                "too_many_rows", Place(name, number), max=str(MAX_ROWS)
            )
    return Sheet(name, tuple(lines))


def _words(sheet: str, row: int, cells: Iterable[object]) -> Iterator[tuple[int, str]]:
    for column, cell in enumerate(cells):
        if cell is None or not (words := _as_text(cell)):
            continue
        if column >= MAX_COLUMNS and words.strip():
            place = Place(sheet, row)
            raise ImportRefusedError.because("too_many_columns", place, max=str(MAX_COLUMNS))
        if len(words) > MAX_CELL:
            place = Place(sheet, row, column_letters(column))
            raise ImportRefusedError.because("cell_too_long", place, max=str(MAX_CELL))
        yield column, words


def _as_text(cell: object) -> str:
    """As one would type it: 1.0 is '1', true is 'TRUE', lines end in one way."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")


def column_letters(index: int) -> str:
    """0 to 'A', 26 to 'AA', as spreadsheets name their columns."""
    letters = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
