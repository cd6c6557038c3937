import numpy as np
import pandas as pd

from consult.analysis.text.glossary import Glossary
from consult.analysis.text.labels import ThemeLabeler
from consult.analysis.text.language import LanguageDetector
from consult.analysis.text.lemmas import Lemmatizer, Token
from consult.analysis.text.naming import LEAST_SURE, naming

FRENCH = [
    "Le temps d'attente est long", "Temps d'attente au téléphone", "Réduire le temps d'attente",
    "Le formulaire de demande est long", "Ce formulaire de demande plante",
    "Refaire le formulaire de demande",
]  # fmt: skip
ENGLISH = [
    "The waiting time is long", "Waiting time on the phone", "Reduce the waiting time",
    "The application form is long", "This application form crashes", "Redo the application form",
]  # fmt: skip
MAIN = np.array([0, 0, 0, 1, 1, 1])


def read(texts: list[str], langs: list[str]) -> list[list[Token]]:
    return Lemmatizer().fit(texts, langs).transform(texts, langs)


def test_labels_are_phrases_as_people_wrote_them() -> None:
    texts, langs = FRENCH + ENGLISH, ["fr"] * 6 + ["en"] * 6
    found = ThemeLabeler().fit(read(texts, langs), langs, np.tile(MAIN, 2)).labels_
    assert found[0]["fr"].startswith("Temps d'attente")
    assert found[1]["fr"].startswith("Formulaire de demande")
    assert found[0]["en"].startswith("Waiting time")
    assert found[1]["en"].startswith("Application form")


def test_labels_differ_even_when_the_comments_do_not() -> None:
    texts, langs = ["Le formulaire plante"] * 6, ["fr"] * 6
    found = ThemeLabeler().fit(read(texts, langs), langs, MAIN).labels_
    assert found[0]["fr"] != found[1]["fr"]
    assert found[0]["en"] != found[1]["en"]


def test_an_unheard_language_takes_the_glossary() -> None:
    glossary = Glossary.of([("comptoir", "counter"), ("personnel", "staff")])
    texts, langs = ["The counter"] * 3 + ["Your staff"] * 3, ["en"] * 6
    found = ThemeLabeler(glossary=glossary).fit(read(texts, langs), langs, MAIN).labels_
    assert [label["fr"] for label in found] == ["Comptoir", "Personnel"]


def test_negation_can_open_a_label() -> None:
    texts = ["Aucune réponse", "Je n'ai aucune réponse", "Toujours aucune réponse", *FRENCH[:3]]
    found = ThemeLabeler().fit(read(texts, ["fr"] * 6), ["fr"] * 6, MAIN).labels_
    assert found[0]["fr"] == "Aucune réponse"


def test_both_labels_of_a_theme_say_the_same() -> None:
    texts = [
        "Le code de vérification", "Pas de code de vérification", "Le formulaire", "Formulaire",
        "The verification code", "My verification code", "The form", "This form",
    ]  # fmt: skip
    langs, main = ["fr"] * 4 + ["en"] * 4, np.array([0, 0, 1, 1, 0, 0, 1, 1])
    found = ThemeLabeler().fit(read(texts, langs), langs, main).labels_
    assert found[0] == {"fr": "Code de vérification", "en": "Verification code"}


def test_what_one_person_wrote_and_vague_words_give_way() -> None:
    texts = [
        "Une heure au comptoir avec une licorne", "Le comptoir une heure", "Une heure au comptoir",
        "Le formulaire plante", "Un formulaire long", "Le formulaire bloque",
    ]  # fmt: skip
    found = ThemeLabeler().fit(read(texts, ["fr"] * 6), ["fr"] * 6, MAIN).labels_
    assert found[0]["fr"] == "Comptoir"
    assert found[1]["fr"] == "Formulaire"


def test_a_label_that_cannot_be_translated_stays_in_its_language() -> None:
    texts = ["Le gribouillon", "Un gribouillon", "Ce gribouillon", *FRENCH[3:]]
    found = ThemeLabeler().fit(read(texts, ["fr"] * 6), ["fr"] * 6, MAIN).labels_
    assert found[0] == {"fr": "Gribouillon"}


def test_sub_themes_are_named_apart_from_their_theme() -> None:
    parent = {"fr": "Temps d'attente", "en": "Waiting time"}
    texts = [
        "Temps d'attente au téléphone", "Le temps d'attente du téléphone", "Téléphone et attente",
        "Temps d'attente au comptoir", "Le temps d'attente du comptoir", "Comptoir et attente",
    ]  # fmt: skip
    found = ThemeLabeler(apart_from=parent).fit(read(texts, ["fr"] * 6), ["fr"] * 6, MAIN).labels_
    assert [label["fr"] for label in found] == ["Téléphone", "Comptoir"]
    assert [label["en"] for label in found] == ["Phone", "Counter"]


def test_key_phrases_are_heard_in_their_language_and_say_more_than_the_label() -> None:
    texts, langs = FRENCH + ENGLISH, ["fr"] * 6 + ["en"] * 6
    named = ThemeLabeler(phrases=3).fit(read(texts, langs), langs, np.tile(MAIN, 2))
    for label, phrases in zip(named.labels_, named.phrases_, strict=True):
        for lang, said in (("fr", FRENCH), ("en", ENGLISH)):
            everything = " / ".join(said).casefold()
            assert 0 < len(phrases[lang]) <= 3
            assert all(phrase.casefold() in everything for phrase in phrases[lang])
            assert label[lang].casefold() not in map(str.casefold, phrases[lang])


def test_a_theme_of_many_words_is_named_by_a_thing_in_both_languages(
    comments: pd.DataFrame, subjects: list[str]
) -> None:
    said = [row for row, subject in enumerate(subjects) if subject]
    texts = comments["text"].to_numpy(dtype=object)[said]
    langs = LanguageDetector().fit_predict(texts)
    names = list(dict.fromkeys(subjects[row] for row in said))
    main = np.array([names.index(subjects[row]) for row in said])
    tokens = read(list(texts), list(langs))
    first, again = (ThemeLabeler().fit(tokens, langs, main) for _ in range(2))
    assert first.labels_ == again.labels_
    assert first.phrases_ == again.phrases_
    for label, phrases in zip(first.labels_, first.phrases_, strict=True):
        assert set(label) == {"fr", "en"}
        assert all(naming(label[lang], lang, first.natures_) >= LEAST_SURE for lang in label)
        assert all(1 <= len(phrases[lang]) <= 6 for lang in phrases)
    by_name = dict(zip(names, first.labels_, strict=True))
    assert "attente" in by_name["waiting"]["fr"].lower()
    assert "wait" in by_name["waiting"]["en"].lower()
    assert "Formulaire" in by_name["form"]["fr"]
    assert "Stationnement" in by_name["parking"]["fr"]


def test_what_cannot_be_told_apart_from_its_theme_is_said_to_be_the_rest() -> None:
    texts, parent = ["Le formulaire"] * 6, {"fr": "Formulaire", "en": "Form"}
    found = ThemeLabeler(apart_from=parent).fit(read(texts, ["fr"] * 6), ["fr"] * 6, MAIN).labels_
    assert [label["fr"] for label in found] == ["Autres aspects", "Autres aspects, 2"]
    assert [label["en"] for label in found] == ["Other aspects", "Other aspects, 2"]
