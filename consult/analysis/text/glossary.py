"""The bridge between the languages: French words of public services said in English."""

import csv
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
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
INFINITIVES = ("er", "ir", "re")
_LONGEST = 3  # words of substance in a phrase of a lexicon


@dataclass(frozen=True)
class Glossary:
    """What each phrase of one language is in the other.

    ``concepts`` gives the lemmas in English of a French phrase, by its lemmas. ``english`` and
    ``french`` give the words to print for a French and for an English phrase, by its words as
    they stand in the glossary and by their lemmas, the best first: English ones in the order of
    the glossary; French ones first those chosen by hand, then by how high they rank the English
    one, then single words before phrases, nouns before verbs, and short words, which may be
    abbreviations, last.
    """

    concepts: Mapping[Key, tuple[Key, ...]]
    english: Mapping[Key, tuple[str, ...]]
    french: Mapping[Key, tuple[str, ...]]

    @cached_property
    def plain_keys(self) -> list[Key]:
        """The keys of ``concepts`` without accents, in the same order."""
        return [tuple(map(strip_accents, key)) for key in self.concepts]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], chosen: Collection[tuple[str, str]] = ()) -> Self:
        """The glossary of (French, English) pairs; a phrase may stand in several.

        ``chosen``: the pairs whose French is the one to print for their English, where several
        words would do and the usual one must not lose to a rarer one.
        """
        known = [(fr, en, content_lemmas(fr, "fr"), content_lemmas(en, "en")) for fr, en in pairs]
        known = [pair for pair in known if pair[2] and pair[3]]
        place: Counter[str] = Counter()
        ranked = []
        for fr, en, _source, target in known:
            verb = fr.endswith(INFINITIVES)
            rank = ((fr, en) not in chosen, place[fr], fr.count(" "), verb, -min(len(fr), 6))
            ranked.append((rank, fr, en, target))
            place[fr] += 1
        ranked.sort(key=lambda pair: pair[0])
        return cls(
            _listed((source, target) for _fr, _en, source, target in known),
            _listed(
                [(tuple(words(fr, "fr")), en) for fr, en, _source, _target in known]
                + [(source, en) for _fr, en, source, _target in known]
            ),
            _listed(
                [(tuple(words(en, "en")), fr) for _rank, fr, en, _target in ranked]
                + [(target, fr) for _rank, fr, _en, target in ranked]
            ),
        )


def _listed(pairs: Iterable[tuple[Key, Item]]) -> Mapping[Key, tuple[Item, ...]]:
    """What each key is paired with, in order, each once."""
    listed: defaultdict[Key, dict[Item, None]] = defaultdict(dict)
    for key, item in pairs:
        listed[key][item] = None
    return {key: tuple(items) for key, items in listed.items()}


@cache
def load_glossary() -> Glossary:
    """The glossary shipped with consult."""
    return Glossary.of(_pairs("glossary.csv"), frozenset(_pairs("glossary_to_french.csv")))


def _pairs(name: str) -> list[tuple[str, str]]:
    """The (French, English) pairs of a file of this package."""
    with files(__package__).joinpath(name).open(encoding="utf-8") as lines:
        return [(row["fr"].strip(), row["en"].strip()) for row in csv.DictReader(lines)]


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
        english: Counter[str] = Counter()
        for found, lang in zip(lemmas, langs, strict=True):
            if lang == "en":
                english.update(found)
        return self.learned_from(english)

    def learned_from(self, english: Mapping[str, int]) -> Self:
        """The same as ``fit``, from how often each English lemma occurs."""
        self.english_ = Counter(english)
        glossary = self.glossary or load_glossary()
        chosen = {
            key: options[0] if len(options) == 1 else max(options, key=self._use)
            for key, options in glossary.concepts.items()
        }
        plain = zip(glossary.plain_keys, chosen.values(), strict=True)
        self.concepts_ = {**dict(plain), **chosen}
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
        concepts: list[str] = []
        for key, concept in known_phrases(lemmas, self.concepts_):
            concepts.extend(concept or (self._kin(key[0]),))
        return concepts

    def _kin(self, lemma: str) -> str:
        return next((word for word in _family(lemma) if word in self.english_), lemma)


def known_phrases(
    found: Sequence[str], known: Mapping[Key, Item]
) -> Iterator[tuple[Key, Item | None]]:
    """``found`` cut into the phrases that ``known`` holds, and what it holds for each.

    From left to right, the longest first; a word that is in none comes alone, with None.
    """
    start, size = 0, len(found)
    while start < size:
        key: Key = (found[start],)
        for length in range(min(_LONGEST, size - start), 1, -1):
            longer = tuple(found[start : start + length])
            if longer in known:
                key = longer
                break
        yield key, known.get(key)
        start += len(key)


def _family(lemma: str) -> Iterable[str]:
    """English words that a French one would be spelled as, the nearest first."""
    yield strip_accents(lemma)
    for french, english in _KINSHIP:
        if lemma.endswith(french) and len(lemma) - len(french) > 3:
            yield strip_accents(lemma.removesuffix(french)) + english
