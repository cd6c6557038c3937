"""Drawing people again: the bootstrap of figures that are made of sums.

A figure such as a mean is worked out from sums over all units (a person, or a campaign that counts
as one). Units that bring the same to every sum are of one kind, so that a whole resample is one
multinomial draw of the number of units of each kind: a million comments cost what a few thousand
do. Source: Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), ch. 6 and 13.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

#: Kinds are told apart to one part in so many of a share, the finest that leaves few enough.
STEPS = (1_000_000, 50, 20, 10, 5, 4, 2, 1)
MOST_KINDS = 4_000
_BLOCK = 1_000_000  # counts drawn at once


@dataclass(frozen=True)
class Kinds:
    """Units that bring (nearly) the same, counted.

    ``counts`` is (kinds,); ``brings`` (kinds, columns) is what a unit of each kind brings to each
    sum, on average, so that ``counts @ brings`` are the sums over all units, exactly.
    """

    counts: np.ndarray
    brings: np.ndarray

    @property
    def sums(self) -> np.ndarray:
        """The sums over all units, (columns,)."""
        return np.asarray(self.counts @ self.brings)

    def resampled_sums(self, draws: int, random_state: int) -> np.ndarray:
        """The sums over as many units drawn again with replacement, (draws, columns)."""
        if not len(self.counts):
            return np.zeros((0, self.brings.shape[1]))
        return np.vstack([drawn @ self.brings for drawn in self._draws(draws, random_state)])

    def _draws(self, draws: int, random_state: int) -> Iterator[np.ndarray]:
        """Resampled counts of each kind, in blocks that stay small in memory."""
        random, total = np.random.default_rng(random_state), int(self.counts.sum())
        block = max(1, min(draws, _BLOCK // len(self.counts)))
        for start in range(0, draws, block):
            size = min(block, draws - start)
            yield random.multinomial(total, self.counts / total, size=size).astype(float)


def kinds_of(brings: csr_array, shares: csr_array, told: np.ndarray, units: np.ndarray) -> Kinds:
    """The kinds of units among rows.

    Args:
        brings: (rows, columns), what each row adds to each sum.
        shares: (rows, themes), 0 to 1, what tells kinds apart; when there would be more than
            ``MOST_KINDS``, they are told apart more coarsely (``STEPS``): the sums stay exact,
            the variance inside a kind is left out (at a step of 1/10, a deviation of .03).
        told: (rows, others), more numbers that tell kinds apart, to a millionth.
        units: (rows,) whole numbers; the rows of one unit are drawn together.
    """
    brings, shares, told = _by_unit(brings, shares, told, units)
    for step in STEPS:
        marks = _marks(shares, told, step)
        _, first, kind, counts = np.unique(
            marks, return_index=True, return_inverse=True, return_counts=True
        )
        if len(counts) <= MOST_KINDS:
            break
    sums = _indicator(kind, len(counts)) @ brings
    order = _in_order(shares[first], told[first])
    return Kinds(counts[order], (sums.toarray() / counts[:, None])[order])


def _by_unit(
    brings: csr_array, shares: csr_array, told: np.ndarray, units: np.ndarray
) -> tuple[csr_array, csr_array, np.ndarray]:
    """One row per unit: the sums of its rows."""
    distinct, unit = np.unique(units, return_inverse=True)
    if len(distinct) == len(units):
        return brings, shares, told
    gather = _indicator(unit, len(distinct))
    return gather @ brings, gather @ shares, gather @ told


def _indicator(group: np.ndarray, groups: int) -> csr_array:
    """(groups, rows): 1 where the row is of the group."""
    rows = len(group)
    return csr_array((np.ones(rows), (group, np.arange(rows))), shape=(groups, rows))


def _marks(shares: csr_array, told: np.ndarray, step: int) -> np.ndarray:
    """A number for each row, the same for rows alike to within a step.

    A sum modulo 2⁶⁴ of the rounded shares times fixed random numbers: two different rows have the
    same mark once in 10¹⁹.
    """
    random = np.random.default_rng(20_261_128)
    weights = random.integers(1, 2**64, shares.shape[1] + told.shape[1], dtype=np.uint64)
    rounded = shares.copy()
    rounded.data = np.rint(shares.data * step).astype(np.int64).astype(np.uint64)
    marks = rounded @ weights[: shares.shape[1]]
    others = np.rint(told * 1_000_000).astype(np.int64).astype(np.uint64)
    return np.asarray(marks + others @ weights[shares.shape[1] :])


def _in_order(shares: csr_array, told: np.ndarray) -> np.ndarray:
    """Kinds by their largest share, those without any last, then by the other numbers."""
    dense = np.column_stack([shares.toarray(), np.full(shares.shape[0], 1e-9)])
    largest = dense.argmax(axis=1)
    return np.lexsort((*told.T[::-1], largest))


def interval(drawn: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """The percentile interval of each column of (draws, columns), NaN where there is no value."""
    bounds = np.full((2, drawn.shape[1]), np.nan)
    known = ~np.isnan(drawn).all(axis=0)
    edges = [(1 - level) / 2, (1 + level) / 2]
    if known.any():
        bounds[:, known] = np.nanquantile(drawn[:, known], edges, axis=0)
    return bounds[0], bounds[1]
