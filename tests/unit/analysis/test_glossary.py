import csv
from collections import Counter
from importlib.resources import files

import pytest

from consult.analysis.text.glossary import Glossary, Glosser, load_glossary
from consult.analysis.text.tokens import strip_accents

Row = list[str]

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


def test_the_usual_french_word_is_printed_though_a_rarer_one_would_do() -> None:
    pairs = [("boulot", "job"), ("emploi", "job")]
    assert Glossary.of(pairs).french[("job",)][0] == "boulot"
    assert Glossary.of(pairs, {("emploi", "job")}).french[("job",)][0] == "emploi"


def test_french_words_chosen_by_hand_stand_in_the_glossary_once(pairs: list[Row]) -> None:
    path = files("consult.analysis.text").joinpath("glossary_to_french.csv")
    with path.open(encoding="utf-8") as lines:
        chosen = list(csv.DictReader(lines))
    known = {tuple(row) for row in pairs}
    assert [row for row in chosen if (row["fr"], row["en"]) not in known] == []
    assert len({row["en"] for row in chosen}) == len(chosen)


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


@pytest.fixture(scope="module")
def table() -> list[Row]:
    path = files("consult.analysis.text").joinpath("glossary.csv")
    with path.open(encoding="utf-8") as lines:
        return list(csv.reader(lines))


@pytest.fixture(scope="module")
def pairs(table: list[Row]) -> list[Row]:
    return table[1:]


def test_the_header_names_both_languages(table: list[Row]) -> None:
    assert table[0] == ["fr", "en"]


def test_there_are_enough_pairs(pairs: list[Row]) -> None:
    assert len(pairs) >= 800


def test_every_row_is_a_pair_without_empty_cells(pairs: list[Row]) -> None:
    assert [row for row in pairs if len(row) != 2 or not all(row)] == []


def test_cells_are_lower_case_without_stray_spaces(pairs: list[Row]) -> None:
    assert [
        row for row in pairs if any(cell != " ".join(cell.lower().split()) for cell in row)
    ] == []


def test_no_row_stands_twice(pairs: list[Row]) -> None:
    counts = Counter(tuple(row) for row in pairs)
    assert [row for row, count in counts.items() if count > 1] == []


def test_rows_are_sorted_by_french_as_if_without_accents(pairs: list[Row]) -> None:
    keys = [(strip_accents(row[0]), row[0]) for row in pairs]
    assert keys == sorted(keys)
