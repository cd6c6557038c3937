"""A definition is read whole, or every fault is told with its place."""

import json
from typing import Any

import pytest

from consult.questionnaires import (
    QUESTION_TYPES,
    DefinitionError,
    missing_languages,
    parse_questionnaire,
)
from tests.factories.questionnaires import every_type, trails


def faults(source: Any) -> dict[str, str]:
    with pytest.raises(DefinitionError) as caught:
        parse_questionnaire(source)
    return {problem.path: problem.code for problem in caught.value.problems}


def test_every_type_is_read_from_json_and_written_back_the_same() -> None:
    questionnaire = parse_questionnaire(json.dumps(every_type()))
    declared = {q.type for section in questionnaire.sections for q in section.questions}
    assert declared == set(QUESTION_TYPES)
    assert parse_questionnaire(questionnaire.model_dump(mode="json")) == questionnaire


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse_questionnaire(b"\xef\xbb\xbf" + json.dumps(trails()).encode())


@pytest.mark.parametrize(
    ("source", "code"),
    [(b"%PDF-1.7 \xff\xfe", "not_utf8"), ('{"title": ', "not_json"), ("[]", "wrong_value")],
)
def test_what_is_no_questionnaire_is_refused(source: str | bytes, code: str) -> None:
    assert faults(source) == {"": code}


def test_nested_without_end_is_refused() -> None:
    assert faults("[" * 100_000)[""] in {"not_json", "wrong_value"}


def test_all_faults_are_told_at_once_with_their_path() -> None:
    definition = trails()
    first, second, third = definition["sections"][0]["questions"]
    first["colour"] = "red"
    del second["choices"]
    third["type"] = "telepathy"
    definition["sections"][1]["questions"][0]["name"] = "Très content"
    assert faults(definition) == {
        "sections[0].questions[0].colour": "unknown_key",
        "sections[0].questions[1].choices": "missing",
        "sections[0].questions[2].type": "unknown_type",
        "sections[1].questions[0].name": "bad_name",
    }


@pytest.mark.parametrize("text", ["nul \x00", "bell \x07", "half \ud800"])
def test_characters_no_database_keeps_are_refused(text: str) -> None:
    definition = trails()
    definition["title"]["en"] = text
    assert faults(definition) == {"title.en": "unstorable_text"}


def test_a_name_is_used_once() -> None:
    definition = trails()
    definition["sections"][1]["questions"][1]["name"] = "often"
    assert faults(definition) == {"": "duplicate_name"}
    definition = trails()
    definition["sections"][0]["questions"][0]["choices"][1]["name"] = "never"
    assert faults(definition) == {"sections[0].questions[0].choices": "duplicate_name"}


def test_missing_sides_are_listed_in_order() -> None:
    definition = trails()
    definition["sections"][0]["intro"]["fr"] = " "
    definition["sections"][0]["questions"][0]["choices"][2]["label"]["en"] = ""
    definition["sections"][1]["questions"][0]["high"] = {}
    missing = missing_languages(parse_questionnaire(definition))
    assert missing == [
        ("habits.intro", "fr", False),
        ("habits.often.choices.daily.label", "en", False),
        ("opinion.satisfaction.high", "fr", False),
        ("opinion.satisfaction.high", "en", False),
    ]


def test_a_side_older_than_the_other_is_missing_too() -> None:
    definition = trails()
    definition["sections"][0]["title"]["stale"] = "en"
    assert missing_languages(parse_questionnaire(definition)) == [("habits.title", "en", True)]


def test_both_languages_written_and_fresh_miss_nothing() -> None:
    assert missing_languages(parse_questionnaire(trails())) == []
