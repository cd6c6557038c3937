"""XLSForm, the spreadsheets that ODK and Kobo ask with: reading them and writing them."""

from consult.questionnaires.xlsform.reader import import_xlsform
from consult.questionnaires.xlsform.workbook import read_workbook
from consult.questionnaires.xlsform.writer import (
    TooLongForExcelError,
    export_csv,
    export_xlsx,
)

__all__ = [
    "TooLongForExcelError",
    "export_csv",
    "export_xlsx",
    "import_xlsform",
    "read_workbook",
]
