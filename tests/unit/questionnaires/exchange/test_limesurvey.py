"""A LimeSurvey survey is read; what has no equal is listed at its line of the file."""

from typing import Any
from xml.sax.saxutils import escape

import pytest

from consult.questionnaires.importing import Import, ImportRefusedError
from consult.questionnaires.limesurvey import import_lss
from consult.questionnaires.limesurvey.expressions import (
    NotTranslatedError,
    Variable,
    translate,
)
from consult.questionnaires.limesurvey.markup import plain

VARIABLES = {
    "Q1": Variable("q1", codes={"Y": "yes", "N": "no"}),
    "M_SQ1": Variable("m", choice="sq1"),
    "M": Variable("m", is_several=True),
    "1X2X3": Variable("q1", codes={"Y": "yes", "N": "no"}),
    "age": Variable("age"),
}


@pytest.mark.parametrize(
    ("lime", "ours"),
    [
        ("1", ""),
        ('((Q1.NAOK == "Y"))', "((${q1} = 'yes'))"),
        ("Q1 != 'N' and age.NAOK >= 18", "${q1} != 'no' and ${age} >= 18"),
        ('1X2X3.NAOK eq "Y" || !is_empty(age)', "${q1} = 'yes' or not(${age} = '')"),
        ('M_SQ1.NAOK == "Y"', "selected(${m}, 'sq1')"),
        ('M_SQ1.NAOK != "Y"', "not(selected(${m}, 'sq1'))"),
        ("is_empty(M_SQ1)", "not(selected(${m}, 'sq1'))"),
        ("count(that.M) > 1", "count-selected(${m}) > 1"),
        ('"Y" == Q1', "${q1} = 'yes'"),
        ("18 < age", "${age} > 18"),
        ("(age + 1) * 2 / 4 > -3", "(${age} + 1) * 2 div 4 > -3"),
        ("if(Q1 == 'Y', 1, 0) == 1", "if(${q1} = 'yes', 1, 0) = 1"),
        ('Q1 == " "', "${q1} = ''"),
    ],
)
def test_expressions_that_mean_the_same(lime: str, ours: str) -> None:
    assert translate(lime, VARIABLES) == ours


@pytest.mark.parametrize(
    "lime",
    [
        "unknown == 1",
        "Q1 == 'X'",
        "regexMatch('/a/', Q1)",
        "M == 'Y'",
        "Q1 ==",
        "(((",
        "Q1 == 'Y'; drop",
        "(" * 5_000,
        "rand(1, 2)",
    ],
)
def test_expressions_without_an_equal(lime: str) -> None:
    with pytest.raises(NotTranslatedError):
        translate(lime, VARIABLES)


@pytest.mark.parametrize(
    ("html", "words", "is_whole"),
    [
        ("age < 5 & more", "age < 5 & more", True),
        ("<p>One</p><p>Two&nbsp;!</p>", "One\n\nTwo\u00a0!", True),
        ('See <a href="https://example.org">this</a>.', "See this (https://example.org).", True),
        ("<script>alert(1)</script>Name", "Name", False),
        ('Look <img src="a.png" onerror="x()">', "Look", False),
    ],
)
def test_markup_becomes_words(html: str, words: str, is_whole: bool) -> None:
    assert plain(html) == (words, is_whole)


def lss(questions: list[dict[str, Any]], languages: tuple[str, ...] = ("fr", "en")) -> bytes:
    """A survey of one group, as LimeSurvey 6 writes it; each text in every language."""
    tables: dict[str, list[dict[str, Any]]] = {
        "groups": [{"gid": "1", "group_order": "1"}],
        "group_l10ns": [
            {"gid": "1", "group_name": f"Page {lang}", "language": lang} for lang in languages
        ],
        "questions": [],
        "subquestions": [],
        "question_l10ns": [],
        "question_attributes": [],
        "surveys": [{"sid": "9"}],
    }
    for number, question in enumerate(questions, 1):
        qid = str(number)
        common = {"gid": "1", "other": "N", "mandatory": "N", "question_order": qid}
        own = {key: value for key, value in question.items() if key not in ("text", "lines", "set")}
        tables["questions"].append({**common, "qid": qid, "parent_qid": "0", **own})
        texts = {qid: question.get("text", "Text")}
        for place, line in enumerate(question.get("lines", ()), 1):
            sub = f"{qid}0{place}"
            tables["subquestions"].append(
                {"qid": sub, "parent_qid": qid, "title": line, "question_order": str(place)}
            )
            texts[sub] = line
        tables["question_l10ns"] += [
            {"qid": key, "question": f"{words} {lang}", "language": lang}
            for key, words in texts.items()
            for lang in languages
        ]
        tables["question_attributes"] += [
            {"qid": qid, "attribute": name, "value": value}
            for name, value in question.get("set", {}).items()
        ]
    return (
        f"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>{_xml(tables)}</document>".encode()
    )


def _xml(tables: dict[str, list[dict[str, Any]]]) -> str:
    return "".join(
        f"<{name}><rows>"
        + "\n".join(
            "<row>" + "".join(f"<{k}>{escape(str(v))}</{k}>" for k, v in row.items()) + "</row>"
            for row in rows
        )
        + f"</rows></{name}>"
        for name, rows in tables.items()
    )


def read(*questions: dict[str, Any]) -> Import:
    return import_lss(lss(list(questions)))


def test_both_languages_are_taken_and_others_are_listed() -> None:
    found = import_lss(lss([{"type": "S", "title": "A"}], ("de", "fr", "en")))
    (question,) = found.questionnaire.questions
    assert (question.name, question.label.fr, question.label.en) == ("a", "Text fr", "Text en")
    assert [(loss.kind, loss.params["language"]) for loss in found.losses] == [("language", "de")]
    with pytest.raises(ImportRefusedError, match="no_language"):
        import_lss(lss([{"type": "S", "title": "A"}], ("de",)))


def test_limits_are_carried_and_what_is_not_is_listed() -> None:
    found = read(
        {"type": "M", "title": "M", "lines": ["A", "B", "C"], "mandatory": "Y"}
        | {"set": {"min_answers": "1", "max_answers": "2", "exclude_all_others": "C"}},
        {"type": "N", "title": "N", "set": {"num_value_int_only": "1", "max_num_value_n": "9"}},
        {"type": "S", "title": "S", "set": {"maximum_chars": "5", "random_order": "1"}},
    )
    several, number, text = found.questionnaire.questions
    assert (several.minimum, several.maximum, several.exclusive) == (1, 2, "c")
    assert (number.type, number.maximum, text.max_length) == ("integer", 9, 5)
    assert [loss.params["value"] for loss in found.losses] == ["random_order=1"]


def test_rules_are_translated_or_listed_with_their_equation() -> None:
    found = read(
        {"type": "Y", "title": "Q1"},
        {"type": "X", "title": "X1", "relevance": 'Q1.NAOK == "Y"', "text": "Hello {Q1}"},
        {"type": "X", "title": "X2", "relevance": "regexMatch('/a/', Q1)"},
    )
    _, told, untold = found.questionnaire.sections[0].questions
    assert (told.relevant, told.label.fr) == ("${q1} = 'yes'", "Hello ${q1} fr")
    assert untold.relevant == ""
    (loss,) = found.losses
    assert (loss.kind, loss.params["rule"]) == ("rule", "regexMatch('/a/', Q1)")
    assert loss.place.row > 0


def test_an_equation_is_worked_out_or_listed() -> None:
    found = read(
        {"type": "N", "title": "age"},
        {"type": "*", "title": "double", "set": {"equation": "{age * 2}"}},
        {"type": "*", "title": "odd", "set": {"equation": "{rand(1, 2)}"}},
        {"type": "X", "title": "X", "text": "You said {odd}"},
    )
    assert found.questionnaire.question("double").calculation == "${age} * 2"  # type: ignore
    assert {loss.kind for loss in found.losses} == {"rule", "text_reference"}


def test_hidden_questions_and_types_we_lack_are_listed_with_their_lines() -> None:
    found = read(
        {"type": "S", "title": "A"},
        {"type": "I", "title": "I"},
        {"type": "M", "title": "H", "lines": ["L1", "L2"], "set": {"hidden": "1"}},
    )
    kinds = [(loss.kind, loss.place.column) for loss in found.losses]
    assert sorted(kinds) == [
        ("hidden", "H"),
        ("hidden", "H_L1"),
        ("hidden", "H_L2"),
        ("question_type", "I"),
    ]
