from consult.analysis.text.lemmas import Lemmatizer
from consult.analysis.text.tokens import BREAK, join_words, words


def lemmas(texts: list[str], lang: str) -> list[list[str]]:
    langs = [lang] * len(texts)
    found = Lemmatizer().fit(texts, langs).transform(texts, langs)
    return [[token.lemma for token in comment if token.lemma] for comment in found]


def test_elisions_are_words_and_phrases_are_put_back_as_written() -> None:
    found = words("Temps d’attente, puis-je appeler ?", "fr")
    assert found == ["Temps", "d'", "attente", BREAK, "puis", "appeler", BREAK]
    assert join_words(found[:3]) == "Temps d'attente"


def test_redaction_markers_and_numbers_are_not_words() -> None:
    assert [w for w in words("Call [téléphone/phone] at 10", "en") if w != BREAK] == ["Call", "at"]


def test_inflections_meet_in_one_lemma() -> None:
    assert lemmas(["les délais des demandes"], "fr") == [["délai", "demande"]]
    assert lemmas(["The nurses answered"], "en") == [["nurse", "answer"]]


def test_missing_accents_are_mended_by_what_others_write() -> None:
    assert lemmas(["les délais", "les delais"], "fr") == [["délai"], ["délai"]]


def test_capitals_of_place_and_shouting_are_lowered_but_not_names() -> None:
    texts = ["Formulaire perdu par Internet et la SAAQ", "TROP LONG FORMULAIRE"]
    first, second = Lemmatizer().fit(texts, ["fr"] * 2).transform(texts, ["fr"] * 2)
    assert [token.form for token in first if token.lemma][:1] == ["formulaire"]
    assert {"Internet", "SAAQ"} <= {token.form for token in first}
    assert [token.form for token in second] == ["trop", "long", "formulaire"]
