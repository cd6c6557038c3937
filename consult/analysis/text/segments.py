"""A comment cut into segments that each say one thing."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Self

from sklearn.base import BaseEstimator, TransformerMixin

from consult.analysis.text.lemmas import lemma_of
from consult.analysis.text.tokens import Texts
from consult.stop_words import word_set


class Segment(NamedTuple):
    """``text[start:end]`` of a comment."""

    start: int
    end: int


#: Words whose full stop ends no sentence.
_ABBREVIATIONS = word_set(
    """
m mr mrs ms mme mlle dr dre me st ste etc ex tél tel no n° nos av boul art al cf p pp vs env max min
h hr hrs app appt approx incl dept ext rdv c.-à-d e.g i.e a.m p.m p.ex
"""
)
#: Where a comment may be cut: stops, lines, bullets, numbers of a list.
_STOP = re.compile(r"[.!?…;\n]+[\"»)”]*|[•▪●*–—-](?=\s+\w)|[)](?=\s)")
_GAP = re.compile(r"\s*")
_RUN_ON = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-ÿ' ’]")  # "Cordialement.Le lendemain"
_NUMBER = re.compile(r"(?:^|\s)\d{1,2}$")
_TURN = re.compile(
    r"[,\s](?:(?P<opposed>\s*(?:mais|cependant|par contre|toutefois|en revanche|néanmoins|pourtant"
    r"|sauf que|par ailleurs|alors que|tandis que|même si|bien que"
    r"|but|however|though|although|even though|nevertheless|yet|whereas|except that"
    r"|on the other hand)\b)"
    r"|(?P<joined>(?:et|and)\s)|(?<=,)\s)"
)
_JOINING = re.compile(r"(?:et|and)\s+(?:(?:puis|then|also|aussi)\s+)?", re.IGNORECASE)
_NOT_OPPOSED = re.compile(
    r"(?:mais|but)\s+(?:aussi|également|also)\b|(?:though|yet|but)\s*(?:[.!?,]|$)", re.IGNORECASE
)
_NOT_ONLY = re.compile(r"\b(?:non seulement|not only)\b|\b(?:as|even|nothing|rien)$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_EDGES = " \t\r\n\u00a0•▪●*–—-"
_SUBJECTS = word_set("je j il elle on nous vous ils elles ça cela c i he she it we you they there")
_DETERMINERS = word_set(
    """
le la l les un une des mon ma mes votre vos notre nos leur leurs ce cet cette ces son sa ses the a
an my your our their this that these those his her its
"""
)
_VERBS = word_set(
    """
est sont était étaient sera seront serait seraient a ont avait avaient aura fait font faut fallait
peut peuvent doit doivent va vont reste restent semble manque manquent marche fonctionne
fonctionnent répond répondent dure met mettent prend prennent permet
is are was were has have had does do did can could should would will must isn
aren wasn weren hasn haven doesn don didn couldn won wouldn needs works takes makes seems helps gets
went came took made gave got answered
"""
)
LONG_WORD = 16  # letters; a longer piece is not looked at word by word
SEEN = 90  # letters on each side in which a clause must show its subject and its verb


class SegmentSplitter(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Cuts comments, French or English, into segments that each say one thing.

    Cut are: lines, sentences, the items of a list, what "mais", "cependant", "but", "however" and
    their like oppose, and clauses joined by a comma, "et" or "and" when each side has its own
    subject and verb. Not cut are abbreviations, numbers, addresses, redaction markers such as
    ``[courriel/email]``, "non seulement… mais aussi", and an ellipsis that leads on in lower
    case. A piece of fewer than ``fewest_words`` words joins the piece before it, or, at the
    beginning, the one after.

    In: comments. Out: for each, its segments in order, as places in the comment, without
    surrounding white space and bullets. Every letter of the comment lies in one segment; an empty
    comment has none. Nothing is learned, nothing random.
    """

    def __init__(self, fewest_words: int = 2) -> None:
        self.fewest_words = fewest_words

    def fit(self, texts: Texts, y: None = None) -> Self:
        return self

    def transform(self, texts: Texts) -> list[list[Segment]]:
        """The segments of each comment."""
        return [self.split(text) for text in texts]

    def split(self, text: str) -> list[Segment]:
        """The segments of one comment."""
        pieces: list[tuple[int, int]] = []
        lower = text.lower()
        if len(lower) != len(text):  # a rare capital that takes two signs in lower case
            lower = text
        for start, end in _sentences(text):
            pieces += _clauses(lower, start, end)
        return self._joined(text, pieces)

    def _joined(self, text: str, pieces: list[tuple[int, int]]) -> list[Segment]:
        joined: list[list[int]] = []
        short_start = False
        for start, end in pieces:
            start, end = _trimmed(text, start, end)
            if start >= end:
                continue
            short = self._short(text, start, end)
            if joined and (short or short_start):
                joined[-1][1] = end
                short_start = short_start and short
            else:
                joined.append([start, end])
                short_start = short
        return [Segment(start, end) for start, end in joined]

    def _short(self, text: str, start: int, end: int) -> bool:
        if end - start > LONG_WORD * self.fewest_words:
            return False
        return len(_WORD.findall(text, start, end)) < self.fewest_words


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _STOP.finditer(text):
        first, last = found.span()
        cut = _cut(text, start, first, last)
        if cut is not None and cut > start:
            yield start, cut
            start = cut
    if start < len(text):
        yield start, len(text)


def _cut(text: str, start: int, first: int, last: int) -> int | None:
    """Where the stop at ``text[first:last]`` cuts, None when it does not."""
    stop = text[first:last]
    if "\n" in stop or ";" in stop:
        return last
    before = text[max(start, first - 4) : first]
    if stop[0] in "•▪●*–—-":
        return first if not before or before[-1].isspace() else None
    if stop[0] in ".)" and _NUMBER.search(before):
        number = len(before) - len(before.rstrip("0123456789"))
        return first - number if text[last : last + 1].isspace() else None
    if stop[0] == ")":
        return None
    following = _GAP.match(text, last)
    after = following.end() if following else last
    if after == last and not _RUN_ON.match(text, last):
        return None
    if stop[0] == "…" or stop.startswith("..."):
        return last if text[after : after + 1].isupper() and after > last else None
    if stop[0] == "." and _ends_none(text, start, first):
        return None
    return None if text[after : after + 1] in ("!", "?") else last


def _ends_none(text: str, start: int, stop: int) -> bool:
    """True when the full stop at ``stop`` belongs to an abbreviation, an initial or an address."""
    left = text[max(start, stop - 40) : stop].split()
    word = left[-1].lstrip("([«\"'").lower() if left else ""
    if "@" in word or "/" in word or word.startswith("www"):
        return text[stop + 1 : stop + 2].isalnum()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in " \t\r\n\u00a0":
        end -= 1
    return start, end


def _clauses(lower: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of the sentence ``lower[start:end]``, in lower case."""
    for found in _TURN.finditer(lower, start + 1, end):
        first = found.start()
        opposed = found.lastgroup == "opposed"
        last = found.start("opposed") if opposed else first + 1
        left = lower[max(start, first - SEEN) : first]
        right = lower[last : min(end, last + SEEN)].lstrip()
        if opposed:
            cut = _opposed(left, right)
        else:
            joining = _JOINING.match(right)
            cut = _begins_clause(right[joining.end() :] if joining else right) and _has_verb(left)
        if cut:
            yield start, last
            start = last
    yield start, end


def _opposed(left: str, right: str) -> bool:
    if _NOT_OPPOSED.match(right) or _NOT_ONLY.search(left):
        return False
    return len(_WORD.findall(left)) >= 2 and len(_WORD.findall(right)) >= 3


def _begins_clause(text: str) -> bool:
    """True when ``text`` begins with a subject that its verb follows within a few words."""
    words = _WORD.findall(text)[:8]
    if len(words) < 2:
        return False
    if words[0] in _SUBJECTS:
        return True
    return words[0] in _DETERMINERS and any(map(_is_verb, words[2:]))


def _has_verb(text: str) -> bool:
    words = _WORD.findall(text)
    return any(word in _SUBJECTS or _is_verb(word) for word in words)


@lru_cache(maxsize=50_000)
def _is_verb(word: str) -> bool:
    """True for a frequent verb, or a French form that its dictionary gives as an infinitive's."""
    if word in _VERBS:
        return True
    lemma = lemma_of(word, "fr")
    return lemma != word and lemma.endswith("er") and not word.endswith(("er", "s"))
