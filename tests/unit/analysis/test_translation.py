import pytest

from consult.analysis.text.glossary import Glossary, load_glossary
from consult.analysis.text.translation import translate_phrase

PAIRS = Glossary.of(
    [
        ("attendre", "wait"), ("attente", "waiting"), ("temps", "time"), ("heure", "hour"),
        ("ouverture", "opening"), ("formulaire", "form"), ("personnel", "staff"),
        ("aimable", "friendly"), ("acte de naissance", "birth certificate"), ("réponse", "answer"),
        ("médecin", "doctor"), ("téléphone", "phone"),
    ]
)  # fmt: skip
NOUNS = {("en", "wait"): 0.5, ("en", "time"): 0.6, ("en", "staff"): 0.7, ("en", "friendly"): 0.01}


@pytest.mark.parametrize(
    ("text", "lang", "other"),
    [
        ("acte de naissance", "fr", "birth certificate"),
        ("heure d'ouverture", "fr", "opening hour"),
        ("aucune réponse", "fr", "no answer"),
        ("médecin et personnel", "fr", "doctor and staff"),
        ("waiting time", "en", "temps d'attente"),
        ("friendly staff", "en", "personnel aimable"),
        ("birth certificate", "en", "acte de naissance"),
        ("staff and doctor", "en", "personnel et médecin"),
        ("no answer", "en", "pas de réponse"),
        ("no waiting", "en", "pas d'attente"),
        ("phone", "en", "téléphone"),
    ],
)
def test_phrases_turn_round(text: str, lang: str, other: str) -> None:
    assert translate_phrase(text, lang, PAIRS, NOUNS) == other


def test_a_word_that_is_not_in_the_glossary_leaves_the_phrase_alone() -> None:
    assert translate_phrase("guichet unique", "fr", PAIRS, NOUNS) is None


def test_a_turn_of_phrase_is_not_forced() -> None:
    assert translate_phrase("formulaire à attendre", "fr", PAIRS, NOUNS) is None
    assert translate_phrase("friendly with the staff", "en", PAIRS, NOUNS) is None


def test_an_adjective_that_would_have_to_agree_is_not_forced() -> None:
    glossary = Glossary.of([("équipe", "team"), ("excellent", "excellent")])
    assert translate_phrase("excellent team", "en", glossary, {("en", "excellent"): 0.01}) is None


@pytest.mark.parametrize(
    ("text", "lang", "other"),
    [
        ("pistes cyclables", "fr", "bike paths"),
        ("consulat de France", "fr", "consulate of France"),
        ("session expirée", "fr", "expired session"),
        ("service de garde d'urgence", "fr", "emergency daycare"),
        ("France Connect", "fr", "France Connect"),
        ("nurses", "en", "infirmiers"),
        ("environmental impact", "en", "impact environnemental"),
    ],
)
def test_number_names_and_agreement_are_kept(text: str, lang: str, other: str) -> None:
    assert translate_phrase(text, lang, load_glossary(), {}) == other
