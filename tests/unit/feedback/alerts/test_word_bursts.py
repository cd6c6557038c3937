"""A word that bursts is told; chance is not."""

from itertools import count, islice

import numpy as np
import pytest

from consult.feedback.alerts import word_bursts as bursts
from consult.feedback.alerts.word_bursts import Text, word_bursts

#: Words that say something and that no dictionary changes.
WORDS = [
    f"{first}{second}{third}x" for first in "bdfglmp" for second in "aeou" for third in "bdfglm"
]
numbers = count()


def usual(per_period: int, seed: int = 1) -> list[Text]:
    """Comments of nine periods, each of words drawn as words of a language are (Zipf)."""
    random = np.random.default_rng(seed)
    chances = 1 / np.arange(1, len(WORDS) + 1)
    chances /= chances.sum()
    return [
        Text(" ".join(random.choice(WORDS, 6, p=chances)), "fr", period)
        for period in range(bursts.PERIODS + 1)
        for _ in range(random.poisson(per_period))
    ]


def saying(words: str, number: int, lang: str = "fr", period: int = 0) -> list[Text]:
    """``number`` people who say ``words``, each in a comment of their own."""
    return [Text(f"{WORDS[next(numbers) % 150]}, {words}", lang, period) for _ in range(number)]


def test_an_outage_shows_with_how_many_were_to_be_expected() -> None:
    texts = usual(60) + saying("le code n’arrive pas", 8) + saying("no code received", 2, "en")
    texts += [text for period in range(1, 6) for text in saying("un code", 1, period=period)]
    (found,) = word_bursts(texts)
    assert (found.term, found.word, found.count) == ("code", "code", 10)
    assert found.expected == pytest.approx(5.5 / 8, rel=0.2)
    assert found.chance < bursts.LEVEL


def test_what_was_always_said_is_no_burst() -> None:
    assert word_bursts(usual(60) + [t for p in range(9) for t in saying("code", 9, period=p)]) == []


def test_a_week_with_three_times_as_many_comments_is_no_burst_of_all_words() -> None:
    texts = usual(60)
    texts += [Text(f"{t.text} {t.text}", "fr", 0) for t in usual(60, seed=2) if t.period in (1, 2)]
    assert word_bursts(texts) == []


def test_copies_of_one_comment_are_one_comment() -> None:
    assert word_bursts([*usual(60), *[Text("Le code manque", "fr", 0)] * 40]) == []


def test_words_that_go_together_are_one_story() -> None:
    texts = usual(60) + saying("code de validation expiré", 12) + saying("stationnement fermé", 9)
    first, second = word_bursts(texts)
    assert {first.word, *first.also} >= {"code", "validation"}
    assert {second.word, *second.also} & {"stationnement", "fermé"}


@pytest.mark.parametrize(("before", "now"), [(0, 20), (3, 20), (60, 0)])
def test_too_little_is_known(before: int, now: int) -> None:
    assert word_bursts(usual(before)[:20] + saying("code", now)) == []
    assert word_bursts([]) == []


def test_four_people_are_no_burst() -> None:
    texts = [t for t in usual(60) if t.period]
    assert word_bursts(texts + saying("code", 4)) == []
    assert word_bursts(texts + saying("code", 6)) != []


def test_false_alarms_are_rare(monkeypatch: pytest.MonkeyPatch) -> None:
    """30 weeks of nothing but chance, words clumped from week to week: one alarm at most.

    Looked at every day, with 30 and 150 comments a week, 3 false alarms came in 8 simulated years.
    """
    monkeypatch.setattr(bursts, "terms_of", lambda text, _lang: {w: w for w in text.split()})
    random = np.random.default_rng(4)
    names = [f"w{number}" for number in range(1_000)]
    chances = 1 / np.arange(1, 1_001)
    weeks = []
    for _ in range(38):
        clumped = chances * random.gamma(5, 1 / 5, 1_000)
        lengths = 1 + random.poisson(9, random.poisson(60))
        drawn = iter(random.choice(names, lengths.sum(), p=clumped / clumped.sum()))
        weeks.append([" ".join(islice(drawn, int(length))) for length in lengths])
    alarms = sum(
        len(word_bursts([Text(t, "fr", ago) for ago in range(9) for t in weeks[week - ago]]))
        for week in range(8, 38)
    )
    assert alarms <= 1
