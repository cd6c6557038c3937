"""Files made to harm are refused by name, at their place, before they cost anything."""

import contextlib
import io
import multiprocessing
import resource
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from consult.questionnaires.importing import Fault, ImportRefusedError, Place
from consult.questionnaires.limesurvey import import_lss
from consult.questionnaires.xlsform import import_xlsform
from tests.unit.questionnaires.exchange.files import survey, workbook

HEADER = ["type", "name", "label"]


def refusal(data: bytes, filename: str = "form.xlsx") -> Fault:
    with pytest.raises(ImportRefusedError) as caught:
        import_lss(data) if filename.endswith(".lss") else import_xlsform(data, filename)
    return caught.value.faults[0]


def changed(data: bytes, part: str, before: bytes, after: bytes) -> bytes:
    """A workbook with one of its parts changed."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, xml.replace(before, after) if name.endswith(part) else xml)
    return content.getvalue()


@pytest.mark.parametrize("filename", ["form.xlsx", "form.csv"])
def test_a_hundred_thousand_rows_are_refused_at_the_first_too_many(filename: str) -> None:
    rows = [HEADER, *(["text", f"q{n}", "Label"] for n in range(100_000))]
    lines = "\n".join("," + ",".join(row) for row in rows)
    data = workbook(survey=rows) if filename.endswith("xlsx") else f"survey\n{lines}".encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fault = refusal(data, filename)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (fault.code, fault.params) == ("too_many_rows", {"max": "10000"})
    assert fault.place.sheet == "survey"
    assert grown < 100_000, "kilobytes"


def test_a_row_said_to_be_the_billionth_is_refused() -> None:
    data = survey("type | name | label", "text | a | A")
    far = changed(data, "sheet1.xml", b'<row r="2"', b'<row r="9999999999"')
    assert refusal(far).code == "too_many_rows"


def test_a_zip_bomb_is_not_unpacked() -> None:
    content = io.BytesIO(survey("type | name | label", "text | a | A"))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b" " * 30_000_000)
    assert refusal(content.getvalue()).code == "too_large"


def test_a_part_larger_than_it_says_is_refused() -> None:
    data = survey("type | name | label", "text | a | A", choices="list_name | name\nl | a")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert refusal(lying).code == "unreadable"


BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def test_entities_in_a_workbook_are_refused() -> None:
    data = survey("type | name | label", "text | a | A")
    for part in ("sheet1.xml", "sharedStrings.xml", "workbook.xml"):
        armed = changed(data, part, b'standalone="yes"?>', b'standalone="yes"?>' + BOMB)
        assert refusal(armed).code == "doctype", part


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_entities_in_a_survey_are_refused_in_any_encoding(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB.decode()}<document>&c;</document>'
    assert refusal(xml.encode(encoding), "a.lss").code == "doctype"


NONSENSE = {
    "empty": b"",
    "zip": b"PK\x03\x04",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2_000,
    "bytes": b"\xff\xfe\x00",
    "xml": b"<document/>",
    "csv": b"a,b\n",
    "long": b'"' + b"x" * 200_000,
    "nul": b"\x00" * 100,
}


@pytest.mark.parametrize("filename", ["a.xlsx", "a.xls", "a.csv", "a.md", "a.lss"])
@pytest.mark.parametrize("data", NONSENSE.values(), ids=NONSENSE)
def test_what_is_no_form_is_refused_by_name(filename: str, data: bytes) -> None:
    assert refusal(data, filename).code


def test_other_kinds_of_file_are_refused() -> None:
    assert refusal(b"x", "form.exe").code == "unknown_kind"
    assert refusal(b" " * 6_000_000, "form.csv").code == "too_large"


def test_an_xls_damaged_anywhere_is_refused_or_read(shared_data: Path) -> None:
    whole = (shared_data / "survey_forms/pyxform/tests__example_xls__group.xls").read_bytes()
    refused = 0
    for size in range(0, len(whole), len(whole) // 40):
        for data in (whole[:size], whole[:size] + b"\xff" * 64 + whole[size + 64 :]):
            try:
                import_xlsform(data, "a.xls", "en")
            except ImportRefusedError:
                refused += 1
    assert refused > 40


def test_a_formula_is_never_worked_out() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        for column, words in enumerate([*HEADER, "hint"]):
            sheet.write_string(0, column, words)
        sheet.write_row(1, 0, ["text", "a"])
        sheet.write_formula(1, 2, '=CONCAT("A","B")', None, "as saved")
        sheet.write_formula(1, 3, "=1/0", None, "")
    found = import_xlsform(content.getvalue(), "a.xlsx", "en")
    (question,) = found.questionnaire.questions
    assert question.label.en == "as saved"
    assert [(loss.kind, loss.place) for loss in found.losses] == [
        ("formula", Place("survey", 2, "D"))
    ]


def test_script_and_markup_stay_words() -> None:
    label = "<script>alert(1)</script> & <b>age</b> < 5 =1+1"
    found = import_xlsform(survey("type | name | label", f"text | a | {label}"), "a.xlsx", "en")
    assert found.questionnaire.questions[0].label.en == label


def test_control_characters_are_refused_at_their_cell() -> None:
    fault = refusal(b"survey\n,type,name,label\n,text,a,bell\x07\n", "a.csv")
    assert fault == Fault(Place("survey", 3, "label"), "unstorable_text")


def test_huge_cells_wide_rows_and_deep_groups_are_refused() -> None:
    wide = [HEADER, ["text", "a", "A", *[""] * 2_000, "x"]]
    assert refusal(workbook(survey=wide)).code == "too_many_columns"
    huge = b"survey\n,type,name,label\n,text,a," + b"x" * 110_000
    assert refusal(huge, "a.csv").code == "cell_too_long"
    deep = [HEADER, *([["begin group", "g", ""]] * 500), ["text", "a", "A"]]
    assert refusal(workbook(survey=deep)).code == "nested_too_deep"


def test_many_questions_on_a_long_list_are_refused() -> None:
    rows = [HEADER, *(["select_one l", f"q{n}", "x"] for n in range(300))]
    choices = [["list_name", "name", "label"], *(["l", f"c{n}", "x"] for n in range(2_000))]
    assert refusal(workbook(survey=rows, choices=choices)).code == "too_many_choices"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("label::en", "${" * 45_000),
        ("label::en", "${" + " " * 90_000),
        ("constraint", "1" * 90_000),
        ("label::" + "(" * 90_000, "words"),
    ],
)
def test_no_cell_takes_long_to_read(header: str, cell: str) -> None:
    """Read word by word it is nothing; tried at every place, each takes minutes."""
    data = f"type,name,label::fr,{header}\ntext,a,Question,{cell}\n".encode()
    work = multiprocessing.get_context("fork").Process(target=_read, args=(data,))
    work.start()
    work.join(timeout=20)
    work.kill()
    work.join()
    assert work.exitcode == 0


def _read(data: bytes) -> None:
    with contextlib.suppress(ImportRefusedError):
        import_xlsform(data, "form.csv")
