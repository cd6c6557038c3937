"""The bridge between the languages: French lemmas said with English ones."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Self

from sklearn.base import BaseEstimator

from consult.analysis.text.tokens import Texts, strip_accents

Pairs = Mapping[str, tuple[str, ...]]

#: Endings of words that French and English share, French first.
_KINSHIP = (
    ("té", "ty"), ("ique", "ic"), ("ique", "ical"), ("ie", "y"), ("eur", "or"), ("eur", "er"),
    ("aire", "ary"), ("ement", "ment"), ("if", "ive"), ("ance", "ence"), ("e", ""), ("er", "e"),
    ("er", "ate"), ("el", "al"), ("eux", "ous"), ("iste", "ist"), ("isme", "ism"), ("re", "er"),
    ("ien", "ian"), ("oire", "ory"), ("iser", "ize"), ("ifier", "ify"), ("er", ""), ("ogie", "ogy"),
)  # fmt: skip


@cache
def load_glossary() -> tuple[Pairs, Pairs]:
    """The glossary shipped with consult: French lemma to English lemmas, and the reverse.

    Both in the order of the file; a lemma may have several translations.
    """
    to_english: defaultdict[str, list[str]] = defaultdict(list)
    to_french: defaultdict[str, list[str]] = defaultdict(list)
    source = files(__package__).joinpath("glossary.csv")
    with source.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            fr, en = row["fr"].strip().lower(), row["en"].strip().lower()
            if fr and en:
                to_english[fr].append(en)
                to_french[en].append(fr)
    return _frozen(to_english), _frozen(to_french)


def _frozen(pairs: Mapping[str, Iterable[str]]) -> Pairs:
    return {word: tuple(dict.fromkeys(others)) for word, others in pairs.items()}


class Glosser(BaseEstimator):  # type: ignore[misc]
    """Gives a French and an English word of the same meaning one name, the concept.

    A French lemma takes, of its translations, the one English comments use most; a lemma the
    glossary lacks takes the English word of its family (``qualité``, ``quality``) when English
    comments use it, and otherwise stands for itself without accents.

    Learned: ``english_``, how often each English lemma occurs; ``concepts_``, what each French
    lemma met so far became.
    """

    def fit(self, lemmas: Sequence[Sequence[str]], langs: Texts) -> Self:
        self.english_: Counter[str] = Counter()
        for found, lang in zip(lemmas, langs, strict=True):
            if lang == "en":
                self.english_.update(found)
        self.concepts_: dict[str, str] = {}
        to_english, _ = load_glossary()
        plain = {strip_accents(word): english for word, english in to_english.items()}
        self.glossary_ = {**plain, **to_english}
        return self

    def transform(self, lemmas: Sequence[Sequence[str]], langs: Texts) -> list[list[str]]:
        """The concepts of each comment, in the order of its lemmas."""
        return [
            [self._concept(lemma) if lang == "fr" else strip_accents(lemma) for lemma in found]
            for found, lang in zip(lemmas, langs, strict=True)
        ]

    def _concept(self, lemma: str) -> str:
        if lemma not in self.concepts_:
            self.concepts_[lemma] = strip_accents(self._english(lemma))
        return self.concepts_[lemma]

    def _english(self, lemma: str) -> str:
        options = self.glossary_.get(lemma) or self.glossary_.get(strip_accents(lemma))
        if options:
            return max(options, key=lambda word: self.english_.get(word, 0))
        for kin in _kin(lemma):
            if kin in self.english_:
                return kin
        return lemma


def _kin(lemma: str) -> Iterable[str]:
    """English words that a French one would be spelled as, the nearest first."""
    yield strip_accents(lemma)
    for french, english in _KINSHIP:
        if lemma.endswith(french) and len(lemma) - len(french) > 3:
            yield strip_accents(lemma.removesuffix(french)) + english
