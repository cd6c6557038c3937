"""Names of themes, in both languages, in the citizens' own words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator

from consult.analysis.text.glossary import Glossary, Glosser, load_glossary
from consult.analysis.text.lemmas import Token
from consult.analysis.text.phrases import Key, PhraseCounts, is_verb, nounness
from consult.analysis.text.stopwords import NEGATIONS, VAGUE
from consult.analysis.text.tokens import Texts
from consult.analysis.text.translation import translate_phrase

LANGUAGES = ("fr", "en")
AND = {"fr": " et ", "en": " and "}
#: What a phrase means, whatever its language and the order of its words.
Concept = frozenset[str]
Nouns = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Term:
    """A phrase that could name a theme: its meaning, its words per language, how telling it is.

    ``words`` lacks a language that neither the comments nor the glossary can say it in.
    """

    concept: Concept
    words: Mapping[str, str]
    score: float


class ThemeLabeler(BaseEstimator):  # type: ignore[misc]
    """Names each theme by what its comments say and the others do not.

    A phrase counts with its equals of the other language (``code de vérification``,
    ``verification code``), so both labels of a theme say the same. Phrases are weighed by
    class-based TF-IDF: the share of the theme's comments that hold one times the logarithm of
    how much commoner it is there than elsewhere. Phrases of two or three words and nouns count
    for more, since they read better; what one person alone wrote, what is hardly commoner than
    elsewhere and vague words by themselves count only when there is nothing else. A language the
    phrase was not heard in takes it through the glossary.

    Learned: ``labels_``, one dict per theme with 'fr' and 'en', distinct within each language; a
    language that the label cannot be said in is left out.
    """

    def __init__(self, terms: int = 12, glossary: Glossary | None = None) -> None:
        self.terms = terms
        self.glossary = glossary

    def fit(self, tokens: Sequence[Sequence[Token]], langs: Texts, main: np.ndarray) -> Self:
        themes = int(main.max(initial=-1)) + 1
        said = _Said(tokens, langs, main, self.glossary or load_glossary())
        terms = [said.terms(theme, self.terms) for theme in range(themes)]
        order = np.argsort([-size for size in said.sizes], kind="stable")
        self.labels_ = _distinct(terms, order)
        return self


class _Said:
    """What was said in each theme, counted by meaning; ``sizes`` is the comments of each."""

    def __init__(
        self, tokens: Sequence[Sequence[Token]], langs: Texts, main: np.ndarray, glossary: Glossary
    ) -> None:
        lemmas = [[token.lemma for token in comment if token.lemma] for comment in tokens]
        self._glosser = Glosser(glossary).fit(lemmas, langs)
        self._glossary = glossary
        self._nouns = nounness(zip(tokens, langs, strict=True))
        themes = int(main.max(initial=-1)) + 1
        self._phrases = {lang: [PhraseCounts() for _ in range(themes)] for lang in LANGUAGES}
        for comment, lang, theme in zip(tokens, langs, main, strict=True):
            if theme >= 0:
                self._phrases[lang][theme].add(comment, lang)
        self.sizes = [
            sum(self._phrases[lang][theme].comments for lang in LANGUAGES)
            for theme in range(themes)
        ]
        self._forget_rare()
        self._keys = self._keys_by_concept()
        self._everywhere: Counter[Concept] = Counter()
        for theme in range(themes):
            self._everywhere.update(self._counts(theme))

    def _forget_rare(self) -> None:
        """Lets go of what fewer than one in 200 wrote in every theme: too rare for a title."""
        for themes in self._phrases.values():
            kept = {
                key
                for theme, size in zip(themes, self.sizes, strict=True)
                for key, count in theme.found.items()
                if count >= 0.005 * size
            }
            for theme in themes:
                theme.found = Counter({k: n for k, n in theme.found.items() if k in kept})

    def _keys_by_concept(self) -> dict[str, dict[Key, Concept]]:
        meanings: dict[str, dict[Key, Concept]] = {}
        for lang in LANGUAGES:
            keys = list(dict.fromkeys(key for theme in self._phrases[lang] for key in theme.found))
            found = self._glosser.transform(keys, [lang] * len(keys))
            meanings[lang] = {
                key: frozenset(["no", *concept[1:]] if key[0] in NEGATIONS[lang] else concept)
                for key, concept in zip(keys, found, strict=True)
            }
        return meanings

    def _counts(self, theme: int) -> Counter[Concept]:
        """In how many comments of ``theme`` each meaning is heard (its commonest wording)."""
        counts: Counter[Concept] = Counter()
        for lang in LANGUAGES:
            most: Counter[Concept] = Counter()
            for key, count in self._phrases[lang][theme].found.items():
                concept = self._keys[lang][key]
                most[concept] = max(most[concept], count)
            counts.update(most)
        return counts

    def terms(self, theme: int, most: int) -> list[Term]:
        """The most telling terms of ``theme``, the best first."""
        size, total = self.sizes[theme], sum(self.sizes)
        counts = self._counts(theme)
        scored = []
        for concept, inside in counts.items():
            outside = (self._everywhere[concept] - inside + 0.5) / (total - size + 1)
            lift = float(np.log((inside / size) / outside)) if size < total else 1.0
            if lift > 0.2:
                scored.append((inside / size * min(lift, 3.0), sorted(concept), inside, lift))
        scored.sort(key=lambda line: (-line[0] * min(len(line[1]), 2), line[1]))
        keys = self._wordings(theme)
        found = [
            self._term(theme, frozenset(concept), keys[frozenset(concept)], score)
            for score, concept, inside, lift in _telling(scored, size)[: 8 * most]
        ]
        return sorted(found, key=lambda term: (-term.score, sorted(term.concept)))[:most]

    def _wordings(self, theme: int) -> dict[Concept, dict[str, Key]]:
        """For each meaning heard in ``theme``, the commonest phrase of each language."""
        chosen: defaultdict[Concept, dict[str, Key]] = defaultdict(dict)
        for lang in LANGUAGES:
            found = self._phrases[lang][theme].found
            for key in sorted(found, key=lambda key: (-found[key], key)):
                chosen[self._keys[lang][key]].setdefault(lang, key)
        return chosen

    def _term(self, theme: int, concept: Concept, keys: dict[str, Key], score: float) -> Term:
        heard = {lang: self._phrases[lang][theme] for lang in keys}
        words = {lang: heard[lang].surface(key) for lang, key in keys.items()}
        people = {lang: heard[lang].found[key] for lang, key in keys.items()}
        readable = sum(
            people[lang] * _readability(key, words[lang], lang, self._nouns)
            for lang, key in keys.items()
        ) / sum(people.values())
        for lang, other in (("fr", "en"), ("en", "fr")):
            if lang not in words:
                text = translate_phrase(words[other], other, self._glossary, self._nouns)
                words |= {lang: text} if text else {}
        return Term(concept, words, round(score * readable * (0.35, 1.0)[len(words) - 1], 6))


Scored = tuple[float, list[str], int, float]


def _telling(scored: list[Scored], size: int) -> list[Scored]:
    """Those that several people wrote and that set the theme apart; all when there are none."""
    word, phrase = max(2, round(0.12 * size)), max(2, round(0.025 * size))
    return [
        line
        for line in scored
        if line[2] >= (phrase if len(line[1]) > 1 else word) and line[3] > 0.7
    ] or scored


def _readability(key: Key, text: str, lang: str, nouns: Nouns) -> float:
    """How well the phrase reads as a title: two or three words, around a noun, none vague."""
    head = key[0] if lang == "fr" else key[-1]
    if (lang, head) not in nouns and len(key) > 1:
        head = key[1]
    noun = min(1.0, 2 * nouns.get((lang, head), 0.2))
    acts = sum(is_verb(lemma, lang, nouns) for lemma in key)
    if lang == "en" and len(key) == 1 and text.endswith("ed") and text != key[0]:
        acts += 1
    vague = sum(lemma in VAGUE for lemma in key)
    naming = len(key) - (key[0] in NEGATIONS[lang])
    substance = 0.02 if vague == naming else 0.7**vague
    return (0.1 + 0.9 * noun) * (1.0, 2.4, 2.6)[len(key) - 1] * 0.4**acts * substance


def _distinct(terms: list[list[Term]], order: np.ndarray) -> list[dict[str, str]]:
    """One label per theme, none the same as another's; the largest theme chooses first."""
    labels: list[dict[str, str]] = [{} for _ in terms]
    used: set[str] = set()
    for theme in order:
        number = int(theme) + 1
        for label in (*_options(terms[theme]), {"fr": f"Thème {number}", "en": f"Theme {number}"}):
            only = next(iter(label.values()))
            shown = {lang + label.get(lang, only).casefold() for lang in LANGUAGES}
            if not shown & used:
                break
        used |= shown
        labels[theme] = label
    return labels


def _options(terms: list[Term]) -> Iterator[dict[str, str]]:
    """Labels from the best to the least: a telling phrase, alone or with a second term."""
    for term in terms:
        first = _fuller(term, terms)
        for second in terms if not _joins(first) else []:
            short = len(first.concept) == 1
            if second.score > (0.4 if short else 0.7) * first.score and not _akin(first, second):
                second = _fuller(second, terms, first)
                if _joins(second):
                    continue
                both = [lang for lang in LANGUAGES if lang in first.words and lang in second.words]
                if len(both) == len(first.words):
                    yield {
                        lang: _capital(first.words[lang] + AND[lang] + second.words[lang])
                        for lang in both
                    }
                    break
        yield {lang: _capital(words) for lang, words in first.words.items()}


def _fuller(term: Term, terms: list[Term], apart: Term | None = None) -> Term:
    """The phrase that holds the single word ``term`` and is near as telling, else ``term``."""
    if len(term.concept) > 1:
        return term
    for other in terms:
        longer = len(other.concept) > 1 and term.concept <= other.concept
        if longer and other.score > 0.42 * term.score and not (apart and _akin(apart, other)):
            return other
    return term


def _joins(term: Term) -> bool:
    """True for a term of two things already: "quick and easy"."""
    return any(AND[lang] in words for lang, words in term.words.items())


def _akin(first: Term, second: Term) -> bool:
    """True when the two share a word, or a word's family ("support", "supportive")."""
    families = [
        {
            word[:5]
            for text in (*term.concept, *term.words.values())
            for word in text.casefold().split()
            if len(word) > 2
        }
        for term in (first, second)
    ]
    return bool(families[0] & families[1])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
