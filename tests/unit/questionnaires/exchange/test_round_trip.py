"""A questionnaire written as an XLSForm and read again is the same, to the last space."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from consult.questionnaires import Questionnaire, parse_questionnaire
from consult.questionnaires.xlsform import export_csv, export_xlsx, import_xlsform
from tests.factories.definitions import definitions
from tests.factories.every_type import every_type
from tests.factories.questionnaires import trails

Write = Callable[[Questionnaire], bytes]

WRITERS = [pytest.param(export_xlsx, "a.xlsx", id="xlsx"), pytest.param(export_csv, "a.csv")]

#: What spreadsheets like to change, drop or run.
AWKWARD = st.sampled_from(
    (
        *("", " ", "  a ", "a\n\nb\t", "=1+1", "'=1", "-3", "+x", "@a", "1.0", "TRUE", "00123"),
        *("_x0041_", "é’“”", "1e5", "2026-01-01", "<b>&amp;</b>", "a;b,c|d", "#N/A", "🍔"),
        "\u00a0x\u202f?",
    )
)
TEXTS = st.fixed_dictionaries(
    {"fr": AWKWARD, "en": AWKWARD, "stale": st.sampled_from(["", "fr", "en"])}
)


@st.composite
def awkward_definitions(draw: st.DrawFn) -> dict[str, Any]:
    """Definitions with the fields and the texts that a spreadsheet has no place for."""
    definition = draw(definitions())
    definition["title"] = draw(TEXTS)
    for section in definition["sections"]:
        section["title"] = draw(TEXTS)
        section["intro"] = draw(st.none() | TEXTS)
        section["name"] = draw(st.sampled_from([section["name"], f"q{section['name'][1:]}"]))
        for question in section["questions"]:
            _make_awkward(draw, question)
    return definition


def _make_awkward(draw: st.DrawFn, question: dict[str, Any]) -> None:
    question["label"] = draw(TEXTS)
    for place in ("hint", "required_message", "constraint_message"):
        question[place] = draw(st.none() | TEXTS)
    for item in (*question.get("choices", ()), *question.get("rows", ())):
        item["label"] = draw(TEXTS)
        item["columns"] = item["columns"] | draw(
            st.dictionaries(st.sampled_from(["Zone", "name", "a b", "size"]), AWKWARD)
        )
    if question["type"] in ("one_choice", "several_choices") and draw(st.booleans()):
        question["choices"].append({"name": "other", "label": draw(TEXTS)})
        question["other"] = draw(st.none() | TEXTS)
    if question["type"] == "scale":
        steps = question["last"] - question["first"] + 1
        question |= {"low": draw(TEXTS), "high": draw(TEXTS)}
        question["steps"] = draw(st.just([]) | st.lists(TEXTS, min_size=steps, max_size=steps))


@pytest.mark.parametrize(("write", "filename"), WRITERS)
@pytest.mark.parametrize("make", [trails, every_type])
def test_every_type_comes_back_the_same_and_nothing_is_said_to_be_lost(
    make: Callable[[], dict[str, Any]], write: Write, filename: str
) -> None:
    questionnaire = parse_questionnaire(make())
    found = import_xlsform(write(questionnaire), filename)
    assert found.questionnaire == questionnaire
    assert (found.losses, found.renamed) == ((), ())


@pytest.mark.parametrize(("write", "filename"), WRITERS)
@settings(max_examples=60, deadline=None)
@given(definition=definitions() | awkward_definitions())
def test_any_definition_comes_back_the_same(
    write: Write, filename: str, definition: dict[str, Any]
) -> None:
    questionnaire = parse_questionnaire(definition)
    found = import_xlsform(write(questionnaire), filename)
    assert found.questionnaire == questionnaire
    assert (found.losses, found.renamed) == ((), ())


@settings(max_examples=25, deadline=None)
@given(definition=definitions())
def test_other_programs_read_what_we_write(definition: dict[str, Any]) -> None:
    content = export_xlsx(parse_questionnaire(definition))
    warnings: list[str] = []
    form = convert(content, file_type=".xlsx", validate=False, warnings=warnings)
    for section in definition["sections"]:
        for question in section["questions"]:
            assert f"/{question['name']}" in form.xform
    assert warnings == []


def test_no_cell_is_a_formula() -> None:
    definition = trails()
    definition["title"] = {"fr": "=cmd|' /C calc'!A0", "en": "+1"}
    content = export_csv(parse_questionnaire(definition)).decode()
    assert "'=cmd" in content
    assert ",=cmd" not in content
