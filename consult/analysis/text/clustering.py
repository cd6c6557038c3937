"""Groups of comments: many k-means runs that vote, so that one seed's luck does not decide."""

from typing import Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from consult.analysis.text.seeding import Seeding


class ConsensusKMeans(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """k-means on the agreement of many k-means runs (a cluster ensemble, Strehl and Ghosh, 2002).

    Each run cuts the points into between k and 3k groups; the membership columns of all runs are
    joined, reduced by SVD, and cut into k by a last k-means. From there a few steps of spherical
    k-means (Dhillon and Modha, 2001) bring each point to the centre nearest in direction, so that
    no group gathers what merely lies between the others.

    Args:
        n_clusters: k.
        n_runs: how many runs vote.
        sample_size: runs learn on at most this many points and place the others.

    Learned: ``labels_`` (n,), ``cluster_centers_`` (k', d) with rows of length 1, k' <= k.
    """

    def __init__(
        self, n_clusters: int = 8, n_runs: int = 20, sample_size: int = 2500, random_state: int = 0
    ):
        self.n_clusters = n_clusters
        self.n_runs = n_runs
        self.sample_size = sample_size
        self.random_state = random_state

    def fit(self, points: np.ndarray, y: None = None) -> Self:
        points = validate_data(self, points, dtype=[np.float64, np.float32])
        k = distinct(points, self.n_clusters)
        labels = self._consensus(points, k) if k > 1 else np.zeros(len(points), dtype=int)
        _, self.labels_ = np.unique(labels, return_inverse=True)
        self.cluster_centers_ = centres(points, self.labels_)
        return self

    def predict(self, points: np.ndarray) -> np.ndarray:
        """The group whose centre is nearest in direction to each point."""
        check_is_fitted(self)
        points = validate_data(self, points, dtype=[np.float64, np.float32], reset=False)
        return np.asarray(np.argmax(np.round(points @ self.cluster_centers_.T, 5), axis=1))

    def _consensus(self, points: np.ndarray, k: int) -> np.ndarray:
        votes = votes_of_runs(points, k, self.n_runs, self.sample_size, self.random_state)
        rank = min(max(2 * k, 20), votes.shape[1] - 1, len(points) - 1)
        svd = TruncatedSVD(rank, n_iter=4, random_state=self.random_state)
        agreed = normalize(np.round(svd.fit_transform(votes), 5))
        final = KMeans(k, n_init=4, random_state=self.random_state)
        rows = _sample(len(points), self.sample_size, self.random_state)
        return settled(points, final.fit(agreed[rows]).predict(agreed))


def votes_of_runs(
    points: np.ndarray, k: int, n_runs: int, sample_size: int, random_state: int
) -> sparse.csr_matrix:
    """Membership columns (0 or 1) of ``n_runs`` k-means runs of k to 3k groups, side by side."""
    random = check_random_state(random_state)
    rows = _sample(len(points), sample_size, random_state)
    learned = points if len(rows) == len(points) else points[rows]
    most = distinct(learned, 3 * k)
    seeding = Seeding(learned)
    columns = []
    for size in np.linspace(min(k, most), most, n_runs).round().astype(int):
        starts = seeding.starts(size, check_random_state(random.randint(2**31 - 1)))
        run = KMeans(size, init=starts, n_init=1, max_iter=30).fit(learned)
        found = run.labels_ if learned is points else run.predict(points)
        ones = np.ones(len(points), dtype=np.float32)
        columns.append(
            sparse.csr_matrix((ones, (np.arange(len(points)), found)), (len(points), size))
        )
    return sparse.hstack(columns, format="csr")


def distinct(points: np.ndarray, most: int) -> int:
    """How many different points there are, counted up to ``most``."""
    seen: set[bytes] = set()
    for point in points:
        seen.add(point.tobytes())
        if len(seen) == most:
            break
    return len(seen)


def settled(points: np.ndarray, labels: np.ndarray, steps: int = 5) -> np.ndarray:
    """``labels`` after a few rounds of joining the group whose mean direction is nearest."""
    for _ in range(steps):
        labels = np.argmax(np.round(points @ centres(points, labels).T, 5), axis=1)
    return labels


def centres(points: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The mean direction of each group (rows of length 1), in the order of their numbers."""
    means = np.vstack([points[labels == group].mean(axis=0) for group in np.unique(labels)])
    return np.asarray(normalize(means))


def lowered(
    points: np.ndarray, dimensions: int, sample_size: int = 2500, random_state: int = 0
) -> np.ndarray:
    """``points`` in at most so many dimensions, by SVD learned on a sample of them.

    For groupings that are only compared: k-means takes a fraction of the time. A few points stay
    as they are.
    """
    rows = _sample(len(points), sample_size, random_state)
    rank = min(dimensions, min(len(rows), points.shape[1]) - 1)
    if rank < 2 or len(points) < 100:
        return points
    svd = TruncatedSVD(rank, n_iter=3, random_state=random_state).fit(points[rows])
    return np.asarray(np.round(svd.transform(points), 5) + 0.0)


def _sample(n: int, size: int, random_state: int) -> np.ndarray:
    if n <= size:
        return np.arange(n)
    return np.sort(check_random_state(random_state).choice(n, size, replace=False))
