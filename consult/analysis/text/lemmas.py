"""From comments to lemmas: one dictionary form for each word of substance."""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, Self

import simplemma
from sklearn.base import BaseEstimator

from consult.analysis.text.stopwords import NEGATIONS
from consult.analysis.text.tokens import BREAK, Texts, strip_accents, words
from consult.stop_words import STOP_WORDS


class Token(NamedTuple):
    """A word as written and its lemma; the lemma is empty for a function word."""

    form: str
    lemma: str


@lru_cache(maxsize=200_000)
def lemma_of(word: str, lang: str) -> str:
    """The dictionary form of ``word`` (lower case), accents kept: ``délais`` gives ``délai``."""
    return str(simplemma.lemmatize(word, lang)).lower()


@lru_cache(maxsize=200_000)
def is_function_word(word: str, lang: str) -> bool:
    """True for a word (lower case) that carries no theme: articles, pronouns, auxiliaries…"""
    stop = STOP_WORDS[lang]
    return len(word) < 2 or word.endswith("'") or word in stop or lemma_of(word, lang) in stop


def content_lemmas(text: str, lang: str) -> tuple[str, ...]:
    """The lemmas of the words of substance of ``text``, in order."""
    found = (word.lower() for word in words(text, lang))
    return tuple(lemma_of(word, lang) for word in found if not is_function_word(word, lang))


class _Known(dict[str, Token]):
    """The tokens of one language, each made once."""

    def __init__(self, make: Callable[[str, str], Token], lang: str) -> None:
        super().__init__()
        self._make, self._lang = make, lang

    def __missing__(self, form: str) -> Token:
        self[form] = token = self._make(form, self._lang)
        return token


class Lemmatizer(BaseEstimator):  # type: ignore[misc]
    """Cuts comments into :class:`Token`, mending missing accents by what other comments wrote.

    Learned: ``accents_``, per language, the accented word most often meant by a word without
    accents ("delais" is taken for "délais" when others write it so).
    """

    def fit(self, texts: Texts, langs: Texts) -> Self:
        written: dict[str, Counter[str]] = {"fr": Counter(), "en": Counter()}
        for text, lang in zip(texts, langs, strict=True):
            written[lang].update(words(text, lang))
        self.accents_ = {lang: _accented(_lowered(counter)) for lang, counter in written.items()}
        return self

    def transform(self, texts: Texts, langs: Texts) -> list[list[Token]]:
        """The tokens of each comment, in order, function words included with an empty lemma."""
        known = {lang: _Known(self._token, lang) for lang in self.accents_}
        return [
            list(map(known[lang].__getitem__, _within_sentence(words(text, lang))))
            for text, lang in zip(texts, langs, strict=True)
        ]

    def _token(self, form: str, lang: str) -> Token:
        word = form.lower()
        word = self.accents_[lang].get(word, word)
        if word in NEGATIONS[lang] or is_function_word(word, lang):
            return Token(form, "")
        return Token(form, lemma_of(word, lang))


def _lowered(counts: Counter[str]) -> Counter[str]:
    lowered: Counter[str] = Counter()
    for word, count in counts.items():
        lowered[word.lower()] += count
    return lowered


def _accented(counts: Counter[str]) -> dict[str, str]:
    """Words without accents to the most frequent accented spelling, unless most leave it out."""
    best: dict[str, str] = {}
    for word in sorted(counts):
        plain = strip_accents(word)
        if plain != word and counts[word] > counts.get(best.get(plain, ""), 0):
            best[plain] = word
    return {plain: word for plain, word in best.items() if counts[word] >= counts.get(plain, 0)}


def _within_sentence(forms: list[str]) -> list[str]:
    """Words as they would stand amid a sentence: no capital that comes from place or shouting."""
    if "".join(forms).islower():
        return forms
    if sum(map(str.isupper, forms)) > len(forms) / 2:
        return [form.lower() for form in forms]
    before = [BREAK, *forms]
    return [
        form if form.isupper() or (form.istitle() and previous != BREAK) else form.lower()
        for previous, form in zip(before, forms, strict=False)
    ]
