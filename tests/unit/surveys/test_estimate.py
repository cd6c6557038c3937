"""The estimate of how long answering takes follows its formula."""

from typing import Any

from consult.questionnaires import parse_questionnaire
from consult.surveys.estimate import estimated_minutes
from tests.factories.questionnaires import trails


def one_page(*questions: dict[str, Any]) -> dict[str, Any]:
    text = {"fr": "Page", "en": "Page"}
    return {
        "title": text,
        "sections": [{"name": "page", "title": text, "questions": list(questions)}],
    }


def words(count: int) -> dict[str, str]:
    return {"fr": " ".join(["mot"] * count), "en": " ".join(["word"] * count)}


def minutes(definition: dict[str, Any]) -> int:
    return estimated_minutes(parse_questionnaire(definition), "fr")


def test_words_are_read_at_two_hundred_a_minute_and_a_long_answer_takes_one() -> None:
    note = {"name": "n", "type": "note", "label": words(399)}  # with the title: two minutes
    area = {"name": "a", "type": "long_text", "label": words(200)}  # one, and one to write
    assert minutes(one_page(note)) == 2
    assert minutes(one_page(note, area)) == 4


def test_what_only_some_are_asked_counts_for_half() -> None:
    first = {"name": "yes", "type": "yes_no", "label": words(1)}
    note = {"name": "n", "type": "note", "label": words(790)}
    assert minutes(one_page(first, note)) == 5
    assert minutes(one_page(first, {**note, "relevant": "${yes} = 'yes'"})) == 3


def test_a_long_list_is_searched_not_read() -> None:
    choices = [{"name": f"c{n}", "label": words(20)} for n in range(500)]
    question = {"name": "q", "type": "one_choice", "label": words(1), "choices": choices}
    assert minutes(one_page(question)) == 2


def test_a_short_questionnaire_takes_a_minute_at_least() -> None:
    assert minutes(one_page({"name": "y", "type": "yes_no", "label": words(1)})) == 1
    assert minutes(trails()) == 2
