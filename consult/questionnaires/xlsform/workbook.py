"""From a file's bytes to its sheets, whatever its kind; every fault has a name."""

from collections.abc import Callable
from pathlib import PurePath

from consult.questionnaires.importing import ImportRefusedError, Place
from consult.questionnaires.xlsform.excel import read_xls, read_xlsx
from consult.questionnaires.xlsform.plain import read_csv, read_markdown
from consult.questionnaires.xlsform.sheets import MAX_BYTES, Sheet

READERS: dict[str, Callable[[bytes], list[Sheet]]] = {
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".xls": read_xls,
    ".csv": read_csv,
    ".md": read_markdown,
}


def read_workbook(data: bytes, filename: str) -> dict[str, Sheet]:
    """The sheets by their name in small letters, each cell as text; nothing is ever evaluated.

    The end of ``filename`` says what the bytes are. Raises ``ImportRefusedError``.
    """
    reader = READERS.get(PurePath(filename).suffix.lower())
    if reader is None:
        raise ImportRefusedError.because("unknown_kind")
    if len(data) > MAX_BYTES:
        raise ImportRefusedError.because("too_large", max=str(MAX_BYTES // 1_000_000))
    try:
        sheets = reader(data)
    except ImportRefusedError:
        raise
    except Exception as error:  # a file made to harm breaks its reader in any way it likes
        raise ImportRefusedError.because("unreadable") from error
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        if found.setdefault(sheet.name.strip().lower(), sheet) is not sheet:
            raise ImportRefusedError.because("duplicate_sheet", Place(sheet.name))
    return found
