"""What names something, what is mended and what agrees: by rules, with no model."""

import pytest

from consult.analysis.text.inflection import agreed, is_plural, plural_phrase
from consult.analysis.text.lemmas import Lemmatizer, Token
from consult.analysis.text.naming import LEAST_SURE, naming
from consult.analysis.text.parts_of_speech import is_infinitive, natures
from consult.analysis.text.spelling import Spelling

SAID = [
    ("fr", "Le formulaire est long. Remplir le formulaire, remplir un formulaire en ligne."),
    ("fr", "Ma soeur appelait le bureau. Une demande de permis, la session a expiré."),
    ("fr", "Le délai de traitement est très long, les réponses sont rapides. Une réponse rapide."),
    ("en", "The booking system is slow. I waited an hour, we want to renew the permit."),
    ("en", "A verification code, the staff are helpful. It was very helpful and quick."),
]
LANGS = [lang for lang, _text in SAID]
TEXTS = [text for _lang, text in SAID]
TOKENS = Lemmatizer().fit(TEXTS, LANGS).transform(TEXTS, LANGS)
NATURES = natures(zip(TOKENS, LANGS, strict=True))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("délai de traitement", "fr"), ("formulaire", "fr"), ("réponse rapide", "fr"),
        ("aucune réponse", "fr"), ("formulaire à remplir", "fr"), ("session expirée", "fr"),
        ("transports en commun", "fr"), ("booking system", "en"), ("verification code", "en"),
        ("helpful staff", "en"), ("no permit", "en"),
    ],
)  # fmt: skip
def test_a_noun_with_what_qualifies_it_names_something(text: str, lang: str) -> None:
    assert naming(text, lang, NATURES) >= LEAST_SURE


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("remplir", "fr"), ("appelait", "fr"), ("remplir le formulaire", "fr"), ("rapide", "fr"),
        ("formulaire et remplir", "fr"), ("pas rapide", "fr"), ("formulaire la session", "fr"),
        ("waited", "en"), ("renew", "en"), ("renew permit", "en"), ("helpful", "en"),
        ("not clear", "en"), ("quickly", "en"),
    ],
)  # fmt: skip
def test_verbs_adjectives_and_pieces_of_sentences_name_nothing(text: str, lang: str) -> None:
    assert naming(text, lang, NATURES) < LEAST_SURE


@pytest.mark.parametrize("word", ["remplir", "appeler", "attendre", "renouveler", "recevoir"])
def test_infinitives_are_told_by_their_conjugation(word: str) -> None:
    assert is_infinitive(word)


@pytest.mark.parametrize("word", ["dossier", "centre", "formulaire", "mer", "comptoir", "avenir"])
def test_nouns_that_end_like_infinitives_are_not_taken_for_verbs(word: str) -> None:
    assert not is_infinitive(word)


def test_accents_and_short_forms_are_mended_where_no_doubt_is_left() -> None:
    texts = ["Ma reponse", "Aucune reponse", "Une réponse du bureau"]
    spelling = Spelling(
        Lemmatizer().fit(texts, ["fr"] * 3).transform(texts, ["fr"] * 3), ["fr"] * 3
    )
    assert spelling.mended("aucune reponse", "fr") == "aucune réponse"
    assert spelling.mended("delai de reservation", "fr") == "délai de réservation"
    assert spelling.mended("prise de RDV", "fr") == "prise de rendez-vous"
    assert spelling.mended("cote du bureau", "fr") == "cote du bureau"
    assert Spelling(*_read("Le permis est dû")).mended("coût du permis", "fr") == "coût du permis"


def _read(text: str) -> tuple[list[list[Token]], list[str]]:
    return Lemmatizer().fit([text], ["fr"]).transform([text], ["fr"]), ["fr"]


def test_plurals_and_agreement() -> None:
    assert plural_phrase("carte bancaire de crédit", "fr") == "cartes bancaires de crédit"
    assert plural_phrase("trail permit", "en") == "trail permits"
    assert plural_phrase("care staff", "en") == "care staff"
    assert [agreed(word, "santé") for word in ("mental", "rapide")] == [None, "rapide"]
    assert agreed("environnemental", "gestion") == "environnementale"
    assert is_plural("infirmières", "fr")
    assert not is_plural("permis", "fr")
