"""Words that many comments of the last days hold, and few did before."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consult.feedback.alerts.tails import expectation
from consult.feedback.alerts.terms import terms_of

#: Days in which a word may burst, and how many such periods before tell what is usual.
DAYS = 7
PERIODS = 8

#: So many comments of the last days hold a word, or it is not told: fewer people are no burst.
FEWEST = 5

#: So many comments before, or nothing is known of what is usual.
FEWEST_BEFORE = 30

#: The chance, over all words together, that one is told when nothing happened.
LEVEL = 0.002

#: At most so many words are told at once, the least probable first.
TOLD = 3

#: Two words whose comments are the same in this share (Jaccard) are one story.
SAME_STORY = 0.5


class Text(NamedTuple):
    """A comment: ``period`` is 0 for the last days, then 1, 2 … going back."""

    text: str
    lang: str
    period: int


@dataclass(frozen=True)
class WordBurst:
    """``count`` of ``comments`` in the last days hold ``term``; ``expected`` were to be.

    ``word`` is the term as people most often wrote it, ``also`` what the same comments say.
    ``chance`` is the probability of that many or more, times the number of terms tested.
    """

    term: str
    word: str
    count: int
    comments: int
    expected: float
    chance: float
    also: tuple[str, ...] = ()


def word_bursts(texts: Sequence[Text]) -> list[WordBurst]:
    """The bursts among ``texts``, the least probable first.

    Two comments of the same words are one: a copy is not another person. What counts is the share
    of comments that hold a term, so that a week with more comments is no burst of all its words.
    Each term is tested against the negative binomial law of ``tails``; Bonferroni correction by
    the number of terms that could have passed (Tarone, *Biometrics* 46 (1990) 515–522): those in
    ``FEWEST`` comments at least over all periods.
    """
    read = _Reading(texts)
    comments = read.totals[0]
    before = [read.totals[period] for period in range(1, PERIODS + 1)]
    if not comments or sum(before) < FEWEST_BEFORE:
        return []
    testable = [term for term, counts in read.counts.items() if counts.total() >= FEWEST]
    found = []
    for term in testable:
        counts = read.counts[term]
        if counts[0] < FEWEST:
            continue
        usual = [counts[period] for period in range(1, PERIODS + 1)]
        expected = expectation(usual, before, comments)
        chance = expected.at_least(counts[0]) * len(testable)
        if counts[0] > expected.mean and chance < LEVEL:
            word = read.written(term)
            found.append(WordBurst(term, word, counts[0], comments, expected.mean, chance))
    return _stories(found, read)[:TOLD]


class _Reading:
    """How many comments of each period hold each term, and which of the last days."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.totals: Counter[int] = Counter()
        self.counts: dict[str, Counter[int]] = defaultdict(Counter)
        self.holders: dict[str, set[int]] = defaultdict(set)
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        seen = set()
        for number, (text, lang, period) in enumerate(texts):
            copy = (" ".join(text.lower().split()), period)
            if period > PERIODS or copy in seen:
                continue
            seen.add(copy)
            self.totals[period] += 1
            for term, form in terms_of(text, lang).items():
                self.counts[term][period] += 1
                if period == 0:
                    self.holders[term].add(number)
                    self._forms[term][form] += 1

    def written(self, term: str) -> str:
        """The most frequent form of the last days; of two, the first in the alphabet."""
        return min(self._forms[term].items(), key=lambda pair: (-pair[1], pair[0]))[0]


def _stories(found: list[WordBurst], read: _Reading) -> list[WordBurst]:
    """One burst for the words that the same comments hold: the least probable leads."""
    stories: list[tuple[WordBurst, list[str]]] = []
    for burst in sorted(found, key=lambda one: (one.chance, " " in one.term, one.term)):
        holders = read.holders[burst.term]
        for lead, also in stories:
            others = read.holders[lead.term]
            inside = set(lead.term.split()) & set(burst.term.split())
            if inside or len(holders & others) >= SAME_STORY * len(holders | others):
                if not inside:
                    also.append(burst.word)
                break
        else:
            stories.append((burst, []))
    return [WordBurst(**{**vars(lead), "also": tuple(also[:3])}) for lead, also in stories]
