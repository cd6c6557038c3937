"""Names of themes, in both languages, in the citizens' own words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator

from consult.analysis.text.glossary import Glossary, load_glossary
from consult.analysis.text.lemmas import Token
from consult.analysis.text.naming import Natures
from consult.analysis.text.terms import LANGUAGES, Concept, Said, Term
from consult.analysis.text.tokens import Texts

AND = {"fr": " et ", "en": " and "}


class ThemeLabeler(BaseEstimator):  # type: ignore[misc]
    """Names each theme by what its comments say and the others do not.

    A phrase counts with its equals of the other language (``code de vérification``,
    ``verification code``), so both labels of a theme say the same. Phrases are weighed by
    class-based TF-IDF: the share of the theme's comments that hold one times the logarithm of
    how much commoner it is there than elsewhere. Phrases of two or three words and nouns count
    for more, since they read better; what one person alone wrote, what is hardly commoner than
    elsewhere and vague words by themselves count only when there is nothing else. A language the
    phrase was not heard in takes it through the glossary.

    Args:
        terms: how many terms are weighed against each other for each theme.
        glossary: the one shipped with consult when not given.
        apart_from: labels ('fr', 'en') whose words no label takes: those of the theme, when its
            sub-themes are named. Its words would be said of each.
        natures: what words are, as learned on more comments (``natures_``); learned on these
            when not given.
        phrases: how many key phrases at most in each language.

    Learned: ``labels_``, one dict per theme with 'fr' and 'en', distinct within each language; a
    language that the label cannot be said in is left out. ``phrases_``, one dict per theme: for
    'fr' and for 'en' the telling phrases heard in that language, the most telling first, that
    say more than the label.
    """

    def __init__(
        self,
        terms: int = 12,
        glossary: Glossary | None = None,
        apart_from: Mapping[str, str] | None = None,
        phrases: int = 6,
        natures: Natures | None = None,
    ) -> None:
        self.terms = terms
        self.glossary = glossary
        self.apart_from = apart_from
        self.phrases = phrases
        self.natures = natures

    def fit(self, tokens: Sequence[Sequence[Token]], langs: Texts, main: np.ndarray) -> Self:
        said = Said(tokens, langs, main, self.glossary or load_glossary(), self.natures)
        apart = said.families(self.apart_from or {})
        terms = [said.terms(theme, self.terms, apart) for theme in range(len(said.sizes))]
        order = np.argsort([-size for size in said.sizes], kind="stable")
        self.labels_ = _distinct(terms, order, parts=bool(self.apart_from))
        self.natures_ = said.natures
        self.phrases_ = [
            said.phrases(theme, label, self.phrases) for theme, label in enumerate(self.labels_)
        ]
        return self


def label_in(label: Mapping[str, str], lang: str) -> str:
    """A label in 'fr' or 'en'; in the other language where it could only be said in that."""
    return label.get(lang) or label["en" if lang == "fr" else "fr"]


def _distinct(
    terms: list[list[Term]], order: np.ndarray, parts: bool = False
) -> list[dict[str, str]]:
    """One label per theme, none the same as another's; the largest theme chooses first.

    ``parts``: these are sub-themes of one theme.
    """
    labels: list[dict[str, str]] = [{} for _ in terms]
    used: set[str] = set()
    for theme in order:
        number = int(theme) + 1
        for label in (*_options(terms[theme]), *_spare(number, parts)):
            only = next(iter(label.values()))
            shown = {lang + label.get(lang, only).casefold() for lang in LANGUAGES}
            if not shown & used:
                break
        used |= shown
        labels[theme] = label
    return labels


def _spare(number: int, parts: bool) -> list[dict[str, str]]:
    """What a theme is called for want of a label."""
    if parts:
        return [
            {"fr": "Autres aspects", "en": "Other aspects"},
            {"fr": f"Autres aspects, {number}", "en": f"Other aspects, {number}"},
        ]
    return [{"fr": f"Thème {number}", "en": f"Theme {number}"}]


def _options(terms: list[Term]) -> Iterator[dict[str, str]]:
    """Labels from the best to the least: a telling phrase, with a second one or alone."""
    for term in terms:
        first = _fuller(term, terms)
        for second in _seconds(first, terms):
            both = [lang for lang in LANGUAGES if lang in first.words and lang in second.words]
            if len(both) == len(first.words):
                yield {
                    lang: _capital(first.words[lang] + AND[lang] + second.words[lang])
                    for lang in both
                }
                break
        yield {lang: _capital(words) for lang, words in first.words.items()}


def _seconds(first: Term, terms: list[Term]) -> list[Term]:
    """Terms near as telling as ``first`` that others say, the most telling of these first."""
    if _joins(first):
        return []
    least = (0.4 if len(first.concept) == 1 else 0.7) * first.score
    found: dict[Concept, tuple[float, Term]] = {}
    for term in terms:
        second = _fuller(term, terms, first)
        new = len(second.heard - first.heard) / max(1, len(second.heard))
        apart = not _akin(first, term) and not _akin(first, second) and not _joins(second)
        if second.names and first.names and term.score > least and new > 0.5 and apart:
            found.setdefault(second.concept, (term.score * new, second))
    return [term for _score, term in sorted(found.values(), key=lambda line: -line[0])]


def _fuller(term: Term, terms: list[Term], apart: Term | None = None) -> Term:
    """The phrase that holds the single word ``term`` and is near as telling, else ``term``."""
    if len(term.concept) > 1:
        return term
    for other in terms:
        longer = term.concept < other.concept
        usual = 6 * len(other.heard) >= len(term.heard)
        if (
            longer
            and usual
            and other.score > 0.33 * term.score
            and not (apart and _akin(apart, other))
        ):
            return other
    return term


def _joins(term: Term) -> bool:
    """True for a term of two things already: "quick and easy"."""
    return any(AND[lang] in words for lang, words in term.words.items())


def _akin(first: Term, second: Term) -> bool:
    """True when the two share a word, or a word's family ("support", "supportive")."""
    return bool(first.families & second.families)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
