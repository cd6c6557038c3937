"""What each type of question takes, refuses and tells, as people type and read it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.questionnaires import QUESTION_TYPES, Answer, AnswerError, Question

LABEL = {"fr": "Question", "en": "Question"}
CHOICES = [{"name": name, "label": {"fr": name, "en": name}} for name in ("a", "b", "c", "none")]


def question(kind: str, **fields: Any) -> Question:
    return QUESTION_TYPES[kind].model_validate(
        {"type": kind, "name": "q", "label": LABEL, **fields}
    )


SEVERAL = question("several_choices", choices=CHOICES, minimum=2, maximum=3, exclusive="none")
RANKING = question("ranking", choices=CHOICES, places=2)
INTEGER = question("integer", minimum=0, maximum=120)
DECIMAL = question("decimal", minimum=0, maximum=2000)
DATE = question("date", earliest="2020-01-01", latest="2026-12-31")
TIME = question("time")
YES_NO = question("yes_no")
CONSENT = question("consent", required=True)
SCALE = question("scale", first=0, last=10, low=LABEL, high=LABEL)
TOWN = question("municipality")
POSTAL_CODE = question("postal_code")
FILE = question("file")
HIDDEN = question("hidden")
NOTE = question("note")


def kept(asked: Question, raw: object) -> Answer:
    answer = asked.normalise(raw)
    asked.check(answer)
    return answer


@pytest.mark.parametrize(
    ("asked", "raw", "answer"),
    [
        (INTEGER, "42", 42),
        (INTEGER, " 1\u00a020 ", 120),
        (INTEGER, "7,0", 7),
        (INTEGER, "", None),
        (DECIMAL, "1 200,50", "1200.5"),
        (DECIMAL, "1\u202f200.50", "1200.5"),
        (DECIMAL, ".5", "0.5"),
        (DECIMAL, "-0,0", "0"),
        (DECIMAL, "100", "100"),
        (DATE, "2026-03-31", "2026-03-31"),
        (DATE, ["31", "3", "2026"], "2026-03-31"),
        (DATE, ["", "", ""], None),
        (DATE, ["29", "2", "2024"], "2024-02-29"),
        (TIME, "9h", "09:00"),
        (TIME, "14 h 05", "14:05"),
        (TIME, "14:05:30", "14:05"),
        (YES_NO, "no", "no"),
        (CONSENT, "yes", "yes"),
        (SCALE, "0", 0),
        (SEVERAL, ["c", "a", ""], ["a", "c"]),
        (SEVERAL, ["none"], ["none"]),
        (SEVERAL, [], None),
        (RANKING, ["c", "a"], ["c", "a"]),
        (RANKING, ["", ""], None),
        (POSTAL_CODE, "g1r 4p5", "G1R"),
        (POSTAL_CODE, "G1R-4P5", "G1R"),
        (POSTAL_CODE, "h2x", "H2X"),
        (TOWN, "québec", "23027"),
        (TOWN, "TROIS RIVIERES", "37067"),
        (TOWN, "23027", "23027"),
        (HIDDEN, "poster-2", "poster-2"),
        (NOTE, "anything", None),
    ],
)
def test_what_is_typed_is_kept_in_one_form(asked: Question, raw: object, answer: Answer) -> None:
    assert kept(asked, raw) == answer


@pytest.mark.parametrize(
    ("asked", "raw", "code"),
    [
        (INTEGER, "3,5", "not_integer"),
        (INTEGER, "many", "not_integer"),
        (INTEGER, "9" * 20, "not_integer"),
        (INTEGER, "-1", "too_small"),
        (INTEGER, "121", "too_large"),
        (INTEGER, ["1"], "wrong_type"),
        (DECIMAL, "1.200.300", "not_decimal"),
        (DECIMAL, "1e3", "not_decimal"),
        (DECIMAL, "2000,01", "too_large"),
        (DATE, ["31", "2", "2026"], "not_a_date"),
        (DATE, ["31", "février", "2026"], "not_a_date"),
        (DATE, ["29", "2", "2025"], "not_a_date"),
        (DATE, ["", "2", "2026"], "not_a_date"),
        (DATE, "2019-12-31", "too_early"),
        (DATE, "2027-01-01", "too_late"),
        (TIME, "25:00", "not_a_time"),
        (TIME, "noon", "not_a_time"),
        (YES_NO, "maybe", "unknown_choice"),
        (CONSENT, "", "required"),
        (SCALE, "11", "unknown_choice"),
        (SEVERAL, ["a"], "too_few"),
        (SEVERAL, ["none", "a"], "not_alone"),
        (SEVERAL, ["d"], "unknown_choice"),
        (RANKING, ["a", "a"], "ranked_twice"),
        (RANKING, ["a"], "too_few"),
        (RANKING, ["a", "b", "c"], "too_many"),
        (POSTAL_CODE, "12345", "not_a_postal_code"),
        (POSTAL_CODE, "D1R 4P5", "not_a_postal_code"),
        (POSTAL_CODE, "G1R 4O5", "not_a_postal_code"),
        (TOWN, "Atlantis", "unknown_municipality"),
        (FILE, "../../etc/passwd", "wrong_type"),
        (HIDDEN, "Jane Example", "wrong_type"),
        (HIDDEN, "x" * 65, "wrong_type"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(asked: Question, raw: object, code: str) -> None:
    with pytest.raises(AnswerError) as refused:
        kept(asked, raw)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("asked", "answer", "fr", "en"),
    [
        (DECIMAL, "12.5", "12,5", "12.5"),
        (TIME, "14:05", "14 h 05", "14:05"),
        (YES_NO, "yes", "Oui", "Yes"),
        (TOWN, "23027", "Québec", "Québec"),
        (SCALE, 4, "4 sur 10", "4 out of 10"),
    ],
)
def test_an_answer_is_told_as_each_language_writes_it(
    asked: Question, answer: Answer, fr: str, en: str
) -> None:
    assert asked.in_words(answer, "fr") == (fr,)
    assert asked.in_words(answer, "en") == (en,)


def test_bounds_are_told_with_the_error() -> None:
    with pytest.raises(AnswerError) as refused:
        kept(SEVERAL, ["a"])
    assert refused.value.params == {"min": 2, "count": 1}
    with pytest.raises(AnswerError) as refused:
        kept(DATE, "2027-01-01")
    assert refused.value.params == {"max": "2026-12-31"}


def test_the_words_of_other_and_the_rows_of_a_matrix_are_questions() -> None:
    other = question(
        "one_choice", choices=[*CHOICES, {"name": "other", "label": LABEL}], other=LABEL
    )
    assert [part.name for part in other.answerable] == ["q", "q_other"]
    matrix = question("matrix", choices=CHOICES, rows=CHOICES[:2], required=True)
    assert [(part.name, part.required) for part in matrix.answerable] == [
        ("q_a", True),
        ("q_b", True),
    ]


ALL = (SEVERAL, RANKING, INTEGER, DECIMAL, DATE, TIME, YES_NO, SCALE, TOWN, POSTAL_CODE, HIDDEN)


@given(
    st.sampled_from(ALL),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.text() | st.none()),
)
def test_whatever_comes_is_kept_in_one_form_or_refused(asked: Question, raw: object) -> None:
    try:
        answer = asked.normalise(raw)
    except AnswerError:
        return
    again = asked.normalise(str(answer) if isinstance(answer, int) else answer)
    assert again == answer
