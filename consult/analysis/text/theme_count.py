"""How many themes: few for few comments, and the number whose grouping comes back."""

import numpy as np
from sklearn.metrics import adjusted_rand_score
from sklearn.utils import check_random_state

from consult.analysis.text.clustering import ConsensusKMeans


def theme_range(n: int) -> tuple[int, int]:
    """The fewest and the most themes that ``n`` different comments can carry.

    20 comments: 2 to 4; 100: 4 to 8; 300: 7 to 12; 1,000 and over: 10 or 11 to 20.
    """
    most = int(np.clip(round(1.35 * n**0.385), 1, 20))
    return max(1, round(0.56 * most)), most


def choose_theme_count(points: np.ndarray, random_state: int = 0, sample_size: int = 2000) -> int:
    """The number of themes whose grouping of the comments is the most stable.

    For each number in :func:`theme_range`, two consensus groupings learned on different 80 % of
    the comments are compared, by adjusted Rand index, on those they share.
    """
    fewest, most = theme_range(len(points))
    candidates = range(fewest, most + 1, 1 if most - fewest < 7 else 2)
    if len(candidates) < 2 or len(points) < 10:
        return most
    scores = [stability(points, k, random_state, sample_size) for k in candidates]
    return candidates[int(np.argmax(np.round(scores, 3)))]


def stability(points: np.ndarray, k: int, random_state: int, sample_size: int, pairs: int = 3) -> float:
    """Mean adjusted Rand index between groupings in ``k`` learned on two overlapping samples."""
    random = check_random_state(random_state)
    size = int(0.8 * min(len(points), sample_size))
    scores = []
    for _ in range(pairs):
        base = random.permutation(len(points))[: min(len(points), sample_size)]
        first, second = (np.sort(random.permutation(base)[:size]) for _ in range(2))
        shared = np.intersect1d(first, second)
        found = [
            ConsensusKMeans(k, n_runs=8, random_state=random_state).fit(points[rows]).labels_[
                np.searchsorted(rows, shared)
            ]
            for rows in (first, second)
        ]
        scores.append(adjusted_rand_score(*found))
    return float(np.mean(scores))
