"""Words of a comment as the lexicon spells them, whatever the accents and small typing errors."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import simplemma

from consult.analysis.text.lemmas import lemma_of
from consult.analysis.text.tokens import strip_accents

_SKIPPED = r"\[[^\]\s]*/[^\]\s]*\]|https?://\S+|www\.\S+|\S+@\S+\.\w+"
_ELISION = r"(?:[ldjmtscn]|qu|lorsqu|puisqu|jusqu|quoiqu)'(?=\w)"
_NOTE = r"\b\d{1,2} ?/ ?(?:5|10|20)\b(?! ?/)"
_WORD = r"[^\W_]+(?:'[^\W_]+)*"
_SIGN = r"[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]"
#: Faces, thumbs, stars.
SIGN = re.compile(_SIGN)
_TOKEN = re.compile(
    rf"(?:{_SKIPPED})|(?P<note>{_NOTE})|(?P<word>{_ELISION}|{_WORD}|{_SIGN})|(?P<stop>[.;:!?…\n()]+)"
    r"|(?P<comma>,|(?<=\s)[-–—](?=\s))",
    re.IGNORECASE,
)
#: Comparatives that English dictionaries bring back to the plain word, with another meaning here.
_OWN_LEMMA = frozenset(["better", "best", "worse", "worst", "less", "least", "more", "most"])
_LENGTHENED = re.compile(r"(.)\1{2,}")
_ENDINGS = ("es", "s", "x", "e", "ent")
SHORTEST_MENDED = 6  # letters; a shorter word is too near others


class Word(NamedTuple):
    """A word, a note ("8/10") or a stop: its place in the text and how the lexicon spells it.

    ``keys`` are the spellings to look for, the word's own first, then its dictionary form;
    empty when no entry of the lexicon holds the word.
    """

    start: int
    end: int
    kind: str
    form: str
    keys: tuple[str, ...]


def spelled(phrase: str) -> list[str]:
    """The words of an entry of the lexicon, in lower case."""
    return [found[0] for found in _TOKEN.finditer(_plain(phrase)) if found.lastgroup == "word"]


def _plain(text: str) -> str:
    return text.replace("’", "'").lower()


class Speller:
    """Finds how a lexicon spells the words of texts in its language.

    A word is looked for as written, then in its dictionary form; one that the language does not
    know is looked for without accents, without its ending, without lengthened letters
    ("trèèès"), and last with one letter too many, missing or other ("acceuillant").
    """

    def __init__(self, vocabulary: set[str], lang: str) -> None:
        self.vocabulary = vocabulary
        self.lang = lang
        self._known: dict[str, tuple[str, ...]] = {}
        self._bare: dict[str, str] = {}
        self._near: dict[str, str] = {}
        for word in sorted(vocabulary, key=lambda word: (len(word), word)):
            self._bare.setdefault(strip_accents(word), word)
        for bare, word in self._bare.items():
            if len(bare) >= SHORTEST_MENDED:
                for shorter in (bare, *_one_less(bare)):
                    self._near.setdefault(shorter, word)

    def words(self, text: str) -> list[Word]:
        """The words, notes and stops of ``text``, in order."""
        plain = _plain(text)
        if len(plain) != len(text):  # a rare capital that takes two signs in lower case
            plain = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
            plain = plain.replace("’", "'")
        known = self._known
        words: list[Word] = []
        for found in _TOKEN.finditer(plain):
            kind = found.lastgroup
            if kind is None:
                continue
            form = found[0]
            keys: tuple[str, ...] = ()
            if kind == "word":
                if form not in known:
                    known[form] = self.keys(form)
                keys = known[form]
            start, end = found.span()
            words.append(Word(start, end, kind, form, keys))
        return words

    def keys(self, form: str) -> tuple[str, ...]:
        """The spellings under which the lexicon may hold ``form`` (lower case)."""
        lemma = form if form in _OWN_LEMMA else lemma_of(form, self.lang)
        found = tuple(key for key in dict.fromkeys((form, lemma)) if key in self.vocabulary)
        if found or form in _OWN_LEMMA:
            return found
        if form[0].isdigit() or len(form) < 3 or simplemma.is_known(form, self.lang):
            return ()
        mended = self._mended(strip_accents(_LENGTHENED.sub(r"\1", form)))
        return (mended,) if mended else ()

    def _mended(self, bare: str) -> str | None:
        for ending in ("", *_ENDINGS):
            if bare.endswith(ending) and (stem := bare.removesuffix(ending)) in self._bare:
                return self._bare[stem]
        if len(bare) < SHORTEST_MENDED or lemma_of(bare, self.lang) != bare:
            return None
        return next(
            (self._near[near] for near in (bare, *_one_less(bare)) if near in self._near), None
        )


def _one_less(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(1, len(word)))
