"""An export as an Excel workbook: answers on one sheet, codebook on the other."""

from collections.abc import Iterable
from tempfile import TemporaryDirectory
from typing import IO, Any

from consult.surveys.export.cells import Cell
from consult.surveys.export.codebook import HEADER, codebook, flat_row
from consult.surveys.export.errors import TooLargeForWorkbookError
from consult.surveys.export.export import Export

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384

#: Characters; Excel holds no longer text in a cell, and a cut one ends with this.
MAX_CELL, CUT = 32_767, " […]"


def write_workbook(export: Export, file: IO[bytes]) -> None:
    """Writes the workbook, row by row in constant memory; no cell is ever a formula or a link.

    Raises ``TooLargeForWorkbookError`` for more rows or columns than a sheet holds.
    """
    from xlsxwriter import Workbook

    if len(export.header) > MAX_COLUMNS:
        raise TooLargeForWorkbookError()
    read = export.reader(formula_proof=False)
    rows = ((*row.fixed, *read(row.answers)) for row in export.rows())
    with TemporaryDirectory() as folder:  # nothing of it stays behind, whatever happens
        workbook = Workbook(file, {"constant_memory": True, "tmpdir": folder})
        _write_sheet(workbook, "answers", export.header, rows)
        _write_sheet(workbook, "codebook", HEADER, map(flat_row, codebook(export)))
        workbook.close()


def _write_sheet(
    workbook: Any, name: str, header: Iterable[str], rows: Iterable[Iterable[Cell]]
) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for place, title in enumerate(header):
        sheet.write_string(0, place, title, bold)
    write_string, write_number = sheet.write_string, sheet.write_number
    for number, cells in enumerate(rows, 1):
        if number == MAX_ROWS:
            raise TooLargeForWorkbookError()
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                write_string(number, place, _fitting(cell))
            elif cell is not None:
                write_number(number, place, cell)


def _fitting(text: str) -> str:
    """The text as long as a cell may be, and never what XlsxWriter takes for XML of its own."""
    if len(text) > MAX_CELL:
        text = text[: MAX_CELL - len(CUT)] + CUT
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
