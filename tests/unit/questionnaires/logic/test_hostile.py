"""Expressions come from imported files: none reads a file, hangs or breaks a page."""

import multiprocessing
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from consult.questionnaires import DefinitionError, parse_questionnaire
from consult.questionnaires.logic import Logic

TODAY = date(2026, 5, 1)


def definition(expression: str, kind: str = "relevant", **more: Any) -> dict[str, Any]:
    label = {"fr": "Question", "en": "Question"}
    questions = [
        {"name": "a", "type": "long_text", "label": label, "max_length": 20_000},
        {"name": "b", "type": "short_text", "label": label, kind: expression},
        *more.get("others", ()),
    ]
    page = {"name": "page", "title": label, "questions": questions}
    return {"title": label, "sections": [page]}


@pytest.mark.parametrize(
    "expression",
    [
        "doc('file:///etc/passwd')",
        "document('http://example.org/')",
        "unparsed-text('file:///etc/passwd')",
        "environment-variable('PATH')",
        "instance('__last-saved')/data/a",
        "fn:doc('x')",
        "${last-saved#a} = 'x'",
    ],
)
def test_nothing_outside_the_answers_is_read(expression: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse_questionnaire(definition(expression))
    assert {p.code for p in refused.value.problems} <= {"unsupported_function", "unknown_reference"}


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 900 + "1" + ")" * 900,
        "not(" * 300 + "1" + ")" * 300,
        "-" * 1_900 + "1",
        "1+" * 900 + "1",
        " or ".join(["${a}=1"] * 180),
        "//*[//*[//*[//*]]]",
        "/data/a[1]",
        "../a = 1",
        "$a",
        "@a",
        "*",
        "self::node()",
        "\uffff = ${a}",
        "${a}(1)",
    ],
)
def test_what_nests_too_deep_or_walks_about_is_refused(expression: str) -> None:
    with pytest.raises(DefinitionError):
        parse_questionnaire(definition(expression))


def test_a_long_but_plain_expression_is_taken() -> None:
    long = " or ".join(["${a}='x'"] * 94 + ["${a}='y'"])
    logic = Logic(parse_questionnaire(definition(long)))
    assert "b" in logic.outcome({"a": "y"}, TODAY).visible
    assert "b" not in logic.outcome({"a": "z"}, TODAY).visible


def test_joining_long_answers_over_and_over_gives_no_value() -> None:
    many = ",".join(["${a}"] * 60)
    nested = f"join(join(join({many}),{many}),{many})"
    label = {"fr": "Total", "en": "Total"}
    value = {"name": "c", "type": "calculated", "label": label, "calculation": nested}
    logic = Logic(parse_questionnaire(definition("${a} != ''", others=[value])))
    assert "c" not in logic.outcome({"a": "x" * 19_000}, TODAY).answers


PATTERNS = ("(a+)+$", "(a|aa)+b", "(a*)*c", "(.*a){20}", "(a?){400}a{400}")


def _match_them_all() -> None:
    for pattern in PATTERNS:
        logic = Logic(parse_questionnaire(definition(f"regex(${{a}}, '{pattern}')")))
        assert "b" not in logic.outcome({"a": "a" * 1_999 + "!"}, TODAY).visible


def test_no_pattern_hangs() -> None:
    work = multiprocessing.get_context("spawn").Process(target=_match_them_all)
    work.start()
    work.join(timeout=60)
    work.kill()
    work.join()
    assert work.exitcode == 0


def test_a_pattern_may_not_be_endless_or_huge() -> None:
    for pattern in ("a" * 501, r"\w{900}{900}"):
        with pytest.raises(DefinitionError):
            parse_questionnaire(definition(f"regex(${{a}}, '{pattern}')"))


def test_values_that_feed_each_other_do_not_grow_without_end() -> None:
    label = {"fr": "Valeur", "en": "Value"}
    names = ["a", *(f"v{n}" for n in range(6))]
    values = [
        {
            "name": name,
            "type": "calculated",
            "label": label,
            "calculation": f"concat({', '.join([f'${{{before}}}'] * 50)})",
        }
        for before, name in pairwise(names)
    ]
    logic = Logic(parse_questionnaire(definition("1", others=values)))
    answers = logic.outcome({"a": "x" * 100}, TODAY).answers
    assert sum(len(str(answer)) for answer in answers.values()) < 50_000


@pytest.mark.parametrize(
    "expression",
    [
        "substring(${a}, ${a})",
        "pow(99999, 99999 * string-length(${a}))",
        "date(${a}) + 1",
        f"string-length(${{a}}) * {'9' * 1_900}",
    ],
)
def test_what_cannot_be_evaluated_is_false(expression: str) -> None:
    logic = Logic(parse_questionnaire(definition(f"({expression}) = 'never'")))
    assert "b" not in logic.outcome({"a": "words"}, TODAY).visible


def test_names_that_are_words_of_the_language_are_names() -> None:
    label = {"fr": "Question", "en": "Question"}
    names = ("div", "mod", "and", "or", "if", "text", "not", "data", "true", "selected")
    questions = [{"name": name, "type": "integer", "label": label} for name in names]
    questions += [
        {
            "name": f"after_{name}",
            "type": "note",
            "label": label,
            "relevant": f"${{{name}}} div 2 = 1 and ${{{name}}} mod 2 = 0 or false()",
        }
        for name in names
    ]
    page = {"name": "page", "title": label, "questions": questions}
    logic = Logic(parse_questionnaire({"title": label, "sections": [page]}))
    outcome = logic.outcome(dict.fromkeys(names, 2), TODAY)
    assert {f"after_{name}" for name in names} <= outcome.visible
