import numpy as np

from consult.analysis.text.glossary import Glossary
from consult.analysis.text.labels import ThemeLabeler
from consult.analysis.text.lemmas import Lemmatizer, Token

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
