"""How many themes: few for few comments, and no more than the comments show."""

import numpy as np
from sklearn.metrics import silhouette_samples
from sklearn.utils import check_random_state

from consult.analysis.text.clustering import ConsensusKMeans


def theme_range(n: int) -> tuple[int, int]:
    """The fewest and the most themes that ``n`` different comments can carry.

    20 comments: 2 to 4; 100: 4 to 8; 300: 7 to 12; 1,100 and over: 11 to 20.
    """
    most = int(np.clip(round(1.35 * n**0.385), 1, 20))
    return max(1, round(0.56 * most)), most


def choose_theme_count(points: np.ndarray, random_state: int = 0, sample_size: int = 1200) -> int:
    """The smallest number of themes that separates the comments about as well as the best one.

    Each number in :func:`theme_range` (every second one of a wide range) is judged by the mean
    silhouette (Rousseeuw, 1987, cosine distance) of its grouping, learned on at most
    ``sample_size`` comments; the smallest within one standard error of the highest is taken.
    """
    fewest, most = theme_range(len(points))
    if fewest == most or len(points) <= most + 1:
        return min(most, len(points))
    order = check_random_state(random_state).permutation(len(points))[:sample_size]
    sample = points[np.sort(order)]
    candidates = list(range(fewest, most + 1, 1 if most - fewest < 7 else 2))
    judged = [_silhouette(sample, k, random_state) for k in candidates]
    means = np.round([mean for mean, _ in judged], 4)
    best = int(np.argmax(means))
    return candidates[int(np.argmax(means >= means[best] - judged[best][1]))]


def _silhouette(points: np.ndarray, k: int, random_state: int) -> tuple[float, float]:
    """Mean silhouette of a grouping in ``k`` and the standard error of that mean."""
    labels = ConsensusKMeans(k, n_runs=6, random_state=random_state).fit(points).labels_
    if not 1 < len(np.unique(labels)) < len(points):
        return -1.0, 0.0
    values = silhouette_samples(points, labels, metric="cosine")
    return float(values.mean()), float(values.std() / np.sqrt(len(values)))
