"""What to improve first: satisfaction points at stake, with their uncertainty.

Each comment *i* has a voice ``v`` (1, or 1/m when it is one of the m copies of a campaign), a
rating ``r`` and a share ``s`` in each theme (0 to 1, 1 in all when it speaks of any theme). For a
theme *t*::

    points(t) = Σ v·(1 − s)·r / Σ v·(1 − s)  −  Σ v·r / Σ v

the sums over rated comments: the mean rating without what is said of *t*, less the mean of all.
Positive: satisfaction would stand that much higher, so there is as much to gain. Negative: *t* is
what people are content with. Without ratings, themes are weighed by their burden::

    burden(t) = Σ v·s·u / Σ v        u = max(0, −polarity)

the sums over comments that say something: the share of what is said times how unfavourable it is.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack

from consult.analysis.text.resampling import interval, kinds_of

NONE = -1
LEVEL = 0.95  # of the intervals
FEWEST_VOICES = 2  # rated, for a theme to have points
_NEARLY = 1e-9


@dataclass(frozen=True)
class Stakes:
    """What each theme weighs (NaN where it cannot be told) and its resampled values.

    ``points`` are points at stake, or burdens when there are no ratings; ``low`` and ``high``
    bound the bootstrap percentile interval; ``draws`` is (draws, themes).
    """

    points: np.ndarray
    low: np.ndarray
    high: np.ndarray
    draws: np.ndarray


def whole_shares(main: np.ndarray, themes: int) -> csr_array:
    """The shares, (comments, themes), when each comment is all of its ``main`` theme or none."""
    rows = np.flatnonzero(main != NONE)
    return csr_array((np.ones(len(rows)), (rows, main[rows])), shape=(len(main), themes))


def stakes(
    ratings: np.ndarray, shares: np.ndarray | csr_array, voices: np.ndarray | None = None,
    units: np.ndarray | None = None, draws: int = 2000, level: float = LEVEL,
    random_state: int = 0,
) -> Stakes:  # fmt: skip
    """Points at stake of each theme with a bootstrap percentile interval.

    Args:
        ratings: one per comment, NaN when it has none.
        shares: (comments, themes), of each comment in each theme; a row sums to 0 or 1.
        voices: weight of each comment, above 0; 1 when not given.
        units: whole number of what is drawn together (a campaign); each comment by itself when
            not given.

    Returns:
        NaN for a theme with under two rated voices, or when all of them are in it.
    """
    rated = np.flatnonzero(~np.isnan(ratings))
    rating, voice = ratings[rated], _voices(voices, len(ratings))[rated]
    weight = _scaled(csr_array(shares)[rated], voice)
    themes = weight.shape[1]
    brings = hstack(
        [csr_array(np.column_stack([voice, voice * rating])), weight, _scaled(weight, rating)],
        format="csr",
    )
    told = np.column_stack([_levels(rating) * voice, voice])
    kinds = kinds_of(brings, weight, told, _units(units, len(ratings))[rated])
    sums = kinds.sums
    points = _points(sums, themes)
    points[sums[2 : 2 + themes] < FEWEST_VOICES - _NEARLY] = np.nan
    return _with_interval(points, _points(kinds.resampled_sums(draws, random_state), themes), level)


def burdens(
    shares: np.ndarray | csr_array, polarity: np.ndarray, voices: np.ndarray | None = None,
    units: np.ndarray | None = None, draws: int = 2000, level: float = LEVEL,
    random_state: int = 0,
) -> Stakes:  # fmt: skip
    """The burden of each theme, 0 to 1, with a bootstrap percentile interval.

    Args:
        shares: as for ``stakes``, of the comments that say something.
        polarity: -1 to 1, of each comment, or of each comment in each theme (the shape of
            ``shares``); 0 where it is neutral or not known.

    Returns:
        NaN for a theme of under two voices.
    """
    unfavourable = unfavourable_shares(csr_array(shares), polarity)
    voice = _voices(voices, unfavourable.shape[0])
    weighed = _scaled(unfavourable, voice)
    brings = hstack([csr_array(voice[:, None]), weighed], format="csr")
    kinds = kinds_of(brings, weighed, voice[:, None], _units(units, len(voice)))
    sums, drawn = kinds.sums, kinds.resampled_sums(draws, random_state)
    with np.errstate(invalid="ignore", divide="ignore"):
        burden = sums[1:] / sums[:1]
        resampled = drawn[:, 1:] / drawn[:, :1]
    spoken = np.asarray(_scaled(csr_array(shares), voice).sum(axis=0))
    burden[spoken < FEWEST_VOICES - _NEARLY] = np.nan
    return _with_interval(burden, resampled, level)


def unfavourable_shares(shares: csr_array, polarity: np.ndarray | csr_array) -> csr_array:
    """s·u of each comment in each theme; ``polarity`` as for ``burdens``."""
    if polarity.ndim == 1:
        return _scaled(shares, np.maximum(-polarity, 0.0))
    against = (-csr_array(polarity)).maximum(0.0)
    return csr_array(shares.multiply(against))


def _with_interval(points: np.ndarray, drawn: np.ndarray, level: float) -> Stakes:
    drawn[:, np.isnan(points)] = np.nan
    low, high = interval(drawn, level)
    return Stakes(points, low, high, drawn)


def _points(sums: np.ndarray, themes: int) -> np.ndarray:
    """Points from the sums (..., 2 + 2 themes) of v, v·r, v·s and v·s·r."""
    voices, rated = sums[..., :1], sums[..., 1:2]
    outside = voices - sums[..., 2 : 2 + themes]
    with np.errstate(invalid="ignore", divide="ignore"):
        without = (rated - sums[..., 2 + themes :]) / outside
        return np.where(outside > _NEARLY * voices, without - rated / voices, np.nan)


def _scaled(rows: csr_array, by: np.ndarray) -> csr_array:
    """Each row times its number."""
    data = rows.data * np.repeat(by, np.diff(rows.indptr))
    return csr_array((data, rows.indices, rows.indptr), shape=rows.shape)


def _levels(ratings: np.ndarray, most: int = 101) -> np.ndarray:
    """The ratings, rounded to ``most`` levels when there are more: they tell kinds apart."""
    distinct = np.unique(ratings)
    if len(distinct) <= most:
        return ratings
    width = (distinct[-1] - distinct[0]) / (most - 1)
    return np.asarray(np.rint((ratings - distinct[0]) / width) * width + distinct[0])


def _voices(voices: np.ndarray | None, comments: int) -> np.ndarray:
    return np.ones(comments) if voices is None else np.asarray(voices, dtype=float)


def _units(units: np.ndarray | None, comments: int) -> np.ndarray:
    return np.arange(comments) if units is None else units


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
