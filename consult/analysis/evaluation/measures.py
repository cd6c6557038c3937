"""How near found themes are to true ones, and whether they hold."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import combinations

import numpy as np
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    v_measure_score,
)

NO_THEME = -1
#: Gives the theme of each comment (n,), :data:`NO_THEME` for none, from a seed and the positions
#: of the comments to look at.
Grouping = Callable[[np.ndarray, int], np.ndarray]


@dataclass(frozen=True)
class Scores:
    """What one grouping of n comments is worth beside the truth; NaN where nothing can be said.

    Attributes:
        v: V-measure (Rosenberg and Hirschberg, 2007), 0 to 1.
        ari: adjusted Rand index (Hubert and Arabie, 1985), 0 by chance, 1 for the same groups.
        leak: adjusted mutual information of theme and language (Vinh, Epps and Bailey, 2010), 0
            when a theme tells nothing of the language. Needs two languages.
        without: share of the comments that have no theme.
        themes: how many themes were found.
        together: share of the pairs of translations whose two comments have the same theme (a
            comment without theme is with nobody). Needs pairs.
    """

    v: float
    ari: float
    leak: float
    without: float
    themes: float
    together: float


def scores(
    truth: np.ndarray, found: np.ndarray, langs: np.ndarray, pairs: np.ndarray | None = None
) -> Scores:
    """Scores of ``found`` (n integers) beside ``truth`` (n names).

    Comments without a theme count as a group of their own, which costs what it should: nobody
    gains by leaving out what is hard. The true themes have a leak too when the languages do not
    speak of the same things; it is not taken off.
    """
    leak = np.nan
    if len(np.unique(langs)) > 1:
        leak = adjusted_mutual_info_score(langs, found)
    return Scores(
        v=float(v_measure_score(truth, found)),
        ari=float(adjusted_rand_score(truth, found)),
        leak=float(leak),
        without=float(np.mean(found == NO_THEME)),
        themes=float(len(set(found.tolist()) - {NO_THEME})),
        together=np.nan if pairs is None else share_together(found, pairs),
    )


def share_together(found: np.ndarray, pairs: np.ndarray) -> float:
    """Share of the groups named in ``pairs`` (n names, '' for none) that hold one theme only.

    Groups of a single comment do not count; NaN when there is no other.
    """
    order = np.argsort(pairs, kind="stable")
    names, starts = np.unique(pairs[order], return_index=True)
    groups = np.split(found[order], starts[1:])
    kept = [
        group for name, group in zip(names, groups, strict=True) if name != "" and len(group) > 1
    ]
    if not kept:
        return np.nan
    return float(np.mean([group[0] != NO_THEME and (group == group[0]).all() for group in kept]))


def mean_scores(several: list[Scores]) -> Scores:
    """The mean of each figure over several runs."""
    names = [field.name for field in fields(Scores)]
    return Scores(*(float(np.mean([getattr(one, name) for one in several])) for name in names))


def stability(grouping: Grouping, n: int, resamples: int, share: float = 0.8) -> float:
    """Mean adjusted Rand index between groupings of overlapping parts of the comments.

    ``resamples`` times, ``share`` of the ``n`` comments are drawn without replacement and grouped
    with another seed; each two groupings are compared on the comments that both saw. 1: the same
    themes whoever is left out; 0: no more alike than chance. NaN with fewer than two resamples.
    """
    if resamples < 2:
        return np.nan
    runs = []
    for seed in range(resamples):
        draw = np.random.default_rng(seed).permutation(n)[: round(share * n)]
        rows = np.sort(draw)
        placed = np.full(n, NO_THEME)
        placed[rows] = grouping(rows, seed)
        runs.append((np.isin(np.arange(n), rows), placed))
    return float(
        np.mean([
            adjusted_rand_score(one[saw & seen], other[saw & seen])
            for (saw, one), (seen, other) in combinations(runs, 2)
        ])
    )  # fmt: skip
