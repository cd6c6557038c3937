"""Words of comments, in both languages."""

import pytest

from consult.feedback.alerts.terms import terms_of


@pytest.mark.parametrize(
    ("text", "lang", "terms"),
    [
        ("Le code n’est jamais arrivé.", "fr", {"code"}),
        ("L'application bloque", "fr", {"application", "bloquer", "application bloquer"}),
        ("Les délais, le delai !", "fr", {"delai"}),
        ("The codes never came", "en", {"code"}),
        ("Error page, then another page", "en", {"error", "page", "error page"}),
        ("Écrivez-moi à [courriel/email] ou [RAMQ] 418 555", "fr", {"ecrire"}),
        ("Rendez-vous impossible", "fr", {"rendez-vous", "impossible", "rendez-vous impossible"}),
        ("", "fr", set()),
        ("!!! 123 🙂", "en", set()),
    ],
)
def test_terms(text: str, lang: str, terms: set[str]) -> None:
    assert set(terms_of(text, lang)) == terms


def test_a_term_is_shown_as_it_was_written() -> None:
    assert terms_of("Des délais. Un délai.", "fr") == {"delai": "délais"}
