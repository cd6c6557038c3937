"""What people see, must answer and are told, given what they answered before."""

from datetime import date
from typing import Any

from consult.questionnaires import Answer, parse_questionnaire
from consult.questionnaires.logic import Logic, Outcome
from tests.factories.questionnaires import every_type

TODAY = date(2026, 5, 1)
BUS = Logic(parse_questionnaire(every_type()))
RIDER: dict[str, Answer] = {"agreed": "yes", "rides": "yes", "reasons": ["work"], "satisfaction": 4}


def outcome(answers: dict[str, Answer], logic: Logic = BUS) -> Outcome:
    return logic.outcome(answers, TODAY)


def codes(answers: dict[str, Answer], logic: Logic = BUS) -> dict[str, str]:
    return {name: error.code for name, error in outcome(answers, logic).errors.items()}


def text(words: str) -> dict[str, str]:
    return {"fr": words, "en": words}


def question(name: str, kind: str = "short_text", **fields: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": text(name), **fields}


def choices(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "label": text(name)} for name in names]


def logic_of(*questions: dict[str, Any]) -> Logic:
    page = {"name": "page", "title": text("Page"), "questions": list(questions)}
    return Logic(parse_questionnaire({"title": text("Title"), "sections": [page]}))


def test_a_page_with_nothing_to_show_is_skipped() -> None:
    assert outcome({"rides": "no"}).sections == ("you", "more")
    assert outcome({"rides": "yes"}).sections == ("you", "rides_page", "more")


def test_a_page_whose_every_question_is_hidden_is_skipped() -> None:
    definition = every_type()
    definition["sections"][2]["questions"] = definition["sections"][2]["questions"][1:2]
    logic = Logic(parse_questionnaire(definition))
    assert outcome(RIDER, logic).sections == ("you", "rides_page", "more")
    assert outcome({"rides": "no"}, logic).sections == ("you",)


def test_a_question_shows_only_when_it_matters() -> None:
    assert "why_not" in outcome({"rides": "no"}).visible
    assert "why_not" not in outcome({"rides": "yes"}).visible
    assert "why_not" not in outcome({}).visible


def test_notes_headings_and_matrices_are_shown_and_values_never() -> None:
    visible = outcome(RIDER).visible
    assert {"last_words", "thanks", "bus", "bus_price", "bus_noise"} <= visible
    assert not {"score", "source"} & visible


def test_the_rows_of_a_matrix_hide_with_it() -> None:
    rows = choices("price")
    logic = logic_of(
        question("rides", "yes_no"),
        question("bus", "matrix", relevant="${rides} = 'yes'", rows=rows, choices=choices("good")),
    )
    assert {"bus", "bus_price"} <= outcome({"rides": "yes"}, logic).visible
    hidden = outcome({"rides": "no", "bus_price": "good"}, logic)
    assert hidden.visible == {"rides"}
    assert hidden.answers == {"rides": "no"}


def test_other_asks_for_words_once_it_is_chosen() -> None:
    assert "reasons_other" not in outcome(RIDER).visible
    chosen: dict[str, Answer] = {**RIDER, "reasons": ["work", "other"]}
    assert "reasons_other" in outcome(chosen).visible
    assert codes(chosen) == {"reasons_other": "required"}


def test_a_hidden_answer_is_dropped_and_triggers_nothing() -> None:
    chain = logic_of(
        question("first", "yes_no"),
        question("second", "yes_no", relevant="${first} = 'yes'"),
        question("third", "yes_no", relevant="${second} = 'yes'"),
        question("told", "calculated", calculation="concat(${second}, '!')"),
    )
    all_yes: dict[str, Answer] = {"first": "yes", "second": "yes", "third": "yes"}
    assert outcome(all_yes, chain).answers == {**all_yes, "told": "yes!"}
    changed = outcome({**all_yes, "first": "no"}, chain)
    assert changed.answers == {"first": "no", "told": "!"}
    assert "third" not in changed.visible


def test_a_question_may_depend_on_a_later_one() -> None:
    logic = logic_of(question("why", relevant="${rides} = 'yes'"), question("rides", "yes_no"))
    assert "why" in outcome({"rides": "yes"}, logic).visible


def test_values_are_worked_out_and_kept_as_text() -> None:
    assert outcome(RIDER).answers["score"] == "75"
    assert "score" not in outcome({**RIDER, "rides": "no"}).answers
    without: dict[str, Answer] = {"rides": "yes", "score": "100"}
    assert "score" not in outcome(without).answers, "what is sent for it is not taken"


def test_a_hidden_value_comes_with_the_link_or_is_the_declared_one() -> None:
    assert outcome({}).answers == {"source": "web"}
    assert outcome({"source": "poster"}).answers == {"source": "poster"}


def test_blanks_and_unknown_names_are_no_answers() -> None:
    assert outcome({"age": None, "stop_name": "", "reasons": [], "nobody": "x"}).answers == {
        "source": "web"
    }


def test_zero_is_an_answer() -> None:
    assert outcome({"age": 0}).answers["age"] == 0


def test_what_has_to_be_answered_is_told_only_where_it_is_shown() -> None:
    assert codes({}) == {"agreed": "required", "rides": "required"}
    assert codes({"agreed": "yes", "rides": "yes"}) == {
        "reasons": "required",
        "satisfaction": "required",
    }
    assert codes(RIDER) == {}


def test_a_question_may_be_required_by_another_answer() -> None:
    unhappy: dict[str, Answer] = {**RIDER, "stop_name": "Cartier", "satisfaction": 2}
    assert "stop_problem" in outcome(unhappy).required
    assert codes(unhappy) == {"stop_problem": "required"}
    assert codes({**unhappy, "satisfaction": 3}) == {}


def test_the_rules_of_a_type_hold_too() -> None:
    assert codes({**RIDER, "age": 300, "first": ["delays"]}) == {
        "age": "too_large",
        "first": "too_few",
    }


def test_a_constraint_is_about_the_answer_and_the_day() -> None:
    assert codes({**RIDER, "last_ride": "2026-05-01"}) == {}
    assert codes({**RIDER, "last_ride": "2026-05-02"}) == {"last_ride": "constraint"}
    assert codes({**RIDER, "last_ride": "2026-05-02", "rides": "no"}) == {}


def test_an_unanswered_question_breaks_no_constraint() -> None:
    logic = logic_of(question("age", "integer", constraint=". >= 18"))
    assert codes({}, logic) == {}
    assert codes({"age": 17}, logic) == {"age": "constraint"}


def test_choices_are_narrowed_by_an_earlier_answer() -> None:
    north: dict[str, Answer] = {**RIDER, "network": "north"}
    assert outcome(north).choices == {"route": frozenset({"n1", "n2"})}
    assert outcome(RIDER).choices == {}, "the question is not shown"
    assert codes({**north, "route": "n1"}) == {}
    assert codes({**north, "route": "s7"}) == {"route": "unknown_choice"}


def test_a_choice_filter_may_use_the_names_and_the_labels() -> None:
    logic = logic_of(
        question("start"),
        question(
            "route",
            "one_choice",
            choices=choices("n1", "n2", "s7"),
            choice_filter="starts-with(name, ${start}) or label = 's7'",
        ),
    )
    assert outcome({"start": "n"}, logic).choices["route"] == {"n1", "n2", "s7"}
    assert outcome({"start": "x"}, logic).choices["route"] == {"s7"}


def test_nobody_has_to_choose_more_than_there_is() -> None:
    offer = {"choices": choices("a", "b", "c"), "choice_filter": "${open} = 'yes' or name = 'a'"}
    logic = logic_of(
        question("open", "yes_no"),
        question("ranked", "ranking", **offer),
        question("some", "several_choices", minimum=2, **offer),
        question("none", "one_choice", required=True, choices=choices("b"), choice_filter="1 = 2"),
    )
    assert codes({"ranked": ["a"], "some": ["a"]}, logic) == {}
    assert codes({"open": "yes", "ranked": ["a"], "some": ["a"]}, logic) == {
        "ranked": "too_few",
        "some": "too_few",
    }


def test_answers_are_in_the_order_of_the_questions() -> None:
    given: dict[str, Answer] = {"satisfaction": 4, "rides": "yes", "agreed": "yes"}
    assert list(outcome(given).answers) == ["agreed", "rides", "source", "satisfaction", "score"]
