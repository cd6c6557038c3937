"""What is suspect in a piece of feedback, and what is not."""

import pytest

from consult.feedback import spam

LONG = "Le formulaire refuse ma pièce jointe et perd tout ce que j’ai écrit avant."


@pytest.mark.parametrize(
    ("comment", "website", "seconds", "repeats", "found"),
    [
        ("", None, None, 0, []),
        ("", None, 0.2, 0, []),  # a rating alone takes one press
        (LONG, "", 14.5, 1, []),
        (LONG, "   ", None, 0, []),
        (LONG, "https://example.com", 60, 0, ["honeypot"]),
        (LONG, None, 1.9, 0, ["fast"]),
        (LONG, None, 2.0, 0, []),
        (LONG, None, -5, 0, ["fast"]),
        (LONG, None, None, 2, ["repeated"]),
        (LONG, "x", 0, 9, ["honeypot", "fast", "repeated"]),
        ("https://example.com/a", None, None, 0, ["links"]),
        ("voir www.example.com", None, None, 0, ["links"]),
        (f"{LONG} https://example.com/a", None, None, 0, []),
        (f"{LONG} http://a.example http://b.example", None, None, 0, []),
        (f"{LONG} http://a.example http://b.example www.c.example", None, None, 0, ["links"]),
        ("Le lien sur la page est brisé : http://quebec.example/x", None, None, 0, []),
        ('<a href="x"> [url=y] [url=z]', None, None, 0, ["links"]),
    ],
)
def test_signals(
    comment: str, website: str | None, seconds: float | None, repeats: int, found: list[str]
) -> None:
    assert spam.signals(comment, website, seconds, repeats) == found


@pytest.mark.parametrize(
    "comment",
    ["", "RAS", "ok", "Rien à signaler", "Le site ne fonctionne pas.", "👍 👍", "1 2 3 4 5 6 7 8"],
)
def test_short_words_are_everyones_own(comment: str) -> None:
    assert spam.words_mark(comment) is None


def test_near_equal_words_share_a_mark() -> None:
    mark = spam.words_mark(LONG)
    assert mark is not None
    assert -(2**63) <= mark < 2**63
    for near in (
        LONG.upper(),
        f"  {LONG} !!! 42",
        LONG.replace("è", "e"),
        "Avant, j’ai écrit tout ce que le formulaire perd et refuse ma pièce jointe",
    ):
        assert spam.words_mark(near) == mark
    assert spam.words_mark(LONG.replace("formulaire", "site")) != mark
    assert spam.words_mark("شكرا جزيلا على هذه الخدمة الممتازة والسريعة جدا اليوم") is not None
