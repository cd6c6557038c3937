"""Where k-means runs begin: points far from each other, chosen by chance."""

import numpy as np
from sklearn.metrics.pairwise import euclidean_distances


class Seeding:
    """Greedy k-means++ (Arthur and Vassilvitskii, 2007) for many runs on the same points.

    The squared distances between all points are worked out once, (n, n): each run then only
    compares rows of them, where it would measure them anew.

    Args:
        points: n x d, a few thousand at most.
    """

    def __init__(self, points: np.ndarray) -> None:
        self._points = points
        self._apart = euclidean_distances(points, squared=True)

    def starts(self, k: int, random: np.random.RandomState) -> np.ndarray:
        """``k`` of the points, k x d, drawn as scikit-learn draws them.

        The first is any; each next one is, of ``2 + log k`` drawn with a chance in proportion to
        their squared distance to the nearest chosen one, that which leaves the least of it.
        """
        tries = 2 + int(np.log(k))
        total = len(self._points)
        chosen = [int(random.choice(total, p=np.full(total, 1 / total)))]
        nearest = self._apart[chosen[0]]
        for _ in range(1, k):
            summed = np.cumsum(nearest)
            drawn = np.searchsorted(summed, random.uniform(size=tries) * summed[-1])
            drawn = np.minimum(drawn, len(nearest) - 1)
            left = np.minimum(nearest, self._apart[drawn])
            best = int(left.sum(axis=1).argmin())
            chosen.append(int(drawn[best]))
            nearest = left[best]
        return np.asarray(self._points[chosen])
