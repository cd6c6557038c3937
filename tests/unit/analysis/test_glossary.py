from consult.analysis.text.glossary import Glossary, Glosser, load_glossary

PAIRS = Glossary.of(
    [
        ("délai", "deadline"), ("délai", "delay"), ("stationnement", "parking"),
        ("acte de naissance", "birth certificate"), ("cellulaire", "cell phone"),
    ]
)  # fmt: skip


def gloss(french: list[str], english: list[str]) -> list[str]:
    glosser = Glosser(PAIRS).fit([english], ["en"])
    return glosser.transform([french], ["fr"])[0]


def test_the_shipped_glossary_goes_both_ways() -> None:
    glossary = load_glossary()
    assert "form" in glossary.english[("formulaire",)]
    assert "formulaire" in glossary.french[("form",)]


def test_of_several_translations_the_one_english_comments_use() -> None:
    assert gloss(["délai"], ["delay", "delay", "deadline"]) == ["delay"]
    assert gloss(["délai"], []) == ["deadline"]


def test_a_lemma_without_accents_finds_its_translation() -> None:
    assert gloss(["delai"], []) == ["deadline"]


def test_phrases_go_as_a_whole() -> None:
    assert gloss(["demande", "acte", "naissance"], []) == ["demande", "birth", "certificate"]
    assert gloss(["cellulaire"], []) == ["cell", "phone"]


def test_kin_words_meet_when_english_comments_use_them() -> None:
    assert gloss(["qualité", "sécurité"], ["quality"]) == ["quality", "securite"]


def test_a_word_nobody_translates_stands_for_itself() -> None:
    assert gloss(["guichet"], ["form"]) == ["guichet"]
