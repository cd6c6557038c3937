"""Many comments: themes are learned on a sample, and the others placed a few thousand at a time.

With no more than ``LEARNED_ON`` different texts, all are learned on and nothing here has a part.
Beyond, what takes time and memory (the space, groups, names) stays that of the sample, and what
grows with the comments is one pass over their words.
"""

from collections.abc import Iterator

import numpy as np
from sklearn.preprocessing import normalize
from sklearn.utils import check_random_state

from consult.analysis.text.clustering import centres
from consult.analysis.text.membership import Membership
from consult.analysis.text.space import CommentSpace

NONE = -1
#: Different texts that themes are learned on, and texts brought to points at a time.
LEARNED_ON, AT_ONCE = 6_000, 10_000


def learned_rows(total: int, random_state: int = 0, most: int = LEARNED_ON) -> np.ndarray:
    """The positions of the texts to learn on, in order: all, or as many drawn by chance."""
    if total <= most:
        return np.arange(total)
    return np.sort(check_random_state(random_state).choice(total, most, replace=False))


class SamplePlacer:
    """Places texts in the themes and sub-themes of a sample.

    A text lies in the theme whose centre is nearest in direction, or in none when it is farther
    from it than the farthest of the sample that has one; in it, in the nearest sub-theme, once the
    direction of the theme is taken away from both.

    Args:
        space: fitted on the sample.
        middles: (themes, d), rows of length 1.
        points, placed, sub: of the sample.
    """

    def __init__(
        self, space: CommentSpace, middles: np.ndarray, points: np.ndarray, placed: Membership,
        sub: np.ndarray,
    ) -> None:  # fmt: skip
        self._space, self._middles = space, middles
        told = placed.weight[placed.main != NONE]
        self._limit = float(told.min()) if len(told) else 1.0
        self._parts = {}
        for theme in range(len(middles)):
            rows = np.flatnonzero((placed.main == theme) & (sub != NONE))
            if len(rows):
                self._parts[theme] = centres(self._apart(points[rows], theme), sub[rows])

    def place(self, texts: np.ndarray, langs: np.ndarray) -> tuple[Membership, np.ndarray]:
        """Theme, nearness and sub-theme of each text."""
        main = np.full(len(texts), NONE)
        weight, sub = np.zeros(len(texts)), np.full(len(texts), NONE)
        for rows in _blocks(len(texts)):
            points = self._space.transform(texts[rows], langs[rows])
            main[rows], weight[rows] = self._nearest(points)
            sub[rows] = self._sub(points, main[rows])
        return Membership(main, weight), sub

    def _nearest(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        near = np.round(points @ self._middles.T, 4)
        main = near.argmax(axis=1)
        weight = np.clip(near[np.arange(len(near)), main], 0.0, 1.0)
        out = (weight < self._limit) | ~points.any(axis=1)
        return np.where(out, NONE, main), np.where(out, 0.0, weight)

    def _sub(self, points: np.ndarray, main: np.ndarray) -> np.ndarray:
        sub = np.full(len(points), NONE)
        for theme, middles in self._parts.items():
            rows = np.flatnonzero(main == theme)
            if len(rows):
                near = self._apart(points[rows], theme) @ middles.T
                sub[rows] = np.round(near, 5).argmax(axis=1)
        return sub

    def _apart(self, points: np.ndarray, theme: int) -> np.ndarray:
        centre = self._middles[theme]
        return np.asarray(normalize(points - np.outer(points @ centre, centre)))


def _blocks(total: int) -> Iterator[slice]:
    return (slice(start, start + AT_ONCE) for start in range(0, total, AT_ONCE))


def spread(
    learned: np.ndarray, total: int, known: tuple[Membership, np.ndarray],
    placed: tuple[Membership, np.ndarray],
) -> tuple[Membership, np.ndarray]:  # fmt: skip
    """What is known of the ``learned`` texts and what was found of the others, in their order."""
    others = np.setdiff1d(np.arange(total), learned)
    main, weight, sub = np.empty(total, dtype=int), np.empty(total), np.empty(total, dtype=int)
    for rows, (membership, parts) in ((learned, known), (others, placed)):
        main[rows], weight[rows], sub[rows] = membership.main, membership.weight, parts
    return Membership(main, weight), sub
