"""87 forms made by others: each is read with all it holds accounted for, or refused by name.

The table of docs/survey-imports.md is what these tests find. After a change that is meant, write it
anew with ``CONSULT_WRITE_DOCS=1 pytest tests/unit/questionnaires/exchange/test_survey_forms.py``.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from consult.questionnaires import parse_questionnaire
from consult.questionnaires.importing import Import, ImportRefusedError, Place
from consult.questionnaires.limesurvey import import_lss
from consult.questionnaires.limesurvey.survey import Survey
from consult.questionnaires.xlsform import export_xlsx, import_xlsform, read_workbook

ROOT = Path(__file__).resolve().parents[4]
TABLE = ROOT / "docs" / "survey-imports.md"
START = "<!-- The table below is written by tests/unit/questionnaires/exchange. -->\n"

Outcome = Import | ImportRefusedError


@pytest.fixture(scope="module")
def forms(shared_data: Path) -> list[Path]:
    """The files, in the order of the table."""
    folder = shared_data / "survey_forms"
    if not folder.is_dir():
        pytest.skip("needs the shared survey forms, absent")
    found = [*sorted(folder.glob("pyxform/*")), *sorted(folder.glob("wfp-rbd/*"))]
    return [*found, *folder.glob("other/*.lss")]


@pytest.fixture(scope="module")
def outcomes(forms: list[Path]) -> dict[Path, Outcome]:
    return {path: outcome_of(path) for path in forms}


def outcome_of(path: Path) -> Outcome:
    """What comes of a file; anything raised but our refusal fails the test."""
    data = path.read_bytes()
    try:
        return import_lss(data) if path.suffix == ".lss" else import_xlsform(data, path.name, "en")
    except ImportRefusedError as error:
        return error


def read(outcomes: dict[Path, Outcome]) -> Iterator[tuple[Path, Import]]:
    return ((path, found) for path, found in outcomes.items() if isinstance(found, Import))


def test_all_are_here(forms: list[Path]) -> None:
    assert len(forms) == 87


def test_every_refusal_says_where(outcomes: dict[Path, Outcome]) -> None:
    refused = [found for found in outcomes.values() if isinstance(found, ImportRefusedError)]
    assert refused
    for error in refused:
        for fault in error.faults:
            assert fault.code
            assert fault.place.sheet, fault
            assert fault.place.row, fault


def test_no_row_of_a_survey_is_lost_silently(outcomes: dict[Path, Outcome]) -> None:
    for path, found in read(outcomes):
        if path.suffix == ".lss":
            continue
        told = {(place.sheet, place.row) for place in found.rows}
        told |= {(loss.place.sheet, loss.place.row) for loss in found.losses}
        sheets = read_workbook(path.read_bytes(), path.name)
        survey = sheets.get("survey") or next(iter(sheets.values()))
        rows = {(survey.name, line.number) for line in survey.lines[1:]}
        assert rows <= told, (path.name, sorted(rows - told))


def test_no_cell_of_a_column_is_lost_silently(outcomes: dict[Path, Outcome]) -> None:
    """Each label of a question, hint and choice is in the questionnaire, or told as lost."""
    for path, found in read(outcomes):
        if path.suffix == ".lss":
            continue
        kept = found.questionnaire.model_dump_json()
        lost = {(loss.place.sheet, loss.place.row) for loss in found.losses}
        columns = {loss.place.column for loss in found.losses if not loss.place.row}
        survey = read_workbook(path.read_bytes(), path.name).get("survey")
        for line in survey.lines[1:] if survey else ():
            for index, header in survey.header.cells.items() if survey else ():
                words = " ".join(line.cells.get(index, "").split())
                is_text = header.lower().startswith(("label", "hint")) and "${" not in words
                if is_text and header not in columns and "end" not in line.cells.get(0, ""):
                    told = words.replace('"', '\\"') in " ".join(kept.replace("\\n", " ").split())
                    assert told or (survey and (survey.name, line.number) in lost), (path, words)


def test_no_question_of_the_ministrys_survey_is_lost_silently(
    outcomes: dict[Path, Outcome],
) -> None:
    ((path, found),) = [item for item in read(outcomes) if item[0].suffix == ".lss"]
    survey = Survey(path.read_bytes())
    places = [question.place for question in survey.questions]
    places += [line.place for question in survey.questions for line in question.lines]
    assert (len(survey.questions), len(places)) == (64, 64 + 128)
    told = found.rows | {loss.place for loss in found.losses}
    assert [place for place in places if place not in told] == []
    not_asked = [loss.place.column for loss in found.losses if loss.kind == "question_type"]
    assert not_asked == ["I"], "a question that changes the language of the page"


def test_what_was_read_is_sound_and_can_be_written(outcomes: dict[Path, Outcome]) -> None:
    for path, found in read(outcomes):
        definition = found.questionnaire.model_dump(mode="json")
        assert parse_questionnaire(definition) == found.questionnaire, path.name
        again = import_xlsform(export_xlsx(found.questionnaire), "again.xlsx")
        assert again.questionnaire == found.questionnaire, path.name
        assert again.losses == (), path.name


def test_the_table_of_the_docs_is_what_was_found(outcomes: dict[Path, Outcome]) -> None:
    introduction = TABLE.read_text(encoding="utf-8").split(START)[0]
    made = introduction + START + table(outcomes)
    if os.environ.get("CONSULT_WRITE_DOCS"):
        TABLE.write_text(made, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == made


def table(outcomes: dict[Path, Outcome]) -> str:
    """Sums, then a line per file."""
    read_whole = [found for found in outcomes.values() if isinstance(found, Import)]
    lossy = [found for found in read_whole if found.losses]
    lines = [
        "",
        f"- {len(read_whole) - len(lossy)} imported whole",
        f"- {len(lossy)} imported, with a list of what could not be carried",
        f"- {len(outcomes) - len(read_whole)} refused, with sheet, row, column and reason",
        "",
        "| File | Outcome | Questions | Names changed | Lost or refused because | pyxform |",
        "|---|---|---:|---:|---|---|",
    ]
    lines += [_line(path, found) for path, found in outcomes.items()]
    return "\n".join(lines) + "\n"


def _line(path: Path, found: Outcome) -> str:
    name = path.name.replace("__", "/")
    if isinstance(found, ImportRefusedError):
        faults = found.faults[0]
        more = f" and {len(found.faults) - 1} more" if len(found.faults) > 1 else ""
        reason = f"{_place(faults.place)}`{faults.code}`{more}"
        return f"| {name} | refused | | | {reason} | {_pyxform(path)} |"
    kinds = Counter(loss.kind for loss in found.losses)
    lost = ", ".join(f"`{kind}` {count}" for kind, count in sorted(kinds.items()))
    outcome = f"imported, {len(found.losses)} lost" if found.losses else "imported"
    asked = sum(len(section.questions) for section in found.questionnaire.sections)
    return f"| {name} | {outcome} | {asked} | {len(found.renamed)} | {lost} | {_pyxform(path)} |"


def _place(place: Place) -> str:
    parts = [place.sheet, f"row {place.row}" if place.row else "", place.column]
    said = ", ".join(part for part in parts if part)
    return f"{said}: " if said else ""


def _pyxform(path: Path) -> str:
    """What pyxform alone makes of the file."""
    if path.suffix == ".lss":
        return ""
    try:
        convert(path, validate=False, warnings=[])
    except Exception as error:
        return "TypeError" if isinstance(error, TypeError) else "refused"
    return "compiled"
