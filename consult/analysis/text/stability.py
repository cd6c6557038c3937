"""Do the themes hold when other comments had come?"""

import numpy as np
from sklearn.utils import check_random_state

from consult.analysis.text.clustering import ConsensusKMeans, lowered

HOLDS, SHAKY = 0.75, 0.5
DIMENSIONS = 60  # that groups are looked for in


def stability(
    points: np.ndarray, labels: np.ndarray, resamples: int = 10, sample_size: int = 1000,
    random_state: int = 0,
) -> np.ndarray:  # fmt: skip
    """How well each group is found again in other samples of the points, 0 to 1.

    The points are drawn with replacement and grouped anew in as many groups; a group is as stable
    as its best Jaccard index with a group of the resample, over the points drawn, on average
    (clusterwise stability, Hennig, 2007). From 0.75 a group holds; under 0.5 it does not: it is a
    way of cutting rather than a thing people speak of.

    Args:
        points: n x d, rows of length 1.
        labels: the group of each, from 0, every number used.
        sample_size: at most so many points are drawn at a time.
    """
    groups = labels.max(initial=-1) + 1
    random = check_random_state(random_state)
    points = lowered(points, DIMENSIONS, random_state=random_state)
    found = np.full((resamples, groups), np.nan)
    for number in range(resamples):
        rows = np.unique(random.randint(0, len(points), min(len(points), sample_size)))
        again = ConsensusKMeans(groups, n_runs=5, random_state=random_state + number)
        found[number] = best_jaccards(labels[rows], again.fit(points[rows]).labels_, groups)
    known = ~np.isnan(found)
    return np.where(
        known.any(axis=0), np.nansum(found, axis=0) / np.maximum(known.sum(axis=0), 1), np.nan
    )


def best_jaccards(labels: np.ndarray, others: np.ndarray, groups: int) -> np.ndarray:
    """For each group of ``labels``, its best Jaccard index with a group of ``others``.

    NaN for a group that no point is in.
    """
    both = np.zeros((groups, others.max(initial=0) + 1))
    np.add.at(both, (labels, others), 1)
    own, theirs = both.sum(axis=1, keepdims=True), both.sum(axis=0, keepdims=True)
    jaccard = both / np.maximum(own + theirs - both, 1)
    return np.where(own[:, 0] > 0, jaccard.max(axis=1), np.nan)
