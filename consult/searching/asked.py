"""What people type to search: words that must all be there, "phrases", and -what must not."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from consult.searching.forms import SHORTEST, forms

#: Characters that are read, and terms; what comes after is left.
LONGEST = 300
MOST_TERMS = 12

#: Words that stand in nearly every comment: left out beside others.
_EVERYWHERE = frozenset(
    [
        *("a", "an", "and", "au", "aux", "d", "de", "des", "du", "et", "in", "l", "la", "le"),
        *("les", "of", "on", "the", "to", "un", "une"),
    ]
)


_TERM = re.compile(r'(?P<no>[-\u2212]?)(?:["«“](?P<phrase>[^"»”]*)["»”]?|(?P<word>[^\s"«»“”]+))')
_ELISION = re.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|pres|puis|quel)?qu)['\u2019\u02bc]")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """One thing asked for: any of ``phrases``, each one or several words in a row.

    With ``begins``, the last word of the first phrase may go on.
    """

    phrases: tuple[tuple[str, ...], ...]
    begins: bool = False


@dataclass(frozen=True)
class Asked:
    """All of ``wanted`` has to be there, and none of ``unwanted``."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def fold(text: str) -> str:
    """Lower case, without accents."""
    spread = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def read_asked(typed: str) -> Asked:
    """What a person asks for; anything can be typed, and signs without a meaning are left out."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in islice(_TERM.finditer(typed[:LONGEST]), MOST_TERMS):
        term = _term(found["word"], found["phrase"] or "", is_unwanted=bool(found["no"]))
        if term is not None:
            (unwanted if found["no"] else wanted).append(term)
    telling = [term for term in wanted if not _is_everywhere(term)]
    return Asked(tuple(telling or wanted), tuple(unwanted))


def _term(word: str | None, phrase: str, *, is_unwanted: bool) -> Term | None:
    """None when no letter or digit is in it."""
    text = fold(word or phrase)
    tokens = tuple(_TOKEN.findall(_ELISION.sub("", text) if word else text))
    if not tokens:
        return None
    if word is None or len(tokens) > 1:
        return Term(_spellings(tokens))
    (token,) = tokens
    others = {form for way in _spellings(tokens) for form in forms(way[0])} - {token}
    begins = len(token) >= SHORTEST and not is_unwanted
    if begins:
        others = {form for form in others if not form.startswith(token)}
    return Term((tokens, *((form,) for form in sorted(others))), begins)


def _spellings(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """As typed, and with œ for oe or the other way round: an index may keep either."""
    bound = tuple(token.replace("oe", "œ") for token in tokens)
    loose = tuple(token.replace("œ", "oe") for token in tokens)
    return tuple(dict.fromkeys((tokens, bound, loose)))


def _is_everywhere(term: Term) -> bool:
    return len(term.phrases[0]) == 1 and term.phrases[0][0] in _EVERYWHERE
