"""Names of themes, in both languages, in the citizens' own words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator

from consult.analysis.text.glossary import Glossary, load_glossary
from consult.analysis.text.lemmas import Token
from consult.analysis.text.phrases import Key, PhraseCounts, nounness
from consult.analysis.text.stopwords import word_set
from consult.analysis.text.tokens import Texts
from consult.analysis.text.translation import translate_phrase

LANGUAGES = ("fr", "en")
#: Words that say little in a title.
_VAGUE = word_set(
    "jour mois semaine an année personne gens problème day week month year person people problem "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre january "
    "february march april june july august september october november december"
)
AND = {"fr": " et ", "en": " and "}


@dataclass(frozen=True)
class Term:
    """A phrase that could name a theme: its lemmas, its words, how telling it is."""

    key: Key
    text: str
    score: float


class ThemeLabeler(BaseEstimator):  # type: ignore[misc]
    """Names each theme by what its comments say and the others do not.

    Phrases are weighed by class-based TF-IDF: the share of the theme's comments that hold one
    times the logarithm of how much commoner it is there than elsewhere. Longer phrases and nouns
    count for more, since they read better. A language with fewer than ``least`` comments in a
    theme, or than a twentieth of them, takes the other's terms, through the glossary where it
    knows them.

    Learned: ``labels_``, one dict of 'fr' and 'en' per theme, distinct within each language.
    """

    def __init__(self, least: int = 3, terms: int = 12, glossary: Glossary | None = None) -> None:
        self.least = least
        self.terms = terms
        self.glossary = glossary

    def fit(self, tokens: Sequence[Sequence[Token]], langs: Texts, main: np.ndarray) -> Self:
        themes = int(main.max(initial=-1)) + 1
        nouns = nounness(zip(tokens, langs, strict=True))
        counts = {lang: [PhraseCounts() for _ in range(themes)] for lang in LANGUAGES}
        for comment, lang, theme in zip(tokens, langs, main, strict=True):
            if theme >= 0:
                counts[lang][theme].add(comment, lang)
        terms = {lang: self._terms(counts[lang], lang, nouns) for lang in LANGUAGES}
        for lang, other in (("fr", "en"), ("en", "fr")):
            for theme in range(themes):
                heard, others = counts[lang][theme].comments, counts[other][theme].comments
                few = heard < others and heard < max(self.least, 0.05 * others)
                if few or not terms[lang][theme]:
                    terms[lang][theme] = self._borrowed(terms[other][theme], other, nouns)
        sizes = [int((main == theme).sum()) for theme in range(themes)]
        order = np.argsort([-size for size in sizes], kind="stable")
        named = {lang: _distinct(terms[lang], order, lang) for lang in LANGUAGES}
        self.labels_ = [{lang: named[lang][theme] for lang in LANGUAGES} for theme in range(themes)]
        return self

    def _borrowed(
        self, terms: list[Term], lang: str, nouns: dict[tuple[str, str], float]
    ) -> list[Term]:
        """The ``terms`` of ``lang`` that can be said in the other language.

        All of them as they are when what can be said is much less telling: no label mixes both.
        """
        glossary = self.glossary or load_glossary()
        said = [(term, translate_phrase(term.text, lang, glossary, nouns)) for term in terms]
        found = [replace(term, text=text) for term, text in said if text]
        return found if found and found[0].score > 0.8 * terms[0].score else terms

    def _terms(
        self, counts: list[PhraseCounts], lang: str, nouns: dict[tuple[str, str], float]
    ) -> list[list[Term]]:
        everywhere: Counter[Key] = Counter()
        for theme in counts:
            everywhere.update(theme.found)
        total = sum(theme.comments for theme in counts)
        return [self._best(theme, everywhere, total, lang, nouns) for theme in counts]

    def _best(
        self, theme: PhraseCounts, everywhere: Counter[Key], total: int, lang: str,
        nouns: dict[tuple[str, str], float],
    ) -> list[Term]:  # fmt: skip
        enough = 1 if theme.comments < 8 else max(2, round(0.02 * theme.comments))
        scored = []
        for key, inside in theme.found.items():
            if inside < enough:
                continue
            outside = (everywhere[key] - inside + 0.5) / (total - theme.comments + 1)
            lift = np.log((inside / theme.comments) / outside)
            if lift <= 0.2:
                continue
            score = inside / theme.comments * min(lift, 3.0) * _readability(key, lang, nouns)
            scored.append((-round(float(score), 6), key))
        return [
            Term(key, theme.surface(key), -score) for score, key in sorted(scored)[: self.terms]
        ]


def _readability(key: Key, lang: str, nouns: dict[tuple[str, str], float]) -> float:
    """How well the phrase reads as a title: two or three words, around a noun."""
    head = key[0] if lang == "fr" else key[-1]
    if (lang, head) not in nouns and len(key) > 1:
        head = key[1]
    noun = min(1.0, 2 * nouns.get((lang, head), 0.2))
    acts = sum(_is_verb(lemma, lang, nouns) for lemma in key)
    vague = sum(lemma in _VAGUE for lemma in key)
    return (0.1 + 0.9 * noun) * (1.0, 2.4, 2.6)[len(key) - 1] * 0.4 ** (acts + vague)


def _is_verb(lemma: str, lang: str, nouns: dict[tuple[str, str], float]) -> bool:
    """A French infinitive that does not serve as a noun; English gives no such sign."""
    return (
        lang == "fr" and lemma.endswith(("er", "ir", "re")) and nouns.get((lang, lemma), 1.0) < 0.25
    )


def _distinct(terms: list[list[Term]], order: np.ndarray, lang: str) -> list[str]:
    """One label per theme, none the same as another's; the largest theme chooses first."""
    labels = [""] * len(terms)
    used: set[str] = set()
    for theme in order:
        options = [*_label_options(terms[theme], lang), _unnamed(lang, int(theme))]
        label = next(option for option in options if option.casefold() not in used)
        used.add(label.casefold())
        labels[theme] = label
    return labels


def _label_options(terms: list[Term], lang: str) -> list[str]:
    """Labels from the best to the least: a telling phrase, alone or with a second term."""
    options = []
    for term in terms:
        first = _fuller(term, terms)
        second = next((other for other in terms if not _akin(first, other)), None)
        if second and (len(first.key) == 1 or second.score > 0.6 * first.score):
            options.append(_capital(first.text + AND[lang] + _fuller(second, terms, first).text))
        options.append(_capital(first.text))
    return options


def _fuller(term: Term, terms: list[Term], apart: Term | None = None) -> Term:
    """The phrase that holds the single word ``term`` and is near as telling, else ``term``."""
    if len(term.key) > 1:
        return term
    for other in terms:
        longer = len(other.key) > 1 and set(term.key) <= set(other.key)
        if longer and other.score > 0.42 * term.score and not (apart and _akin(apart, other)):
            return other
    return term


def _akin(first: Term, second: Term) -> bool:
    """True when the two share a word, or a word's family ("support", "supportive")."""
    families = [
        {word[:5] for word in (*term.key, *term.text.casefold().split()) if len(word) > 2}
        for term in (first, second)
    ]
    return bool(families[0] & families[1])


def _unnamed(lang: str, theme: int) -> str:
    return f"Thème {theme + 1}" if lang == "fr" else f"Theme {theme + 1}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
