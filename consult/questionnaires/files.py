"""Questionnaires from the files of other programs, and into them."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

from consult.questionnaires.definition import Questionnaire
from consult.questionnaires.errors import DefinitionError
from consult.questionnaires.importing import Fault, Import, ImportRefusedError, Place
from consult.questionnaires.parsing import parse_questionnaire

#: The end of a file's name and its media type, for each way a questionnaire can leave.
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def read_questionnaire(data: bytes, filename: str, language: Literal["fr", "en"]) -> Import:
    """What a file holds, by the end of its name; nothing is kept.

    ``language`` is that of texts that do not say theirs. Raises ``ImportRefusedError``.
    """
    suffix = PurePath(filename).suffix.lower()
    if suffix == ".json":
        return _from_json(data)
    if suffix == ".lss":
        from consult.questionnaires.limesurvey import import_lss

        return import_lss(data)
    from consult.questionnaires.xlsform import import_xlsform  # slow to import, rarely needed

    return import_xlsform(data, filename, language)


def _from_json(data: bytes) -> Import:
    try:
        return Import(parse_questionnaire(data))
    except DefinitionError as error:
        raise ImportRefusedError(
            [Fault(Place(column=p.path), p.code, p.params) for p in error.problems]
        ) from error


def as_file(questionnaire: Questionnaire, extension: str) -> bytes:
    """A questionnaire as an XLSForm ('xlsx', 'csv') or as its own 'json'; the same when read again.

    Raises ``TooLongForExcelError`` for an .xlsx with a text that no cell can hold.
    """
    from consult.questionnaires.xlsform import export_csv, export_xlsx

    writers: dict[str, Callable[[Questionnaire], bytes]] = {
        "xlsx": export_xlsx,
        "csv": export_csv,
        "json": lambda whole: whole.model_dump_json(indent=2).encode(),
    }
    return writers[extension](questionnaire)
