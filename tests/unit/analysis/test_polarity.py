import math

import pytest
from sklearn.base import clone

from consult.analysis.text.polarity import PolarityScorer
from consult.analysis.text.polarity.lexicon import lexicon, parsed

SCORER = PolarityScorer()


def score(text: str, lang: str, rating: float | None = None) -> float:
    return SCORER.explain(text, lang, rating).polarity.score


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_lexicon_is_large_and_reads_whole(lang: str) -> None:
    entries = lexicon(lang).entries
    assert len(entries) > 1500
    assert {entry.kind for entry in entries} >= {"opinion", "not", "more", "less", "but", "wish"}
    assert all(abs(entry.strength) <= 2 for entry in entries)


@pytest.mark.parametrize("text", ["1 | bon, bon", "1 bon", "fort | bon", "1 | ,"])
def test_a_wrong_line_of_a_lexicon_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        list(parsed(text))


@pytest.mark.parametrize(
    ("lang", "better", "worse"),
    [
        ("fr", "Le personnel est aimable", "Le personnel n'est pas aimable"),
        ("fr", "Ça marche", "Ça marche pas"),
        ("fr", "Aucun problème", "Un problème"),
        ("fr", "Sans aucune attente", "Une attente"),
        ("fr", "C'est très clair", "C'est clair"),
        ("fr", "C'est un peu long", "C'est vraiment long"),
        ("fr", "Site lent mais personnel aimable", "Personnel aimable mais site lent"),
        ("fr", "Le formulaire est clair", "Il faudrait un formulaire clair"),
        ("fr", "Le site est simple", "Le site est-il simple ?"),
        ("fr", "Excellent!", "Excellent"),
        ("fr", "Jamais eu de souci", "Un souci"),
        ("fr", "Note : 9/10", "Note : 2/10"),
        ("en", "The staff were helpful", "The staff weren't helpful"),
        ("en", "No problem", "A problem"),
        ("en", "It never fails", "It fails"),
        ("en", "Very friendly staff", "Friendly staff"),
        ("en", "Slightly slow", "Really slow"),
        ("en", "Slow site but friendly staff", "Friendly staff but slow site"),
        ("en", "The form is clear", "The form should be clear"),
        ("en", "Could not have been more helpful", "Could have been more helpful"),
        ("en", "Nothing excellent service", "Nothing works"),
        ("en", "👍", "👎"),
    ],
)
def test_what_stands_near_a_word_changes_its_weight(lang: str, better: str, worse: str) -> None:
    assert score(better, lang) > score(worse, lang)


@pytest.mark.parametrize(
    ("lang", "text", "sign"),
    [
        ("fr", "Personnel agreable et tres accueillant", 1),
        ("fr", "Acceuillant, sympatique", 1),
        ("fr", "trèèès bonnn accueil", 1),
        ("fr", "Le site ne fonctionne jamais, c'est décourageant", -1),
        ("fr", "Je n'arrive pas à joindre quelqu'un, inadmissible", -1),
        ("fr", "J'ai déposé une plainte au poste", 0),
        ("fr", "RAS", 0),
        ("fr", "", 0),
        ("en", "Freindly and profesional", 1),
        ("en", "It doesnt work, what a waste of time", -1),
        ("en", "I went to the office on Monday", 0),
        ("en", "N/A", 0),
    ],
)
def test_classes(lang: str, text: str, sign: int) -> None:
    assert SCORER.predict([text], [lang]).tolist() == [sign]


def test_a_segment_of_a_rated_comment_may_lean_the_other_way() -> None:
    text = "Le personnel est très aimable, mais le site plante. J'y suis allé mardi."
    scorer = PolarityScorer(scale=(1, 5))
    [found] = scorer.transform([text], ["fr"], [1.0])
    assert [segment.sign for segment in found.segments] == [1, -1, -1]
    assert found.segments[2].score == -1  # without a telling word, that of the rating
    assert found.sign == -1


def test_ratings_are_read_on_their_own_scale() -> None:
    scorer = PolarityScorer().fit(["a"] * 3, ["en"] * 3, [0, 10, math.nan])
    assert scorer.scale_ == (0, 10)
    found = scorer.transform(["Monday"] * 3, ["en"] * 3, [0, 5, math.nan])
    assert [comment.score for comment in found] == [-1, 0, 0]


def test_a_person_can_work_the_score_out_again() -> None:
    text = "Pas très clair, mais le personnel est vraiment aimable!"
    told = PolarityScorer(scale=(1, 5)).explain(text, "fr", 4)
    assert [(text[cue.start : cue.end], cue.by) for cue in told.cues] == [
        ("clair", ("pas très", "mais", "!")),
        ("aimable", ("vraiment", "mais", "!")),
    ]
    good = sum(cue.weight for cue in told.cues if cue.weight > 0)
    bad = -sum(cue.weight for cue in told.cues if cue.weight < 0)
    again = (told.prior * told.rating + good - bad) / (told.prior + good + bad)
    assert told.polarity.score == pytest.approx(again, abs=1e-4)
    assert [text[s.start : s.end] for s in told.polarity.segments] == [
        "Pas très clair,",
        "mais le personnel est vraiment aimable!",
    ]


def test_the_scorer_keeps_the_estimator_contract() -> None:
    assert clone(PolarityScorer(prior=2.0)).prior == 2.0
