"""Near copies share a band; others are told apart by what they have in common."""

import random

from consult.surveys.signals.texts import ALIKE, BANDS, bands, jaccard, plain, shingles

WORDS = "chemin arbre lac pont hiver famille banc sentier carte neige école parc rue vélo autobus"


def text(seed: int, length: int = 60) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS.split()) for _word in range(length))


def test_case_accents_and_punctuation_do_not_matter() -> None:
    assert plain("L’ÉTÉ,\n c’est  bien !") == plain("l'ete c'est bien") == "l ete c est bien"


def test_near_copies_nearly_always_share_a_band() -> None:
    found = alike = 0
    for seed in range(300):
        words = text(seed).split()
        changed = [*words[:30], "autrement", *words[31:]]
        one, other = shingles(plain(" ".join(words))), shingles(plain(" ".join(changed)))
        if jaccard(one, other) >= ALIKE:
            alike += 1
            found += any(a == b for a, b in zip(bands(one), bands(other), strict=True))
    assert alike > 200
    assert found / alike > 0.97


def test_the_same_text_shares_every_band_and_a_short_one_has_them_all() -> None:
    one = shingles(plain("Un sentier de plus, s’il vous plaît."))
    assert bands(one) == bands(frozenset(one))
    assert len(set(bands(shingles("abc")))) == BANDS


def test_the_index_is_the_share_of_runs_in_common() -> None:
    assert jaccard(frozenset("abc"), frozenset("bcd")) == 0.5
    assert jaccard(shingles("abcdefghi"), shingles("abcdefghi")) == 1
