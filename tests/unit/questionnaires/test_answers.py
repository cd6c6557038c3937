"""Each type of question takes its own answers and no other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.questionnaires import REGIONS, AnswerError, Question, parse_questionnaire
from tests.factories.questionnaires import trails

QUESTIONS = {question.name: question for question in parse_questionnaire(trails()).questions}


def answer(name: str, raw: object) -> Any:
    question = QUESTIONS[name]
    kept = question.normalise(raw)
    question.check(kept)
    return kept


@pytest.mark.parametrize(
    ("name", "raw", "kept"),
    [
        ("often", "daily", "daily"),
        ("with_whom", ["dog", "alone"], ["alone", "dog"]),
        ("with_whom", "dog", ["dog"]),
        ("with_whom", [], None),
        ("favourite", "  le grand\ttour ", "le grand tour"),
        ("change", "un\r\ndeux\r\n", "un\ndeux"),
        ("change", " \n ", None),
        ("satisfaction", "4", 4),
        ("satisfaction", 4, 4),
        ("region", "06", "06"),
        ("region", "", None),
    ],
)
def test_answers_are_kept_in_one_form(name: str, raw: object, kept: object) -> None:
    assert answer(name, raw) == kept


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("often", None, "required"),
        ("often", "hourly", "unknown_choice"),
        ("often", ["daily"], "wrong_type"),
        ("with_whom", ["cat"], "unknown_choice"),
        ("satisfaction", "6", "unknown_choice"),
        ("satisfaction", "4.5", "unknown_choice"),
        ("satisfaction", True, "wrong_type"),
        ("change", 12, "wrong_type"),
        ("change", "a" * 61, "too_long"),
        ("region", "18", "unknown_choice"),
    ],
)
def test_other_answers_are_refused(name: str, raw: object, code: str) -> None:
    with pytest.raises(AnswerError) as refused:
        answer(name, raw)
    assert refused.value.code == code


def test_room_is_counted_as_people_count_it() -> None:
    assert answer("change", "é" * 60)
    with pytest.raises(AnswerError) as refused:
        answer("change", "a" * 63)
    assert refused.value.params == {"max": 60, "length": 63}


@pytest.mark.parametrize(
    ("name", "kept", "fr", "en"),
    [
        ("often", "daily", ("Chaque jour",), ("Every day",)),
        (
            "with_whom",
            ["family", "dog"],
            ("En famille", "Avec un chien"),
            ("With family", "With a dog"),
        ),
        ("satisfaction", 3, ("3 sur 5",), ("3 out of 5",)),
        ("satisfaction", 5, ("5 – Beaucoup",), ("5 – Very much",)),
        ("region", "03", ("Capitale-Nationale",), ("Capitale-Nationale",)),
        ("favourite", "le tour", ("le tour",), ("le tour",)),
        ("satisfaction", None, (), ()),
    ],
)
def test_answers_are_told_in_words(
    name: str, kept: Any, fr: tuple[str, ...], en: tuple[str, ...]
) -> None:
    assert QUESTIONS[name].in_words(kept, "fr") == fr
    assert QUESTIONS[name].in_words(kept, "en") == en


def test_there_are_seventeen_regions() -> None:
    assert list(REGIONS) == [f"{number:02d}" for number in range(1, 18)]
    assert REGIONS["17"].fr == "Centre-du-Québec"


@given(
    st.sampled_from(sorted(QUESTIONS)),
    st.none() | st.text() | st.integers() | st.lists(st.text()) | st.booleans(),
)
def test_whatever_comes_is_kept_or_refused_by_name(name: str, raw: object) -> None:
    question: Question = QUESTIONS[name]
    try:
        kept = question.normalise(raw)
    except AnswerError:
        return
    again = question.normalise(str(kept) if question.type == "scale" and kept else kept)
    assert again == kept, "normalising twice changes nothing"
