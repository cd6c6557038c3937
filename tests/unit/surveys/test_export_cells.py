"""No cell is a formula, nothing is lost by it, and columns keep their names."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.questionnaires import parse_questionnaire
from consult.spreadsheet_cells import always_safe, formula_safe, without_mark
from consult.surveys.export.columns import FIXED, columns_of
from consult.surveys.export.csv_pieces import csv_pieces
from consult.surveys.export.questions import asked_questions
from tests.factories.questionnaires import every_type, trails


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
def test_what_a_spreadsheet_could_run_follows_an_apostrophe(text: str) -> None:
    assert formula_safe(text) == f"'{text}"
    assert without_mark(formula_safe(text)) == text


@pytest.mark.parametrize("text", ["", "Bonjour", "-5", "-12.5", "+3,25", "l'eau", "'ok'", "3=3"])
def test_what_it_could_not_run_stays_as_it_is(text: str) -> None:
    assert formula_safe(text) == text
    assert without_mark(text) == text


def test_numbers_too_where_decidim_does_it() -> None:
    assert always_safe("-12.5") == "'-12.5"


@given(st.text())
def test_no_text_begins_a_formula_and_each_comes_back(text: str) -> None:
    safe = formula_safe(text)
    assert without_mark(safe) == text
    assert safe[:1] not in tuple("=@\t\r")
    always = always_safe(text)
    assert always[:1] not in tuple("=+-@\t\r")
    assert without_mark(always) == text


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
)
def test_a_csv_file_reads_back_as_it_was(rows: list[list[str]]) -> None:
    content = b"".join(csv_pieces(["a", "b"], rows, byte_order_mark=True))
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines == [["a", "b"], *rows]


def test_names_of_columns_never_meet() -> None:
    """Whatever questions are called: no name holds a point, or begins with an underscore."""
    columns = columns_of(asked_questions([(1, parse_questionnaire(every_type()))]))
    names = [column.name for column in columns]
    assert len(set(names)) == len(names)
    assert not [name for name in names if name.startswith("_")]
    assert all(name.startswith("_") for name in FIXED)


def test_a_later_version_moves_no_name() -> None:
    older, newer = trails(), trails()
    newer["sections"].reverse()
    del newer["sections"][1]["questions"][1]["choices"][0]
    versions = [(1, parse_questionnaire(older)), (2, parse_questionnaire(newer))]
    first = {column.name for column in columns_of(asked_questions(versions[:1]))}
    both = [column.name for column in columns_of(asked_questions(versions))]
    assert set(both) == first
    assert both[0] == "satisfaction"
    assert "with_whom.alone" in both
