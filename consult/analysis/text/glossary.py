"""The bridge between the languages: French words of public services said in English."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self, TypeVar

from sklearn.base import BaseEstimator

from consult.analysis.text.lemmas import content_lemmas
from consult.analysis.text.tokens import Texts, strip_accents, words

Item = TypeVar("Item")

#: The lemmas of a word or phrase.
Key = tuple[str, ...]

#: Endings of words that French and English share, French first.
_KINSHIP = (
    ("té", "ty"), ("ique", "ic"), ("ique", "ical"), ("ie", "y"), ("eur", "or"), ("eur", "er"),
    ("aire", "ary"), ("ement", "ment"), ("if", "ive"), ("ance", "ence"), ("e", ""), ("er", "e"),
    ("er", "ate"), ("el", "al"), ("eux", "ous"), ("iste", "ist"), ("isme", "ism"), ("re", "er"),
    ("ien", "ian"), ("oire", "ory"), ("iser", "ize"), ("ifier", "ify"), ("er", ""), ("ogie", "ogy"),
)  # fmt: skip
_LONGEST = 3  # words of substance in a phrase of the glossary


@dataclass(frozen=True)
class Glossary:
    """What each phrase of one language is in the other.

    ``concepts`` gives the lemmas in English of a French phrase, by its lemmas. ``english`` and
    ``french`` give the words to print for a French and for an English phrase, by its words as
    they stand in the glossary and by their lemmas; the commonest first, which are those that
    have the most meanings.
    """

    concepts: Mapping[Key, tuple[Key, ...]]
    english: Mapping[Key, tuple[str, ...]]
    french: Mapping[Key, tuple[str, ...]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """The glossary of (French, English) pairs; a phrase may stand in several."""
        concepts: defaultdict[Key, list[Key]] = defaultdict(list)
        known = list(pairs)
        for fr, en in known:
            source, target = content_lemmas(fr, "fr"), content_lemmas(en, "en")
            if source and target:
                concepts[source].append(target)
        turned = [(en, fr) for fr, en in known]
        return cls(_frozen(concepts), _printed(known, "fr"), _printed(turned, "en"))


def _printed(pairs: list[tuple[str, str]], lang: str) -> Mapping[Key, tuple[str, ...]]:
    """Translations to print of phrases of ``lang``; words as they stand come before lemmas."""
    meanings = Counter(target for _source, target in pairs)
    common = sorted(pairs, key=lambda pair: -meanings[pair[1]])
    printed: defaultdict[Key, list[str]] = defaultdict(list)
    for source, target in common:
        printed[tuple(words(source.lower(), lang))].append(target)
    for source, target in common:
        printed[content_lemmas(source, lang)].append(target)
    return _frozen(printed)


def _frozen(pairs: Mapping[Key, Iterable[Item]]) -> Mapping[Key, tuple[Item, ...]]:
    return {key: tuple(dict.fromkeys(items)) for key, items in pairs.items()}


@cache
def load_glossary() -> Glossary:
    """The glossary shipped with consult."""
    with files(__package__).joinpath("glossary.csv").open(encoding="utf-8") as lines:
        return Glossary.of((row["fr"].strip(), row["en"].strip()) for row in csv.DictReader(lines))


class Glosser(BaseEstimator):  # type: ignore[misc]
    """Gives a French and an English word of the same meaning one name, the concept.

    A French word or phrase takes, of its translations, the one English comments use most; a lemma
    the glossary lacks takes the English word of its family (``qualité``, ``quality``) when
    English comments use it, and otherwise stands for itself without accents.

    Args:
        glossary: the one shipped with consult when not given.

    Learned: ``english_``, how often each English lemma occurs; ``concepts_``, what each French
    phrase of the glossary becomes.
    """

    def __init__(self, glossary: Glossary | None = None) -> None:
        self.glossary = glossary

    def fit(self, lemmas: Sequence[Sequence[str]], langs: Texts) -> Self:
        self.english_: Counter[str] = Counter()
        for found, lang in zip(lemmas, langs, strict=True):
            if lang == "en":
                self.english_.update(found)
        known = (self.glossary or load_glossary()).concepts
        chosen = {key: max(options, key=self._use) for key, options in known.items()}
        plain = {tuple(map(strip_accents, key)): concept for key, concept in chosen.items()}
        self.concepts_ = {**plain, **chosen}
        return self

    def transform(self, lemmas: Sequence[Sequence[str]], langs: Texts) -> list[list[str]]:
        """The concepts of each comment, in the order of its lemmas, without accents."""
        return [
            [strip_accents(word) for word in (self._gloss(found) if lang == "fr" else found)]
            for found, lang in zip(lemmas, langs, strict=True)
        ]

    def _use(self, concept: Key) -> float:
        return min(self.english_.get(lemma, 0) for lemma in concept)

    def _gloss(self, lemmas: Sequence[str]) -> list[str]:
        """The longest phrases of the glossary first, from left to right."""
        concepts: list[str] = []
        start = 0
        while start < len(lemmas):
            for length in range(min(_LONGEST, len(lemmas) - start), 0, -1):
                concept = self.concepts_.get(tuple(lemmas[start : start + length]))
                if concept:
                    concepts.extend(concept)
                    break
            else:
                concepts.append(self._kin(lemmas[start]))
            start += length
        return concepts

    def _kin(self, lemma: str) -> str:
        return next((word for word in _family(lemma) if word in self.english_), lemma)


def _family(lemma: str) -> Iterable[str]:
    """English words that a French one would be spelled as, the nearest first."""
    yield strip_accents(lemma)
    for french, english in _KINSHIP:
        if lemma.endswith(french) and len(lemma) - len(french) > 3:
            yield strip_accents(lemma.removesuffix(french)) + english
