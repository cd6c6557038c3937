"""An earlier answer inside a later text."""

import pytest

from consult.questionnaires import Answer, parse_questionnaire
from consult.questionnaires.logic import pipe
from tests.factories.questionnaires import every_type

BUS = parse_questionnaire(every_type())


@pytest.mark.parametrize(
    ("text", "answers", "fr", "en"),
    [
        ("No name", {}, "No name", "No name"),
        ("${stop_name}?", {"stop_name": "Cartier"}, "Cartier?", "Cartier?"),
        ("${stop_name}?", {}, "…?", "…?"),
        ("${network}", {"network": "north"}, "Réseau Nord", "North network"),
        ("${per_week}", {"per_week": "2.5"}, "2,5", "2.5"),
        (
            "${reasons}",
            {"reasons": ["work", "shops"]},
            "Au travail, Dans les commerces",
            "To work, To the shops",
        ),
        ("${bus_price} ${age}", {"bus_price": "good", "age": 30}, "Bon 30", "Good 30"),
        ("${last_words}", {}, "…", "…"),
    ],
)
def test_answers_are_told_in_words(text: str, answers: dict[str, Answer], fr: str, en: str) -> None:
    assert pipe(text, BUS, answers, "fr") == fr
    assert pipe(text, BUS, answers, "en") == en


def test_an_answer_is_put_as_it_is_and_read_no_further() -> None:
    answers: dict[str, Answer] = {"stop_name": r"<b>\1 ${age}</b>", "age": 30}
    assert pipe("« ${stop_name} »", BUS, answers, "fr") == r"« <b>\1 ${age}</b> »"
