"""Words of a comment as people wrote them."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

#: Several texts, or the language of each.
Texts = Sequence[str] | np.ndarray

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?|[.,;:!?()\[\]/\n…«»\"]+")
#: Stands for any punctuation: no phrase runs across it.
BREAK = "."
_MARKER = re.compile(r"\[[^\]\s]*/[^\]\s]*\]")
_ELISION = re.compile(r"(?i)(l|d|j|m|t|s|c|n|qu|lorsqu|puisqu|jusqu|quoiqu)'")
_INVERSION = re.compile(
    r"(?i)(?:-t)?-(je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi|le|la|les|y|en|là|ci)$"
)
_LONG = 40  # letters: what is longer is no word, and is not remembered
_WHOLE = {"rendez-vous", "peut-être"}


def strip_accents(word: str) -> str:
    """``délai`` gives ``delai``."""
    if word.isascii():
        return word
    return _plain(word) if len(word) < _LONG else _plain.__wrapped__(word)


class _Accents(dict[int, int | None]):
    """For ``str.translate``: what is written over a letter goes, all else stays."""

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = None if unicodedata.combining(chr(code)) else code
        return kept


_ACCENTS = _Accents()


@lru_cache(maxsize=200_000)
def _plain(word: str) -> str:
    return unicodedata.normalize("NFKD", word).translate(_ACCENTS)


def words(text: str, lang: str) -> list[str]:
    """The words of ``text`` in order, as written; a French elision (``d'``) is a word by itself.

    Punctuation becomes :data:`BREAK`; numbers and redaction markers such as ``[courriel/email]``
    are left out.
    """
    if "[" in text:
        text = _MARKER.sub(" . ", text)
    found = _WORD.findall(text.replace("’", "'"))
    split = _french if lang == "fr" else _english
    return [part for word in found for part in split(word)]


@lru_cache(maxsize=200_000)
def _english(word: str) -> tuple[str, ...]:
    return (word.removesuffix("'").removesuffix("'s"),) if word[0].isalpha() else (BREAK,)


@lru_cache(maxsize=200_000)
def _french(word: str) -> tuple[str, ...]:
    if not word[0].isalpha():
        return (BREAK,)
    parts: list[str] = []
    while elision := _ELISION.match(word):
        parts.append(elision[0])
        word = word[elision.end() :]
    if word.lower() not in _WHOLE:
        word = _INVERSION.sub("", word)
    return (*parts, word) if word else tuple(parts)


def join_words(forms: list[str] | tuple[str, ...]) -> str:
    """The reverse of :func:`words` for a run of words: ``["temps", "d'", "attente"]``."""
    return " ".join(forms).replace("' ", "'")
