"""What each way of writing an XLSForm becomes, and that nothing of it goes unsaid."""

from typing import Any

import pytest

from consult.questionnaires.importing import Fault, Import, ImportRefusedError, Place
from consult.questionnaires.types import Matrix, Scale
from consult.questionnaires.xlsform import import_xlsform
from tests.unit.questionnaires.exchange.files import survey

YES_NO = "list_name | name | label\nyn | yes | Yes\nyn | no | No"


def read(*rows: str, **sheets: str) -> Import:
    return import_xlsform(survey(*rows, **sheets), "form.xlsx", "en")


def refused(*rows: str, **sheets: str) -> list[Fault]:
    with pytest.raises(ImportRefusedError) as caught:
        read(*rows, **sheets)
    return list(caught.value.faults)


def questions(found: Import) -> dict[str, Any]:
    return {q.name: q for section in found.questionnaire.sections for q in section.questions}


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("text", "short_text"),
        ("string", "short_text"),
        ("Q Int", "integer"),
        ("add date prompt", "date"),
        ("integer", "integer"),
        ("decimal", "decimal"),
        ("time", "time"),
        ("note", "note"),
        ("acknowledge", "consent"),
        ("trigger", "consent"),
        ("file", "file"),
        ("image", "file"),
        ("select_one yn", "one_choice"),
        ("select one from yn", "one_choice"),
        ("SELECT_ONE yn", "one_choice"),
        ("select_multiple yn", "several_choices"),
        ("select all that apply from yn", "several_choices"),
        ("add select one prompt using yn", "one_choice"),
        ("rank yn", "ranking"),
        ("select_one yn or_other", "one_choice"),
        ("select one from yn or specify other", "one_choice"),
    ],
)
def test_types_in_every_spelling(written: str, ours: str) -> None:
    found = read("type | name | label", f"{written} | a | A", choices=YES_NO)
    assert found.questionnaire.sections[0].questions[0].type == ours
    asks_other = "other" in written
    assert ("a_other" in {q.name for q in found.questionnaire.questions}) == asks_other


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("geopoint", "question_type"),
        ("gps", "question_type"),
        ("barcode", "question_type"),
        ("audio", "question_type"),
        ("video", "question_type"),
        ("background-audio", "question_type"),
        ("start", "metadata"),
        ("get device id", "metadata"),
        ("uri:deviceid", "metadata"),
        ("select_one_from_file towns.csv", "other_file"),
        ("select_one_external towns", "other_file"),
        ("include", "other_file"),
    ],
)
def test_what_we_cannot_ask_is_listed_with_its_words(written: str, kind: str) -> None:
    found = read("type | name | label", "text | a | A", f"{written} | b | Where?")
    (loss,) = found.losses
    assert (loss.kind, loss.place) == (kind, Place("survey", 3, "type"))
    assert (loss.params["name"], loss.params["en"]) == ("b", "Where?")


def test_rules_and_texts_that_speak_of_what_is_lost_are_listed_too() -> None:
    found = read(
        "type | name | label | relevant | calculation",
        "geopoint | here | Where?",
        "text | a | You are at ${here} | ${here} != ''",
        "calculate | c | | | concat(${here}, 'x')",
        "text | b | B | ${c} = 'x' or 1 = 1",
    )
    assert [(loss.place.row, loss.kind) for loss in found.losses] == [
        (2, "question_type"),
        (3, "reference"),
        (3, "text_reference"),
        (4, "reference"),
        (5, "reference"),
    ]
    a, b = questions(found).values()
    assert (a.label.en, a.relevant, b.relevant) == ("You are at …", "", "")


def test_functions_we_lack_are_listed_with_the_rule() -> None:
    found = read(
        "type | name | label | relevant",
        "text | a | A |",
        "text | b | B | pulldata('f', 'x', 'y', ${a}) = 'z'",
    )
    (loss,) = found.losses
    assert (loss.place, loss.kind) == (Place("survey", 3, "relevant"), "function")
    assert loss.params["name"] == "pulldata"


def test_columns_and_cells_nobody_reads_are_listed() -> None:
    found = read(
        "type | name | label | hint::Swahili (sw) | default | my notes | appearance | image",
        "text | a | A | habari | 3 | note | fancy | a.png",
        settings="form_title | style\nTitle | pages",
        choices=YES_NO,
    )
    assert {(loss.kind, loss.place.column) for loss in found.losses} == {
        ("language", "hint::Swahili (sw)"),
        ("value", "default"),
        ("column", "my notes"),
        ("value", "appearance"),
        ("value", "image"),
        ("setting", "style"),
        ("unused_list", ""),
    }


def test_languages_by_any_name_and_the_one_without_a_name() -> None:
    found = read(
        "type | name | label::Français | label::English (en) | label",
        "text | a | Âge | Age | Age",
        "text | b | Nom | | Name",
    )
    assert found.losses == ()
    a, b = questions(found).values()
    assert (a.label.fr, a.label.en, b.label.fr, b.label.en) == ("Âge", "Age", "Nom", "Name")


def test_the_form_says_the_language_of_texts_without_one() -> None:
    found = read(
        "type | name | label",
        "text | a | Âge",
        settings="form_title | default_language\nTitre | French (fr)",
    )
    assert questions(found)["a"].label.fr == "Âge"
    assert found.questionnaire.title.fr == "Titre"


def test_names_that_are_not_ours_change_everywhere() -> None:
    found = read(
        "type | name | label | relevant | choice_filter",
        "select_one State | Home-State | State | |",
        "select_one County | County | County | ${Home-State} = 'New York' | st = ${Home-State}",
        "text | why | Why ${Home-State}? | selected(${Home-State}, '-99')",
        choices=(
            "list_name | name | label | st\nState | New York | NY |\nState | -99 | None |\n"
            "County | Kings | Kings | New York"
        ),
    )
    home, county, why = questions(found).values()
    assert [choice.name for choice in home.choices] == ["new_york", "minus_99"]
    assert county.relevant == "${home_state} = 'new_york'"
    assert county.choice_filter == "st = ${home_state}"
    assert county.choices[0].columns == {"st": "new_york"}
    assert (why.label.en, why.relevant) == (
        "Why ${home_state}?",
        "selected(${home_state}, 'minus_99')",
    )
    assert ("Home-State", "home_state") in {(r.before, r.after) for r in found.renamed}
    assert found.losses == ()


def test_the_same_word_in_a_text_answer_stays() -> None:
    found = read(
        "type | name | label | relevant",
        "text | city | City |",
        "select_one l | p | P |",
        "text | a | A | ${city} = 'Quebec' and ${p} = 'Quebec'",
        choices="list_name | name | label\nl | Quebec | Q",
    )
    assert questions(found)["a"].relevant == "${city} = 'Quebec' and ${p} = 'quebec'"


def test_groups_are_pages_and_inner_groups_give_their_condition() -> None:
    found = read(
        "type | name | label | relevant",
        "text | first | First |",
        "begin group | home | Home | ${first} != ''",
        "begin group | inside | Inside | ${first} = 'x'",
        "text | a | A | ${first} != 'y'",
        "end group | | |",
        "text | b | B |",
        "end group | | |",
    )
    loose, home = found.questionnaire.sections
    assert (loose.title.en, home.name, home.relevant) == ("Page 1", "home", "${first} != ''")
    heading, a, b = home.questions
    assert (heading.type, heading.label.en, heading.relevant) == (
        "heading",
        "Inside",
        "${first} = 'x'",
    )
    assert a.relevant == "(${first} = 'x') and (${first} != 'y')"
    assert b.relevant == ""
    assert found.losses == ()


def test_a_table_of_choices_is_a_matrix() -> None:
    found = read(
        "type | name | label | appearance | relevant",
        "begin group | t | Table | table-list |",
        "select_one yn | r1 | Row 1 | |",
        "select_one yn | r2 | Row 2 | |",
        "end group | | | |",
        "text | a | A | | ${r1} = 'yes'",
        choices=YES_NO,
    )
    matrix, a = questions(found).values()
    assert isinstance(matrix, Matrix)
    assert [part.name for part in matrix.parts] == ["t_r1", "t_r2"]
    assert a.relevant == "${t_r1} = 'yes'"
    assert found.losses == ()


def test_a_repeated_group_is_asked_once_and_says_so() -> None:
    found = read(
        "type | name | label",
        "begin repeat | child | Child",
        "text | a | A",
        "end repeat | |",
    )
    assert [(loss.kind, loss.place.row) for loss in found.losses] == [("asked_once", 2)]


def test_a_range_is_a_scale_or_a_number() -> None:
    found = read(
        "type | name | label | parameters",
        "range | a | A | start=0 end=10 step=1",
        "range | b | B | start=0 end=100 step=5",
    )
    a, b = questions(found).values()
    assert isinstance(a, Scale)
    assert (a.first, a.last, b.type, b.maximum) == (0, 10, "integer", 100)


@pytest.mark.parametrize(
    ("rows", "row", "column", "code"),
    [
        (["telepathy | a | A | |"], 2, "type", "unknown_type"),
        (["text | | A | |"], 2, "name", "missing_name"),
        (["select_one nope | a | A | |"], 2, "type", "unknown_list"),
        (["text | a | A | |", "end group | | | |"], 3, "type", "group_not_open"),
        (["begin group | g | G | |", "text | a | A | |"], 2, "type", "group_not_closed"),
        (["calculate | a | A | |"], 2, "calculation", "no_calculation"),
        (["text | a | A | ${b} = 1 |"], 2, "relevant", "unknown_reference"),
        (["text | a | A | ( |"], 2, "relevant", "bad_expression"),
        (["text | a | A ${b} | |"], 2, "label", "unknown_reference"),
        (["text | a | A | |", "text | a | B | ${a} = 1 |"], 3, "relevant", "ambiguous_name"),
        (["calculate | a | A | | ${a} + 1"], 2, "calculation", "circular"),
        (["geopoint | a | A | |"], 2, "type", "not_carried"),
    ],
)
def test_what_is_wrong_is_told_at_its_row_and_column(
    rows: list[str], row: int, column: str, code: str
) -> None:
    (fault,) = refused("type | name | label | relevant | calculation", *rows)
    assert (fault.place, fault.code) == (Place("survey", row, column), code)


def test_two_columns_of_one_meaning_are_refused() -> None:
    (fault,) = refused("type | name | relevance | relevant", "text | a | |")
    assert (fault.place, fault.code) == (Place("survey", 1, "relevant"), "duplicate_column")


def test_a_choice_twice_is_refused_or_told_apart() -> None:
    choices = "list_name | name | label\nl | x | X\nl | x | Y"
    rows = ("type | name | label | relevant", "select_one l | a | A |", "text | b | B | ${a} = 'x'")
    (fault,) = refused(*rows, choices=choices)
    assert (fault.place, fault.code) == (Place("choices", 3, "name"), "duplicate_choice")
    found = read(*rows, choices=choices, settings="allow_choice_duplicates\nyes")
    assert [choice.name for choice in questions(found)["a"].choices] == ["x", "x_2"]
    assert [loss.kind for loss in found.losses] == ["ambiguous_choice"]
