"""A small questionnaire whose answers are summed up in other ways than choices."""

from typing import Any

from tests.factories.questionnaires import _choice, _text


def sums() -> dict[str, Any]:
    """What results sum up in other ways: a matrix, a ranking, numbers, a consent."""
    choices = [_choice("good", "Bien", "Good"), _choice("bad", "Mal", "Bad")]
    questions = [
        {
            "name": "bus",
            "type": "matrix",
            "label": _text("Les autobus", "The buses"),
            "choices": choices,
            "rows": [_choice("price", "Le prix", "The price"), _choice("time", "L’heure", "Time")],
        },
        {
            "name": "first",
            "type": "ranking",
            "label": _text("Le plus important", "What matters most"),
            "places": 2,
            "choices": [
                _choice("price", "Le prix", "The price"),
                _choice("speed", "La vitesse", "Speed"),
                _choice("calm", "Le calme", "Quiet"),
            ],
        },
        {
            "name": "uses",
            "type": "several_choices",
            "label": _text("Pour aller où ?", "Where to?"),
            "choices": [
                _choice("work", "Au travail", "To work"),
                _choice("fun", "Ailleurs", "Out"),
            ],
        },
        {"name": "age", "type": "integer", "label": _text("Votre âge", "Your age")},
        {"name": "amount", "type": "decimal", "label": _text("Le montant", "The amount")},
        {"name": "agree", "type": "consent", "label": _text("D’accord", "I agree")},
        {"name": "region", "type": "region", "label": _text("Votre région", "Your region")},
    ]
    section = {"name": "all", "title": _text("Tout", "All"), "questions": questions}
    return {"title": _text("Les autobus", "The buses"), "sections": [section]}
