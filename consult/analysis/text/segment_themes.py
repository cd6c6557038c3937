"""The themes of comments, segment by segment."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

NONE = -1


@dataclass(frozen=True)
class Segments:
    """The segments of n texts, in their order.

    ``owner`` is the number of the text of each, ``start`` and ``end`` its place in it, ``words``
    how many words it has (at least 1), ``theme`` its theme, -1 for none.
    """

    owner: np.ndarray
    start: np.ndarray
    end: np.ndarray
    words: np.ndarray
    theme: np.ndarray


def themes_of_segments(
    similarity: np.ndarray, own: np.ndarray, spoken: np.ndarray, margin: float = 0.1,
    floor: float = 0.3,
) -> np.ndarray:  # fmt: skip
    """The theme of each segment: that of its whole text, unless it plainly speaks of another.

    Args:
        similarity: cosine of each segment with the centre of each theme, (segments, themes).
        own: the theme of the segment's whole text, -1 for none.
        spoken: how many words of substance the segment has.
        margin: another theme takes a segment of two words of substance or more when its cosine is
            at least ``floor`` and this much above the own theme's.

    Returns:
        The number of a theme, or -1: nothing said, or nothing near in a text without theme.
    """
    if not similarity.size:
        return np.full(len(own), NONE)
    rounded = np.round(similarity, 4)
    best = rounded.argmax(axis=1)
    nearest = rounded[np.arange(len(best)), best]
    known = np.where(own == NONE, 0.0, rounded[np.arange(len(best)), own])
    departs = (spoken >= 2) & (nearest >= floor) & (nearest - known >= margin)
    return np.where(departs, best, np.where(spoken > 0, own, NONE))


def theme_shares(segments: Segments, texts: int, themes: int) -> csr_array:
    """Of each text, the share of its words in each theme, among those that are in any.

    Returns:
        (texts, themes); a row sums to 1, or to 0 for a text without theme.
    """
    placed = segments.theme != NONE
    owner, theme = segments.owner[placed], segments.theme[placed]
    said = csr_array((segments.words[placed].astype(float), (owner, theme)), shape=(texts, themes))
    said.sum_duplicates()
    totals = np.maximum(np.asarray(said.sum(axis=1)).ravel(), 1)
    said.data /= np.repeat(totals, np.diff(said.indptr))
    return said
