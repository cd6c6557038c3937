"""Signals that a piece of feedback may not come from a person who used the service.

Each is a plain rule with a named threshold, the same for everyone, told in docs/api.md. A signal
refuses nothing and drops nothing: what carries one is kept, acknowledged like the rest, and does
not count until a member of the team has looked at it. Nothing about the sender is used: no
address, no cookie, no browser.
"""

import hashlib
import re
import unicodedata
from datetime import timedelta

#: The field that people never see was filled in.
HONEYPOT = "honeypot"
#: Words were sent sooner than anyone writes them.
FAST = "fast"
#: The same long words came again and again for one service.
REPEATED = "repeated"
#: The comment is a link, or holds many.
LINKS = "links"

#: Seconds; a comment sent sooner after the form appeared was not written by hand.
FASTEST_WORDS = 2.0
#: Words; a shorter comment may well be everyone's own ("RAS", "le site ne fonctionne pas").
SHORTEST_REPEATED = 8
#: Times that the same long words are taken for a service within the window; the next is held.
MOST_REPEATS = 2
#: How long ago the same words still count as a repetition.
REPEAT_WINDOW = timedelta(hours=1)
#: Links in one comment; one more is many.
MOST_LINKS = 2
#: Words beside a link; fewer, and the comment is hardly more than the link.
FEWEST_WORDS_BY_LINK = 3

_LINK = re.compile(r"(?:https?://|www\.)\S+|\[url\b|<a\s+href", re.IGNORECASE)
#: Accents and the like, once taken off their letters: Unicode's blocks of combining marks.
_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_WORD = re.compile(r"[^\W\d_]+")


def _plain(text: str) -> str:
    """Lower case, without accents: 'Été' and 'ETE' are one word."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def words_mark(comment: str) -> int | None:
    """A mark that near-equal comments share, 64 bits with sign; None when there are few words.

    Case, accents, punctuation, spaces, digits, order and words of one or two letters do not change
    it. The mark is the start of a BLAKE2b digest of the sorted distinct words that are left.
    """
    words = _WORD.findall(comment)
    if len(words) < SHORTEST_REPEATED:
        return None
    kept = sorted({word for word in _WORD.findall(_plain(comment)) if len(word) > 2})
    digest = hashlib.blake2b(" ".join(kept or words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _is_links(comment: str) -> bool:
    links = len(_LINK.findall(comment))
    if not links:
        return False
    beside = len(_WORD.findall(_LINK.sub(" ", comment)))
    return links > MOST_LINKS or beside < FEWEST_WORDS_BY_LINK


def signals(comment: str, website: str | None, seconds: float | None, repeats: int) -> list[str]:
    """What is suspect in a piece of feedback, in a fixed order; nothing in most.

    Args:
        comment: the words, already safe; '' without any.
        website: what stands in the field that people never see.
        seconds: between the form's appearing and its sending; None when the sender does not tell.
        repeats: how many times the same words were taken within ``REPEAT_WINDOW``.
    """
    found = {
        HONEYPOT: bool(website and website.strip()),
        FAST: comment != "" and seconds is not None and seconds < FASTEST_WORDS,
        REPEATED: repeats >= MOST_REPEATS,
        LINKS: _is_links(comment),
    }
    return [name for name, is_there in found.items() if is_there]
