"""A questionnaire with one question of every type, as a definition file holds it.

Three pages: 'you', 'rides' (skipped by who never rides: ``rides`` is 'no'), 'more' (which tells an
earlier answer).
"""

import copy
from typing import Any


def _text(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


def _choice(name: str, fr: str, en: str, **columns: str) -> dict[str, Any]:
    return {"name": name, "label": _text(fr, en), "columns": columns}


_YOU: dict[str, Any] = {
    "name": "you",
    "title": _text("Vous", "You"),
    "intro": _text("Quelques mots sur vous.", "A few words about you."),
    "questions": [
        {
            "name": "agreed",
            "type": "consent",
            "label": _text("J’accepte de participer.", "I agree to take part."),
            "required": True,
            "required_message": _text("Cochez pour continuer.", "Tick the box to go on."),
        },
        {
            "name": "rides",
            "type": "yes_no",
            "label": _text("Prenez-vous l’autobus ?", "Do you take the bus?"),
            "required": True,
        },
        {
            "name": "why_not",
            "type": "long_text",
            "label": _text("Qu’est-ce qui vous en empêche ?", "What keeps you from it?"),
            "relevant": "${rides} = 'no'",
            "max_length": 500,
        },
        {
            "name": "age",
            "type": "integer",
            "label": _text("Votre âge", "Your age"),
            "hint": _text("En années.", "In years."),
            "minimum": 0,
            "maximum": 120,
        },
        {"name": "region", "type": "region", "label": _text("Votre région", "Your region")},
        {
            "name": "town",
            "type": "municipality",
            "label": _text("Votre municipalité", "Your municipality"),
            "relevant": "${region} != ''",
        },
        {
            "name": "postal_code",
            "type": "postal_code",
            "label": _text("Votre code postal", "Your postal code"),
        },
        {"name": "source", "type": "hidden", "label": _text("Source", "Source"), "value": "web"},
    ],
}

_RIDES: dict[str, Any] = {
    "name": "rides_page",
    "title": _text("Vos trajets", "Your rides"),
    "intro": None,
    "relevant": "${rides} = 'yes'",
    "questions": [
        {
            "name": "reasons",
            "type": "several_choices",
            "label": _text("Où allez-vous en autobus ?", "Where do you go by bus?"),
            "required": True,
            "maximum": 3,
            "exclusive": "nowhere",
            "other": _text("Précisez", "Specify"),
            "choices": [
                _choice("work", "Au travail", "To work"),
                _choice("school", "À l’école", "To school"),
                _choice("shops", "Dans les commerces", "To the shops"),
                _choice("other", "Ailleurs", "Elsewhere"),
                _choice("nowhere", "Nulle part en particulier", "Nowhere in particular"),
            ],
        },
        {
            "name": "network",
            "type": "one_choice",
            "label": _text("Quel réseau ?", "Which network?"),
            "display": "list",
            "choices": [
                _choice("north", "Réseau Nord", "North network"),
                _choice("south", "Réseau Sud", "South network"),
            ],
        },
        {
            "name": "route",
            "type": "one_choice",
            "label": _text("Quelle ligne ?", "Which route?"),
            "relevant": "${network} != ''",
            "choice_filter": "network = ${network}",
            "choices": [
                _choice("n1", "Ligne 1", "Route 1", network="north"),
                _choice("n2", "Ligne 2", "Route 2", network="north"),
                _choice("s7", "Ligne 7", "Route 7", network="south"),
                _choice("s8", "Ligne 8", "Route 8", network="south"),
            ],
        },
        {
            "name": "per_week",
            "type": "decimal",
            "label": _text("Combien d’heures par semaine ?", "How many hours a week?"),
            "minimum": 0,
            "maximum": 168,
        },
        {
            "name": "last_ride",
            "type": "date",
            "label": _text("La date de votre dernier trajet", "The date of your last ride"),
            "constraint": ". <= today()",
            "constraint_message": _text("Cette date est à venir.", "That date is to come."),
        },
        {
            "name": "leaves_at",
            "type": "time",
            "label": _text("À quelle heure partez-vous ?", "What time do you leave?"),
        },
        {
            "name": "bus",
            "type": "matrix",
            "label": _text("Que pensez-vous de ceci ?", "What do you think of these?"),
            "rows": [
                _choice("price", "Le prix", "The price"),
                _choice("noise", "Le bruit", "Noise"),
            ],
            "choices": [
                _choice("bad", "Mauvais", "Bad"),
                _choice("fair", "Passable", "Fair"),
                _choice("good", "Bon", "Good"),
            ],
        },
        {
            "name": "first",
            "type": "ranking",
            "label": _text("Qu’améliorer d’abord ?", "What to improve first?"),
            "places": 2,
            "choices": [
                _choice("delays", "Les retards", "Delays"),
                _choice("shelters", "Les abribus", "Shelters"),
                _choice("fares", "Les tarifs", "Fares"),
            ],
        },
        {
            "name": "satisfaction",
            "type": "scale",
            "label": _text("Le service vous satisfait-il ?", "Are you satisfied with the service?"),
            "required": True,
            "low": _text("Pas du tout", "Not at all"),
            "high": _text("Tout à fait", "Completely"),
        },
        {
            "name": "score",
            "type": "calculated",
            "label": _text("Note sur 100", "Score out of 100"),
            "calculation": "(${satisfaction} - 1) * 25",
        },
    ],
}

_MORE: dict[str, Any] = {
    "name": "more",
    "title": _text("Pour finir", "To finish"),
    "intro": None,
    "questions": [
        {
            "name": "last_words",
            "type": "heading",
            "label": _text("Un mot de plus", "One last word"),
        },
        {
            "name": "thanks",
            "type": "note",
            "label": _text("Vous avez dit : ${score} sur 100.", "You said: ${score} out of 100."),
            "relevant": "${score} != ''",
        },
        {
            "name": "stop_name",
            "type": "short_text",
            "label": _text("L’arrêt le plus proche", "The nearest stop"),
            "max_length": 60,
        },
        {
            "name": "stop_problem",
            "type": "long_text",
            "label": _text(
                "Que faut-il changer à ${stop_name} ?", "What to change at ${stop_name}?"
            ),
            "relevant": "string-length(${stop_name}) > 0",
            "required_if": "${satisfaction} <= 2",
            "max_length": 1_000,
        },
        {
            "name": "picture",
            "type": "file",
            "label": _text("Une photo de l’arrêt", "A picture of the stop"),
            "accepts": ["image"],
        },
    ],
}


def every_type() -> dict[str, Any]:
    """A fresh copy, to change at will."""
    title = _text("L’autobus et vous", "The bus and you")
    return copy.deepcopy({"title": title, "sections": [_YOU, _RIDES, _MORE]})
