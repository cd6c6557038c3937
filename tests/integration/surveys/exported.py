"""Reading exports back, and a questionnaire whose answers fill every kind of column."""

import csv
import io
from typing import Any

from werkzeug.test import TestResponse


def text(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


def choice(name: str, fr: str, en: str) -> dict[str, Any]:
    return {"name": name, "label": text(fr, en)}


BUS = choice("bus", "Autobus", "Bus")
BIKE = choice("bike", "Vélo", "Bicycle")
TRAIN = choice("train", "Train", "Train")


def getting_about() -> dict[str, Any]:
    """One question of each shape of answer, bilingual."""
    return {
        "title": text("Vos trajets", "Getting about"),
        "sections": [
            {
                "name": "trips",
                "title": text("Trajets", "Trips"),
                "questions": [
                    {
                        "name": "uses",
                        "type": "several_choices",
                        "label": text("Que prenez-vous ?", "What do you take?"),
                        "choices": [BUS, BIKE, TRAIN],
                    },
                    {
                        "name": "priorities",
                        "type": "ranking",
                        "label": text("Vos priorités", "Your priorities"),
                        "relevant": "count-selected(${uses}) > 0",
                        "places": 2,
                        "choices": [BUS, BIKE, TRAIN],
                    },
                    {
                        "name": "rate",
                        "type": "matrix",
                        "label": text("Vos trajets", "Your trips"),
                        "choices": [
                            choice("good", "Bons", "Good"),
                            choice("bad", "Mauvais", "Bad"),
                        ],
                        "rows": [
                            choice("price", "Prix", "Price"),
                            choice("speed", "Vitesse", "Speed"),
                        ],
                    },
                    {"name": "minutes", "type": "integer", "label": text("Minutes", "Minutes")},
                    {"name": "cost", "type": "decimal", "label": text("Coût", "Cost")},
                    {"name": "since", "type": "date", "label": text("Depuis", "Since")},
                    {"name": "leaves", "type": "time", "label": text("Départ", "Leaving")},
                    {
                        "name": "ease",
                        "type": "scale",
                        "label": text("Facile ?", "Easy?"),
                        "low": text("Non", "No"),
                        "high": text("Oui", "Yes"),
                    },
                    {"name": "region", "type": "region", "label": text("Région", "Region")},
                    {"name": "town", "type": "municipality", "label": text("Ville", "Town")},
                    {"name": "words", "type": "long_text", "label": text("Un mot ?", "A word?")},
                ],
            }
        ],
    }


ANSWERS: dict[str, Any] = {
    "uses": ["bus", "train"],
    "priorities": ["train", "bus"],
    "rate_price": "bad",
    "rate_speed": "good",
    "minutes": "-5",
    "cost": "-12,50",
    "since": "2024-02-29",
    "leaves": "7:05",
    "ease": "4",
    "region": "03",
    "town": "Québec",
    "words": '=cmd|" /C calc"!A0',
}


def table(answer: TestResponse | bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a CSV file by column."""
    content = answer if isinstance(answer, bytes) else answer.data
    lines = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(lines, delimiter=delimiter, strict=True))
