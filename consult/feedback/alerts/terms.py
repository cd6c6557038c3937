"""The words and two-word phrases of a comment, in a form that joins what is the same word."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from consult.stop_words import STOP_WORDS

#: Words, or a stop that no phrase crosses; numbers are left out.
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|[.,;:!?()\[\]/\n…«»\"\d]+")
_MARKER = re.compile(r"\[[^\]\s]*(?:/[^\]\s]*|RAMQ)\]")
_ELISION = re.compile(r"(?:[ldjmtscn]|qu|lorsqu|puisqu|jusqu|quoiqu)'")
_INVERSION = re.compile(r"(?:-t)?-(?:je|tu|ils?|elles?|on|nous|vous|ce|moi|les?|la|y|en|là|ci)$")
_WHOLE = {"rendez-vous"}

LONGEST = 40


def _plain(word: str) -> str:
    """Without accents: "delais" and "délais" are one word."""
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=50_000)
def _term(word: str, lang: str) -> str:
    """What ``word`` (lower case) counts as; empty when it says nothing by itself."""
    if len(word) < 2 or len(word) > LONGEST or word in STOP_WORDS[lang]:
        return ""
    from simplemma import lemmatize  # here: its dictionaries are only for the worker

    lemma = str(lemmatize(word, lang)).lower()
    return "" if lemma in STOP_WORDS[lang] else _plain(lemma)


def _words(text: str, lang: str) -> Iterator[str]:
    """The words in order, in lower case; an empty one where no phrase may cross."""
    for found in _WORD.findall(_MARKER.sub(" . ", text).replace("’", "'").lower()):
        word = found if found[0].isalpha() else ""
        if lang == "en":
            yield word.removesuffix("'s")
            continue
        while elision := _ELISION.match(word):
            word = word[elision.end() :]
        yield word if word in _WHOLE else _INVERSION.sub("", word)


def terms_of(text: str, lang: str) -> dict[str, str]:
    """Each word and phrase of ``text`` once, with how it is first written there.

    A phrase is two words that say something, one after the other: "code reçu", not "le code".
    The keys are lemmas without accents, so that "Délais" and "delai" meet; markers of redaction,
    numbers and function words are left out.
    """
    found: dict[str, str] = {}
    pairs = [(word, _term(word, lang) if word else "") for word in _words(text, lang)]
    for word, term in pairs:
        if term:
            found.setdefault(term, word)
    for (first, left), (second, right) in pairwise(pairs):
        if left and right:
            found.setdefault(f"{left} {right}", f"{first} {second}")
    return found
