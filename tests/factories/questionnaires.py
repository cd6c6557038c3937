"""A small questionnaire of two pages, as a definition file holds it."""

import copy
from typing import Any

from tests.factories.every_type import every_type

__all__ = ["every_type", "trails"]


def _text(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


def _choice(name: str, fr: str, en: str) -> dict[str, Any]:
    return {"name": name, "label": _text(fr, en)}


_DEFINITION: dict[str, Any] = {
    "title": _text("Les sentiers", "The trails"),
    "sections": [
        {
            "name": "habits",
            "title": _text("Vos habitudes", "Your habits"),
            "intro": _text("Deux ou trois choses.", "Two or three things."),
            "questions": [
                {
                    "name": "often",
                    "type": "one_choice",
                    "label": _text("Marchez-vous souvent ?", "Do you often walk?"),
                    "hint": None,
                    "required": True,
                    "choices": [
                        _choice("never", "Jamais", "Never"),
                        _choice("sometimes", "Parfois", "Sometimes"),
                        _choice("daily", "Chaque jour", "Every day"),
                    ],
                },
                {
                    "name": "with_whom",
                    "type": "several_choices",
                    "label": _text("Avec qui ?", "With whom?"),
                    "hint": _text("Cochez tout ce qui s’applique.", "Check all that apply."),
                    "required": False,
                    "choices": [
                        _choice("alone", "Sans personne", "On my own"),
                        _choice("family", "En famille", "With family"),
                        _choice("dog", "Avec un chien", "With a dog"),
                    ],
                },
                {
                    "name": "favourite",
                    "type": "short_text",
                    "label": _text("Votre sentier préféré", "Your favourite trail"),
                    "hint": None,
                    "required": False,
                    "max_length": 40,
                },
            ],
        },
        {
            "name": "opinion",
            "title": _text("Votre opinion", "Your opinion"),
            "intro": None,
            "questions": [
                {
                    "name": "satisfaction",
                    "type": "scale",
                    "label": _text("Les sentiers vous plaisent-ils ?", "Do you like the trails?"),
                    "hint": None,
                    "required": True,
                    "low": _text("Pas du tout", "Not at all"),
                    "high": _text("Beaucoup", "Very much"),
                },
                {
                    "name": "change",
                    "type": "long_text",
                    "label": _text("Que faut-il changer ?", "What should change?"),
                    "hint": None,
                    "required": False,
                    "max_length": 60,
                },
                {
                    "name": "region",
                    "type": "region",
                    "label": _text("Votre région", "Your region"),
                    "hint": None,
                    "required": False,
                },
            ],
        },
    ],
}


def trails() -> dict[str, Any]:
    """A fresh copy, to change at will."""
    return copy.deepcopy(_DEFINITION)
