"""What to improve first: satisfaction points at stake, with their uncertainty.

For a theme *t*, with the rating of every rated comment on the scale of the file::

    points(t) = mean(ratings of comments outside t) - mean(all ratings)

Positive: satisfaction would stand that much higher if the comments of *t* were not there, so
there is as much to gain. Negative: *t* is what people are content with.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

NONE = -1
LEVEL = 0.95  # of the intervals


@dataclass(frozen=True)
class Stakes:
    """Points at stake of each theme (NaN where they cannot be told) and their resampled values.

    ``low`` and ``high`` bound the bootstrap percentile interval; ``draws`` is (draws, themes).
    """

    points: np.ndarray
    low: np.ndarray
    high: np.ndarray
    draws: np.ndarray


def points_at_stake(totals: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Mean of the ratings outside each theme minus the mean of all of them.

    Args:
        totals, sums: number and sum of the ratings, shape (..., themes + 1); the last column
            holds the rated comments without a theme.

    Returns:
        shape (..., themes), NaN where no rating lies outside the theme.
    """
    n, s = totals.sum(axis=-1, keepdims=True), sums.sum(axis=-1, keepdims=True)
    outside = n - totals[..., :-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(outside > 0, (s - sums[..., :-1]) / outside - s / n, np.nan)


def stakes(
    ratings: np.ndarray, main: np.ndarray, themes: int, draws: int = 2000, level: float = LEVEL,
    random_state: int = 0,
) -> Stakes:  # fmt: skip
    """Points at stake of each theme with a bootstrap percentile interval.

    Rated comments are drawn again with replacement ``draws`` times (Efron and Tibshirani, 1993);
    since only counts and sums per theme matter, whole draws are taken at once as multinomial
    counts of each (theme, rating) pair.

    Args:
        ratings: one per comment, NaN when it has none.
        main: main theme of each comment, 0 to ``themes`` - 1, or -1 when none.
    """
    rated = ~np.isnan(ratings)
    theme = np.where(main[rated] == NONE, themes, main[rated])
    pairs, counts = np.unique(np.column_stack([theme, ratings[rated]]), axis=0, return_counts=True)
    if not len(pairs):
        empty = np.full(themes, np.nan)
        return Stakes(empty, empty, empty, np.empty((0, themes)))
    membership = (pairs[:, :1] == np.arange(themes + 1)).astype(float)
    weighted = membership * pairs[:, 1:]
    points = points_at_stake(counts @ membership, counts @ weighted)
    points[(counts @ membership)[:-1] < 2] = np.nan
    drawn = np.vstack(
        [points_at_stake(w @ membership, w @ weighted) for w in _draws(counts, draws, random_state)]
    )
    drawn[:, np.isnan(points)] = np.nan
    low, high = _interval(drawn, level)
    return Stakes(points, low, high, drawn)


def _draws(counts: np.ndarray, draws: int, random_state: int) -> Iterator[np.ndarray]:
    """Resampled counts of each pair, in blocks that stay small in memory."""
    random = np.random.default_rng(random_state)
    block = max(1, min(draws, 2_000_000 // len(counts)))
    for start in range(0, draws, block):
        size = min(block, draws - start)
        yield random.multinomial(counts.sum(), counts / counts.sum(), size=size).astype(float)


def _interval(drawn: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    bounds = np.full((2, drawn.shape[1]), np.nan)
    known = ~np.isnan(drawn).all(axis=0)
    edges = [(1 - level) / 2, (1 + level) / 2]
    bounds[:, known] = np.nanquantile(drawn[:, known], edges, axis=0)
    return bounds[0], bounds[1]


def ranked(low: np.ndarray, comments: np.ndarray) -> np.ndarray:
    """Theme numbers from the first to improve to the last.

    By the cautious end of the interval (to six decimals), the highest first; ties, and themes
    whose points cannot be told, by number of comments.
    """
    cautious = np.where(np.isnan(low), -np.inf, np.round(low, 6))
    return np.lexsort((np.arange(len(low)), -comments, -cautious))


def rank_groups(order: np.ndarray, draws: np.ndarray, level: float = LEVEL) -> list[list[int]]:
    """Themes in the given order, cut into runs whose ranks cannot be told apart.

    A theme joins a run when, with each theme of it, the bootstrap interval of the difference of
    their points holds zero. A theme without points stands alone.
    """
    groups: list[list[int]] = []
    for theme in order:
        if groups and all(_alike(draws[:, t], draws[:, theme], level) for t in groups[-1]):
            groups[-1].append(int(theme))
        else:
            groups.append([int(theme)])
    return groups


def _alike(first: np.ndarray, second: np.ndarray, level: float) -> bool:
    difference = first - second
    difference = difference[~np.isnan(difference)]
    if not len(difference):
        return False
    low, high = np.quantile(difference, [(1 - level) / 2, (1 + level) / 2])
    return bool(low <= 0 <= high)
