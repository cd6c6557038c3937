"""A questionnaire where answers bring and take away questions and pages."""

from typing import Any


def _text(fr: str, en: str) -> dict[str, str]:
    return {"fr": fr, "en": en}


def _question(name: str, kind: str, fr: str, en: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": _text(fr, en), **more}


def paths() -> dict[str, Any]:
    """Three pages: the bus, then only for those who take it the ride, then where from.

    The first brings ``why_not`` and a note when the bus is not taken; the last keeps the code of
    the link and works out a total.
    """
    bus = [
        _question("bus", "yes_no", "L’autobus ?", "Do you take the bus?", required=True),
        _question(
            "why_not",
            "short_text",
            "Pourquoi pas ?",
            "Why not?",
            relevant="${bus} = 'no'",
            required=True,
        ),
        _question("sorry", "note", "C’est noté.", "Noted.", relevant="${bus} = 'no'"),
    ]
    ride = [
        _question("rides", "integer", "Combien par semaine ?", "How many a week?", minimum=0),
        _question(
            "fare",
            "integer",
            "Combien de billets ?",
            "How many tickets?",
            constraint=". <= ${rides}",
            constraint_message=_text("Au plus un par trajet.", "At most one a ride."),
        ),
    ]
    about = [
        _question("town", "short_text", "D’où partez-vous ?", "Where do you start from?"),
        _question("place", "short_text", "Pourquoi ${town} ?", "Why ${town}?"),
        _question("source", "hidden", "Source", "Source", value="site"),
        _question("double", "calculated", "Double", "Double", calculation="${rides} * 2"),
    ]
    return {
        "title": _text("L’autobus", "The bus"),
        "sections": [
            {"name": "bus_page", "title": _text("L’autobus", "The bus"), "questions": bus},
            {
                "name": "ride_page",
                "title": _text("Vos trajets", "Your rides"),
                "relevant": "${bus} = 'yes'",
                "questions": ride,
            },
            {"name": "about_page", "title": _text("Vous", "You"), "questions": about},
        ],
    }


def with_file(**more: Any) -> dict[str, Any]:
    """One page with a file question that takes pictures and PDF of one megabyte, and a text."""
    plan = _question(
        "plan", "file", "Votre plan", "Your plan", accepts=["pdf", "image"], max_megabytes=1, **more
    )
    word = _question("word", "short_text", "Un mot", "A word")
    return {
        "title": _text("Plans", "Plans"),
        "sections": [
            {"name": "plans", "title": _text("Plans", "Plans"), "questions": [plan, word]}
        ],
    }
