"""What a person reads on paper where a page would show or hide."""

from typing import Any

import pytest

from consult.questionnaires import Questionnaire, parse_questionnaire
from consult.surveys.printable.conditions import condition_words, piped_words
from consult.surveys.printable.content import places_of
from consult.surveys.printable.questions import Asked, Asking
from tests.factories.questionnaires import every_type


def text(words: str) -> dict[str, str]:
    return {"fr": words, "en": words}


def questionnaire(*questions: dict[str, Any]) -> Questionnaire:
    section = {"name": "one", "title": text("One"), "questions": list(questions)}
    return parse_questionnaire({"title": text("T"), "sections": [section]})


ASKED = questionnaire(
    {"type": "yes_no", "name": "walks", "label": text("Do you walk?")},
    {"type": "note", "name": "read", "label": text("Read this.")},
    {
        "type": "several_choices",
        "name": "where",
        "label": text("Where?"),
        "choices": [{"name": "park", "label": text("In a park")}],
    },
    {"type": "integer", "name": "km", "label": text("How far?")},
    {
        "type": "matrix",
        "name": "rate",
        "label": text("Rate"),
        "rows": [{"name": "price", "label": text("Price")}],
        "choices": [{"name": "good", "label": text("Good")}],
    },
)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("", ""),
        ("${walks} = 'yes'", "Answer only if you answered “Yes” to question 1."),
        ("${walks} != 'no'", "Answer only if you did not answer “No” to question 1."),
        ("selected(${where}, 'park')", "Answer only if you answered “In a park” to question 2."),
        (
            "not(selected(${where}, 'park'))",
            "Answer only if you did not answer “In a park” to question 2.",
        ),
        ("${km} > 5", "Answer only if your answer to question 3 is more than 5."),
        ("${km} != ''", "Answer only if you answered question 3."),
        (
            "${walks} = 'yes' and ${km} >= 5",
            "Answer only if you answered “Yes” to question 1 and "
            "your answer to question 3 is 5 or more.",
        ),
        ("${rate_price} = 'good'", "Answer only if you answered “Good” to question 4, “Price”."),
        ("${walks} = 'yes' or ${km} > 2 and ${km} < 9", "Answer only if it concerns you."),
        ("count-selected(${where}) > 1", "Answer only if it concerns you."),
        ("not(${km} > 5)", "Answer only if it concerns you."),
        ("${gone} = 'x'", "Answer only if it concerns you."),
    ],
)
def test_simple_conditions_are_told_and_others_left_to_the_person(
    expression: str, words: str
) -> None:
    assert condition_words(expression, places_of(ASKED), "en") == words


def test_an_earlier_answer_in_a_label_becomes_its_place() -> None:
    places = places_of(ASKED)
    assert piped_words("About ${km}: ${unknown}", places, "en") == (
        "About [your answer to question 3]: …"
    )


def asked(*questions: dict[str, Any]) -> tuple[Asked, ...]:
    made = questionnaire(*questions)
    return Asking(places_of(made), "en").asked(made.sections[0])


def choices(number: int) -> list[dict[str, Any]]:
    return [{"name": f"c{n}", "label": text(f"Choice {n}")} for n in range(number)]


def test_every_shown_question_of_every_type_is_numbered_once() -> None:
    made = parse_questionnaire(every_type())
    asking = Asking(places_of(made), "fr")
    printed = [q for section in made.sections for q in asking.asked(section)]
    numbers = [int(q.number) for q in printed if q.number]
    assert numbers == list(range(1, len(numbers) + 1))
    shown = [q for section in made.sections for q in section.questions if q.is_shown]
    assert len(printed) == len(shown)


def test_a_table_too_wide_for_paper_becomes_one_question_per_row() -> None:
    rows = [{"name": "a", "label": text("First")}, {"name": "b", "label": text("Second")}]
    wide = {"type": "matrix", "name": "m", "label": text("M"), "rows": rows, "choices": choices(8)}
    (title, *lines) = asked(wide)
    assert (title.number, title.kind) == ("1", "nothing")
    assert [(q.label, q.number, q.kind, len(q.options)) for q in lines] == [
        ("First (optional)", "", "boxes", 8),
        ("Second (optional)", "", "boxes", 8),
    ]


def test_a_list_too_long_for_paper_is_written() -> None:
    long = {"type": "one_choice", "name": "c", "label": text("C"), "choices": choices(200)}
    (question,) = asked(long)
    assert (question.kind, question.options, question.about) == ("lines", (), ())


def test_how_many_boxes_to_tick_is_told() -> None:
    base = {"type": "several_choices", "label": text("C"), "choices": choices(5)}
    bounds = [
        {"name": "a"},
        {"name": "b", "maximum": 2, "exclusive": "c4"},
        {"name": "c", "minimum": 2, "maximum": 3},
    ]
    assert [q.about for q in asked(*[{**base, **more} for more in bounds])] == [
        ("Tick all that apply.",),
        ("Tick this many boxes at most: 2. If you tick “Choice 4”, tick nothing else.",),
        ("Tick 2 to 3 boxes.",),
    ]


def test_what_can_stay_blank_is_told_as_on_the_pages() -> None:
    base = {"type": "yes_no", "label": text("Do you walk?")}
    needed = {"name": "a", "required": True}, {"name": "b", "required_if": "${a} = 'yes'"}
    labels = [q.label for q in asked(*[{**base, **more} for more in (*needed, {"name": "c"})])]
    assert labels == ["Do you walk?", "Do you walk?", "Do you walk? (optional)"]
