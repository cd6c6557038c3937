"""The second level: what a theme is made of."""

import numpy as np
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import normalize
from sklearn.utils import check_random_state

from consult.analysis.text.clustering import ConsensusKMeans, centres, lowered

NONE = -1
MOST = 5  # sub-themes of a theme
FEWEST_TEXTS = 12  # of a sub-theme, and at least a tenth of its theme
DIMENSIONS = 40  # that parts are looked for in
WORTH = 0.04  # silhouette under which a theme is one piece


def sub_themes(
    points: np.ndarray, main: np.ndarray, random_state: int = 0, sample_size: int = 600
) -> np.ndarray:
    """The sub-theme of each text within its theme, from 0, the largest first; -1 for none.

    A theme is cut by what its texts say beside what they share: its own direction is taken away
    before they are grouped. Of 2 to 5 parts, the number of highest mean silhouette (Rousseeuw,
    1987, cosine) is taken; a theme whose best is under 0.04, or of which no two parts are large
    enough, stays whole.

    Args:
        points: texts x d, rows of length 1 or 0.
        main: the theme of each text, from 0, -1 for none.
    """
    found = np.full(len(points), NONE)
    for theme in range(main.max(initial=NONE) + 1):
        rows = np.flatnonzero((main == theme) & points.any(axis=1))
        if len(rows) >= 2 * FEWEST_TEXTS:
            found[rows] = _parts(points[rows], random_state, sample_size)
    return found


def _parts(points: np.ndarray, random_state: int, sample_size: int) -> np.ndarray:
    centre = centres(points, np.zeros(len(points), dtype=int))[0]
    apart = normalize(points - np.outer(points @ centre, centre))
    order = check_random_state(random_state).permutation(len(apart))[:sample_size]
    sample = apart[np.sort(order)]
    least = max(FEWEST_TEXTS, round(0.1 * len(points)))
    seen = lowered(sample, DIMENSIONS, random_state=random_state)
    judged = []
    for count in range(2, min(MOST, len(points) // least) + 1):
        fitted = ConsensusKMeans(count, n_runs=6, random_state=random_state).fit(seen)
        if len(fitted.cluster_centers_) == count:
            worth = silhouette_score(sample, fitted.labels_, metric="cosine")
            judged.append((round(float(worth), 4), centres(sample, fitted.labels_)))
    worth, best = max(judged, key=lambda pair: pair[0], default=(0.0, centre[None, :]))
    labels = np.argmax(np.round(apart @ best.T, 5), axis=1)
    sizes = np.bincount(labels, minlength=len(best))
    if worth < WORTH or (sizes >= least).sum() < 2:
        return np.full(len(points), NONE)
    number = np.full(len(best), NONE)
    large = [part for part in np.argsort(-sizes, kind="stable") if sizes[part] >= least]
    number[large] = np.arange(len(large))
    return np.asarray(number[labels])
