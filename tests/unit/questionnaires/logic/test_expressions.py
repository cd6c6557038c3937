"""What expressions mean: XPath 1.0 with XLSForm's functions, as ODK reads them."""

from datetime import date
from typing import Any

import pytest

from consult.questionnaires import Answer, DefinitionError, parse_questionnaire
from consult.questionnaires.logic import Logic

ANSWERS: dict[str, Answer] = {
    "age": 30,
    "price": "12.5",
    "uses": ["bus", "bike"],
    "name": "Cartier",
    "day": "2026-04-30",
    "hour": "06:00",
    "div": "yes",
}


def text(words: str) -> dict[str, str]:
    return {"fr": words, "en": words}


def definition(expression: str, **more: Any) -> dict[str, Any]:
    choices = [{"name": name, "label": text(name)} for name in ("bus", "bike", "car")]
    questions = [
        {"name": "age", "type": "integer"},
        {"name": "price", "type": "decimal"},
        {"name": "uses", "type": "several_choices", "choices": choices},
        {"name": "name", "type": "short_text"},
        {"name": "blank", "type": "short_text"},
        {"name": "day", "type": "date"},
        {"name": "hour", "type": "time"},
        {"name": "div", "type": "yes_no"},
        {"name": "value", "type": "calculated", "calculation": expression},
        more or {"name": "end", "type": "note"},
    ]
    labelled = [{"label": text("Label"), **question} for question in questions]
    page = {"name": "page", "title": text("Page"), "questions": labelled}
    return {"title": text("Title"), "sections": [page]}


def value(expression: str, **answers: Answer) -> Answer:
    logic = Logic(parse_questionnaire(definition(expression)))
    return logic.outcome({**ANSWERS, **answers}, date(2026, 5, 1)).answers.get("value")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("selected(${uses}, 'bus')", "true"),
        ("selected(${uses}, 'bu')", "false"),
        ("selected('bus car', ${name})", "false"),
        ("count-selected(${uses})", "2"),
        ("count-selected(${blank})", "0"),
        ("selected-at(${uses}, 1)", "bike"),
        ("selected-at(${uses}, 2)", None),
        ("selected-at(${uses}, -1)", None),
        ("if(${age} >= 18, 'adult', 'child')", "adult"),
        ("if(${blank} = '', ${age}, 0)", "30"),
        ("coalesce(${blank}, ${name})", "Cartier"),
        ("coalesce(${blank}, '')", None),
        ("regex(${name}, '[A-Z][a-z]+')", "true"),
        ("regex(${name}, '[A-Z]')", "false"),
        ("regex(concat(${name}, '!'), '^Cartier.$')", "true"),
        ("substr(${name}, 1, 3)", "ar"),
        ("substr(${name}, -2)", "er"),
        ("string-length(${name})", "7"),
        ("contains(${name}, 'art')", "true"),
        ("starts-with(${name}, 'Car') and ends-with(${name}, 'ier')", "true"),
        ("translate(${name}, 'C', 'c')", "cartier"),
        ("concat(${name}, ' ', ${age})", "Cartier 30"),
        ("join(', ', ${name}, ${age}, 'x')", "Cartier, 30, x"),
        ("normalize-space('  a   b ')", "a b"),
        ("int(${price})", "12"),
        ("number(${price}) + 1", "13.5"),
        ("round(${price})", "13"),
        ("round(-2.5)", "-2"),
        ("round(2.345, 2)", "2.35"),
        ("round(1234, -2)", "1200"),
        ("floor(${price}) + ceiling(${price})", "25"),
        ("min(${age}, ${price}, 99)", "12.5"),
        ("max(${age}, ${blank})", None),
        ("pow(2, 10)", "1024"),
        ("abs(-3)", "3"),
        ("7 div 2", "3.5"),
        ("-5 mod 3", "-2"),
        ("1 div 0", None),
        ("5 mod 0", None),
        ("${name} + 1", None),
        ("100000000 * 100000000", "10000000000000000"),
        ("not(${blank})", "true"),
        ("not(${name} = 'x' or false())", "true"),
        ("boolean(0) = false()", "true"),
        ("${div} = 'yes' and 4 div 2 = 2", "true"),
    ],
)
def test_functions_and_operators(expression: str, expected: Answer) -> None:
    assert value(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${age} = 30", "true"),
        ("${age} = '30'", "true"),
        ("${age} > 9", "true"),
        ("${price} = 12.50", "true"),
        ("${blank} = ''", "true"),
        ("${blank} = 0", "false"),
        ("${blank} < 1", "false"),
        ("${blank} != 3", "true"),
        ("true() = 'yes'", "true"),
        ("${name} = 'cartier'", "false"),
    ],
)
def test_answers_compare_as_numbers_when_one_side_is_a_number(
    expression: str, expected: str
) -> None:
    assert value(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("today()", "2026-05-01"),
        ("${day} < today()", "true"),
        ("${day} = '2026-04-30'", "true"),
        ("${day} >= '2026-05-01'", "false"),
        ("today() - ${day}", "1"),
        ("date(today() + 31)", "2026-06-01"),
        ("${day} <= now()", "true"),
        ("date(now())", "2026-05-01"),
        ("date('2026-02-30')", None),
        ("date(-99999999999)", None),
        ("format-date(${day}, '%d/%m/%Y')", "30/04/2026"),
        ("format-date(${blank}, '%Y')", None),
        (
            "format-date-time(date-time('2026-04-30T14:05:09'), '%e %n %y, %H h %M')",
            "30 4 26, 14 h 05",
        ),
        ("decimal-date-time('1970-01-02T12:00:00')", "1.5"),
        ("decimal-time(${hour})", "0.25"),
        ("int((today() - date('2000-05-02')) div 365.25)", "25"),
    ],
)
def test_dates_count_in_days(expression: str, expected: Answer) -> None:
    assert value(expression) == expected


def test_once_keeps_the_first_value() -> None:
    assert value("once(${name})") == "Cartier"
    assert value("once(${name})", value="Kept") == "Kept"


def faults(expression: str, kind: str = "relevant") -> list[tuple[str, str, dict[str, str]]]:
    asked = {"name": "end", "type": "short_text", kind: expression}
    with pytest.raises(DefinitionError) as refused:
        parse_questionnaire(definition("1", **asked))
    return [(p.path, p.code, p.params) for p in refused.value.problems]


@pytest.mark.parametrize(
    ("expression", "code", "name"),
    [
        ("${agee} > 3", "unknown_reference", "agee"),
        ("age > 3", "unknown_reference", "age"),
        ("${age} >", "bad_expression", None),
        ("(${age} > 3", "bad_expression", None),
        ("${age > 3", "bad_expression", None),
        ("${age} = 'x", "bad_expression", None),
        ("${age} ${name}", "bad_expression", None),
        ("if(${age}, 1)", "bad_expression", None),
        ("'${age}' = 'x'", "bad_expression", None),
        (". > 3", "bad_expression", None),
        ("string() = ''", "bad_expression", None),
        ("format-date(today(), '%B')", "bad_expression", None),
        ("regex(${name}, '(')", "bad_expression", None),
        ("regex(${name}, '(?=a)')", "bad_expression", None),
        ("jr:choice-name(${name}, '${name}')", "unsupported_function", "jr:choice-name"),
        ("pulldata('list', 'a', 'b', ${name})", "unsupported_function", "pulldata"),
        ("indexed-repeat(${name}, ${age}, 1)", "unsupported_function", "indexed-repeat"),
        ("position(..) = 1", "unsupported_function", "position"),
        ("${end} = 'x'", "circular", "end"),
    ],
)
def test_a_faulty_expression_is_told_with_its_place(
    expression: str, code: str, name: str | None
) -> None:
    params = {"name": name} if name else {}
    assert faults(expression) == [("sections[0].questions[9].relevant", code, params)]


def test_the_answer_itself_stands_in_constraints_only() -> None:
    assert parse_questionnaire(definition("1", name="end", type="integer", constraint=". > 3"))
    assert [code for _, code, _ in faults(". > 3", "required_if")] == ["bad_expression"]


def test_every_faulty_expression_and_text_is_told_at_once() -> None:
    whole = definition("${one}", name="end", type="note", label=text("Hello ${two}"))
    whole["sections"][0]["relevant"] = "three()"
    with pytest.raises(DefinitionError) as refused:
        parse_questionnaire(whole)
    assert [(p.path, p.code, p.params["name"]) for p in refused.value.problems] == [
        ("sections[0].relevant", "unsupported_function", "three"),
        ("sections[0].questions[8].calculation", "unknown_reference", "one"),
        ("sections[0].questions[9].label", "unknown_reference", "two"),
    ]


def test_what_is_only_read_cannot_be_named() -> None:
    whole = definition("${end}")
    with pytest.raises(DefinitionError) as refused:
        parse_questionnaire(whole)
    assert [p.code for p in refused.value.problems] == ["unknown_reference"]


def test_a_circle_of_several_is_told_once() -> None:
    whole = definition("if(${end} = '', 1, 2)", name="end", type="short_text")
    whole["sections"][0]["questions"][9]["relevant"] = "${value} = 1"
    with pytest.raises(DefinitionError) as refused:
        parse_questionnaire(whole)
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == ("sections[0].questions[8].calculation", "circular")


def test_a_page_cannot_depend_on_itself() -> None:
    whole = definition("1")
    whole["sections"][0]["relevant"] = "${age} > 3"
    with pytest.raises(DefinitionError) as refused:
        parse_questionnaire(whole)
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == ("sections[0].relevant", "circular")


def test_an_unknown_column_of_a_choice_filter_is_told() -> None:
    choices = [{"name": "bus", "label": text("Bus"), "columns": {"network": "north"}}]
    asked = {"name": "end", "type": "one_choice", "choices": choices}
    with pytest.raises(DefinitionError) as refused:
        parse_questionnaire(definition("1", **asked, choice_filter="netwrok = ${name}"))
    assert [(p.code, p.params) for p in refused.value.problems] == [
        ("unknown_reference", {"name": "netwrok"})
    ]
