"""Answers are made safe before anything keeps them."""

from consult.question_pages.safe_answers import fault, take
from consult.questionnaires import parse_questionnaire
from tests.factories.questionnaires import trails

QUESTIONS = {question.name: question for question in parse_questionnaire(trails()).questions}


def test_personal_information_is_masked_and_told() -> None:
    taken = take(QUESTIONS["change"], "Écrivez à nom@example.org")
    assert taken.answer == "Écrivez à [courriel/email]"
    assert taken.redacted
    assert taken.error is None


def test_a_control_character_is_refused_and_nothing_kept() -> None:
    taken = take(QUESTIONS["change"], "abc\x00def")
    assert taken.answer is None
    assert taken.error is not None
    assert taken.error.code == "unstorable"


def test_too_long_an_answer_is_kept_with_its_fault() -> None:
    taken = take(QUESTIONS["change"], "a" * 70)
    assert taken.answer == "a" * 70
    assert taken.error is not None
    assert taken.error.code == "too_long"


def test_an_endless_answer_is_not_even_read() -> None:
    taken = take(QUESTIONS["change"], "mot " * 200_000)
    assert taken.answer is None
    assert taken.error is not None
    assert taken.error.params == {"max": 60, "length": 799_999}


def test_masking_never_makes_an_answer_too_long() -> None:
    text = "x" * 47 + " a@example.ca"
    assert len(text) == 60
    taken = take(QUESTIONS["change"], text)
    assert len(str(taken.answer)) > 60
    assert taken.error is None
    assert fault(QUESTIONS["change"], taken.answer) is None


def test_markers_written_by_hand_take_room_too() -> None:
    for text in ("[NAS/SIN]" * 61, "a" + "[RAMQ]" * 60):
        error = take(QUESTIONS["change"], text).error
        assert error is not None
        assert error.code == "too_long"


def test_emoji_and_right_to_left_text_stay_as_they_are() -> None:
    for text in ("Merci 👩🏽‍🌾", "شكرا على المسار"):
        assert take(QUESTIONS["change"], text).answer == text
