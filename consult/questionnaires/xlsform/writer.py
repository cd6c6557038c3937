"""Writing a questionnaire as an XLSForm; no cell can ever be a formula."""

import csv
import io

from consult.questionnaires.definition import Questionnaire
from consult.questionnaires.xlsform.plain import guarded
from consult.questionnaires.xlsform.rows import Cells, form_of

#: The longest text that a cell of Excel keeps.
LONGEST_CELL = 32_767


class TooLongForExcelError(ValueError):
    """A text that no cell of Excel can keep whole; the .csv and the .json can."""


def export_xlsx(questionnaire: Questionnaire) -> bytes:
    """An .xlsx workbook of the sheets survey, choices and settings, every cell as text."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for name, rows in form_of(questionnaire)._asdict().items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for number, cells in enumerate(_table(rows)):
                for column, words in enumerate(cells):
                    if len(words.encode("utf-16-le")) // 2 > LONGEST_CELL:
                        raise TooLongForExcelError(f"{name}, row {number + 1}")
                    if words:
                        sheet.write_string(number, column, words, None if number else bold)
    return content.getvalue()


def export_csv(questionnaire: Questionnaire) -> bytes:
    """The same sheets in one .csv in UTF-8, each after its name; cells that a spreadsheet would
    take for formulas begin with an apostrophe, which reading takes off again."""
    content = io.StringIO(newline="")
    writer = csv.writer(content)
    for name, rows in form_of(questionnaire)._asdict().items():
        writer.writerow([name])
        for cells in _table(rows):
            writer.writerow(["", *(guarded(words) for words in cells)])
    return content.getvalue().encode("utf-8")


def _table(rows: list[Cells]) -> list[list[str]]:
    """A header, then the rows; columns that nothing fills are left out."""
    header = list(dict.fromkeys(key for row in rows for key, words in row.items() if words))
    return [header, *([row.get(key, "") for key in header] for row in rows)]
