"""Campaigns: near copies of one text."""

import numpy as np

from consult.analysis.text.copies import NearCopies
from consult.analysis.text.voices import Voices

LETTER = (
    "Nous demandons au gouvernement de conserver le comptoir de service de notre village, "
    "car les aînés ne peuvent pas se rendre en ville en hiver"
)
COPIES = [
    LETTER,
    LETTER.replace("notre village", "Saint-Clément"),
    LETTER + " et les routes sont dangereuses",
    LETTER.upper(),
    LETTER.replace("Nous demandons", "Je demande").replace("en hiver", "l'hiver"),
]
OTHERS = [
    "Le comptoir ferme trop tôt et je ne peux pas m'y rendre après le travail",
    "Il faudrait garder les bureaux ouverts la fin de semaine pour les gens qui travaillent",
    "Très bien",
    "Très bien",
]


def test_the_copies_of_a_campaign_are_found_and_nothing_else() -> None:
    labels = NearCopies().fit([*OTHERS, *COPIES]).labels_
    assert labels.tolist() == [-1] * len(OTHERS) + [0] * len(COPIES)


def test_a_campaign_counts_once_and_short_words_of_praise_each() -> None:
    texts = np.array([*OTHERS, *COPIES, LETTER], dtype=object)
    langs = np.array(["fr"] * len(texts), dtype=object)
    voices = Voices.of(texts, langs, np.ones(len(texts), dtype=bool))
    assert voices.voice[: len(OTHERS)].tolist() == [1, 1, 1, 1]
    assert round(voices.voice[len(OTHERS) :].sum(), 9) == 1
    assert len(set(voices.campaign[len(OTHERS) :])) == 1
    assert len(voices.sayings) == 4
    drawn_together = voices.units()
    assert len(set(drawn_together)) == len(OTHERS) + 1


def test_the_commonest_wording_speaks_for_a_campaign() -> None:
    texts = np.array([COPIES[1], LETTER, LETTER, COPIES[2]], dtype=object)
    voices = Voices.of(texts, np.array(["fr"] * 4, dtype=object), np.ones(4, dtype=bool))
    assert voices.texts[voices.sayings].tolist() == [LETTER]


def test_the_same_text_sent_again_is_a_copy_of_itself() -> None:
    texts = np.array([LETTER, LETTER, OTHERS[0]], dtype=object)
    voices = Voices.of(texts, np.array(["fr"] * 3, dtype=object), np.ones(3, dtype=bool))
    assert voices.campaign.tolist() == [1, 1, 0]
