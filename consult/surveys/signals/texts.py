"""Which texts are nearly the same, without comparing each to every other."""

import re
import unicodedata
import zlib

#: Characters in a shingle.
SHINGLE = 8

#: Texts shorter than this, once plain, are not compared: many people write "no comment".
SHORTEST = 30

#: Texts are compared on their beginning, this long.
LONGEST = 2_000

#: The share of shingles in common from which two texts are nearly the same (Jaccard index).
ALIKE = 0.8

#: Bands of so many values each; two texts that share a band are compared. At the index ``ALIKE``
#: a pair shares one with a probability of 1 - (1 - 0.8^6)^16 = 0.992; at 0.2, of 0.001.
BANDS, ROWS = 16, 6

_ACCENTS = re.compile("[\u0300-\u036f]+")
_BETWEEN = re.compile(r"[\W_]+")
_BINS = BANDS * ROWS
_EMPTY = -1


def plain(text: str) -> str:
    """The text without case, accents, punctuation and line breaks."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text[: 2 * LONGEST].casefold()))
    return _BETWEEN.sub(" ", bare).strip()[:LONGEST]


def shingles(text: str) -> frozenset[str]:
    """Every run of ``SHINGLE`` characters of a plain text."""
    return frozenset(text[at : at + SHINGLE] for at in range(max(len(text) - SHINGLE + 1, 1)))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of shingles in common, 0 to 1."""
    return len(one & other) / len(one | other)


def bands(pieces: frozenset[str]) -> tuple[int, ...]:
    """``BANDS`` numbers of 64 bits; texts that are alike have one in common, in the same place.

    Method: one-permutation MinHash, empty bins filled by rotation (Shrivastava and Li,
    "Densifying One Permutation Hashing via Rotation", 2014), and banding (Leskovec, Rajaraman and
    Ullman, *Mining of Massive Datasets*, ch. 3.4).
    """
    values = _filled(_least_of_each_bin(pieces))
    return tuple(hash((band, *values[band::BANDS])) % 2**64 for band in range(BANDS))


def _least_of_each_bin(pieces: frozenset[str]) -> list[int]:
    least = [_EMPTY] * _BINS
    for piece in pieces:
        value, place = divmod(zlib.crc32(piece.encode()), _BINS)
        if least[place] == _EMPTY or value < least[place]:
            least[place] = value
    return least


def _filled(least: list[int]) -> list[int]:
    """Each empty bin takes the value of the next one that is not, marked by how far it is."""
    filled = list(least)
    value, steps = _EMPTY, 0
    for place in reversed(range(2 * _BINS)):  # twice around: the last bins borrow from the first
        here = least[place % _BINS]
        value, steps = (value, steps + 1) if here == _EMPTY else (here, 0)
        filled[place % _BINS] = value + 2**32 * steps
    return filled
