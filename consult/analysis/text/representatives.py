"""The comments that speak best for a theme."""

import re
from collections.abc import Sequence

import numpy as np

from consult.analysis.text.tokens import Texts

READABLE = (40, 280)  # characters
HEARD = 0.1  # share of a theme's comments from which a language is heard in its quotations
NEAR = 0.95  # cosine of two comments from which they say the same
SHARED_WORDS = 0.5  # of the words of two comments (Jaccard), from which they are near copies
_WORDS = re.compile(r"[^\W\d_]{2,}")
_MARKER = re.compile(r"\[[^\]\s]*/[^\]\s]*\]")


def clearness(points: np.ndarray, centres: np.ndarray, theme: int) -> np.ndarray:
    """How much nearer each comment is to ``theme`` than to the next one: a difference of cosines.

    Args:
        points: n comments x d, rows of length 1 or 0.
        centres: themes x d, rows of length 1 or 0.
        theme: the row of ``centres`` they belong to.
    """
    if len(centres) < 2:
        return np.zeros(len(points))
    near = points @ centres.T
    return np.asarray(near[:, theme] - np.delete(near, theme, axis=1).max(axis=1))


def representative_rows(
    points: np.ndarray,
    centre: np.ndarray,
    texts: Texts,
    langs: Texts,
    count: int = 3,
    variety: float = 0.4,
    pool: int = 15,
    clear: np.ndarray | None = None,
) -> list[int]:
    """Positions of up to ``count`` comments of one theme: central, unlike each other, readable.

    The first is the most central; each next one trades centrality against likeness to those
    chosen (maximal marginal relevance, Carbonell and Goldstein, 1998), among the ``pool`` most
    central of each language. No two are near copies while others are left. Comments in capitals,
    very short or long, or full of masked details come last. Where a tenth of the comments or more
    are in the other language, it is heard too.

    Args:
        points: n comments x d, rows of length 1 or 0.
        centre: mean of ``points``.
        clear: how clearly each comment is of this theme, as :func:`clearness` tells.
    """
    sure = np.zeros(len(points)) if clear is None else 0.5 * np.clip(clear, 0.0, 0.4)
    central = np.round(points @ centre + sure - _reading_penalty(texts), 4)
    best = np.argsort(-central, kind="stable")
    close = [
        row for lang in sorted(set(langs)) for row in [r for r in best if langs[r] == lang][:pool]
    ]
    said = {row: frozenset(_WORDS.findall(texts[row].casefold())) for row in close}
    chosen: list[int] = []
    while len(chosen) < min(count, len(close)):
        score = central[close] - _language_penalty(
            [langs[row] for row in close], langs, chosen, count
        )
        if chosen:
            near = np.round(points[close] @ points[chosen].T, 4).max(axis=1)
            shared = np.array(
                [max(_shared(said[row], said[old]) for old in chosen) for row in close]
            )
            copies = (near >= NEAR) | (shared >= SHARED_WORDS)
            score = score - variety / (1 - variety) * near - 3.0 * copies
        score[[row in chosen for row in close]] = -np.inf
        chosen.append(close[int(np.argmax(score))])
    return chosen


def _shared(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / max(1, len(first | second))


def _reading_penalty(texts: Texts) -> np.ndarray:
    least, most = READABLE
    lengths = np.array([len(text) for text in texts])
    shouted = np.array([text.isupper() for text in texts])
    masked = np.array([len(_MARKER.findall(text)) for text in texts])
    penalty = 0.3 * (lengths < least) + 0.5 * (lengths > most) + 0.2 * (lengths > 500)
    return np.asarray(penalty + 0.3 * shouted + 0.15 * np.minimum(masked, 3))


def _language_penalty(
    candidates: Sequence[str], langs: Texts, chosen: Sequence[int], count: int
) -> np.ndarray:
    """The last place goes to a language not yet heard that enough of the comments are in."""
    everyone = np.asarray(langs, dtype=object)
    spoken = {lang for lang in set(langs) if (everyone == lang).mean() >= HEARD}
    missing = spoken - {langs[row] for row in chosen}
    last = len(chosen) == count - 1 and bool(missing)
    rare = np.array([lang not in spoken for lang in candidates])
    unheard = np.array([lang not in missing for lang in candidates])
    return 0.3 * rare + 5.0 * (unheard & last)
