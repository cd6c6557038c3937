"""The comments a digest quotes."""

from datetime import UTC, datetime

from consult.feedback.queries.alerts import Words
from consult.feedback.telling_words import most_telling

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def said(*texts: str) -> list[Words]:
    return [Words(text, "fr", None, NOW) for text in texts]


def test_what_many_say_comes_first_then_something_else() -> None:
    comments = said(
        "Le code de validation n’arrive jamais par courriel",
        "Code de validation jamais reçu par courriel, découragé",
        "Le stationnement du bureau régional était fermé",
        "Stationnement fermé et bureau difficile à trouver",
        "Un code manque",
        "Rien à voir avec quoi que ce soit, azertyuiop",
    )
    chosen = [one.text for one in most_telling(comments, 3)]
    assert chosen[0] == "Le code de validation n’arrive jamais par courriel"
    assert "tationnement" in chosen[1]
    assert len(chosen) <= 3


def test_copies_are_quoted_once_and_long_ones_never() -> None:
    copies = said(*["Le code de validation n’arrive jamais"] * 5, "code de validation " * 40)
    assert len(most_telling(copies, 3)) == 1
    assert most_telling(said("court"), 3) == []
    assert most_telling([], 3) == []
