"""Excel workbooks, new (.xlsx) and old (.xls), read without trust."""

import io
import warnings
from collections.abc import Iterator
from itertools import islice
from typing import Any
from zipfile import ZipFile

from consult.questionnaires.importing import ImportRefusedError, Place
from consult.questionnaires.importing.xml_safety import refuse_doctype
from consult.questionnaires.xlsform.sheets import LAST_ROW, Sheet, column_letters, sheet_of

#: What a workbook may hold once unpacked. ``zipfile`` never unpacks more than a part declares.
MAX_UNPACKED = 25_000_000
MAX_PARTS = 300
#: Cells of one row, blank ones included, that are worth looking at.
WIDEST = 1_024


def read_xlsx(data: bytes) -> list[Sheet]:
    """Every sheet, with the values that formulas had when the file was saved."""
    formulas = _check_archive(data)
    sheets = _read(data, data_only=True)
    if not formulas:
        return sheets
    written = _read(data, data_only=False)
    return [_with_formulas(*pair) for pair in zip(sheets, written, strict=True)]


def _check_archive(data: bytes) -> bool:
    """Refuses bombs and document types; true when a sheet holds a formula."""
    with ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            size = str(MAX_UNPACKED // 1_000_000)
            raise ImportRefusedError.because("too_large", max=size)
        has_formulas = False
        for part in parts:
            if part.filename.endswith((".xml", ".rels", ".vml")):
                xml = archive.read(part)
                refuse_doctype(xml)
                has_formulas |= b"<f" in xml and "worksheets" in part.filename
    return has_formulas


def _read(data: bytes, *, data_only: bool) -> list[Sheet]:
    from openpyxl import load_workbook  # takes long to import, for what is rarely done

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # looks and extensions that nobody reads here
        book = load_workbook(
            io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False
        )
        try:
            return [sheet_of(sheet.title, _rows(sheet)) for sheet in book.worksheets]
        finally:
            book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[object, ...]]]:
    sheet.reset_dimensions()  # what the file says of its size may be false
    rows = sheet.iter_rows(values_only=True)
    for number, row in enumerate(islice(rows, LAST_ROW + 1), 1):
        if len(row) > WIDEST:
            place = Place(sheet.title, number)
            raise ImportRefusedError.because("too_many_columns", place, max=str(WIDEST))
        yield number, row


def _with_formulas(shown: Sheet, written: Sheet) -> Sheet:
    """The sheet, and the cells whose formula shows nothing."""
    values = {line.number: line.cells for line in shown.lines}
    blank = [
        Place(shown.name, line.number, column_letters(column))
        for line in written.lines
        for column, words in line.cells.items()
        if words.startswith("=") and column not in values.get(line.number, {})
    ]
    return Sheet(shown.name, shown.lines, tuple(blank))


def read_xls(data: bytes) -> list[Sheet]:
    """Every sheet of a workbook of before 2007."""
    import xlrd

    book = xlrd.open_workbook(
        file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True
    )
    try:
        return [_old_sheet(book, sheet) for sheet in book.sheets()]
    finally:
        book.release_resources()


def _old_sheet(book: Any, sheet: Any) -> Sheet:
    rows = (
        (number + 1, [_old_cell(book, cell) for cell in sheet.row(number)])
        for number in range(sheet.nrows)
    )
    return sheet_of(sheet.name, rows)


def _old_cell(book: Any, cell: Any) -> object:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#ERROR!")
    if cell.ctype != xlrd.XL_CELL_DATE:
        return cell.value
    try:
        moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
    except xlrd.XLDateError:
        return cell.value
    return moment.time() if cell.value < 1 else moment
