"""A curious reader of published results."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog


class Reader:
    """Someone who puts together sums of unknown counts, knowing only that none is negative."""

    def __init__(self, unknowns: int) -> None:
        self._unknowns = unknowns
        self._sums: list[np.ndarray] = []
        self._values: list[int] = []

    def learns(self, places: Sequence[int], total: int) -> None:
        """The counts at these places add up to ``total``."""
        row = np.zeros(self._unknowns)
        row[list(places)] = 1
        self._sums.append(row)
        self._values.append(total)

    def doubt(self, places: Sequence[int]) -> int:
        """How far apart the least and the greatest possible sums of these places are."""
        aim = np.zeros(self._unknowns)
        aim[list(places)] = 1
        known = {"A_eq": np.array(self._sums), "b_eq": self._values, "method": "highs"}
        low, high = linprog(aim, **known), linprog(-aim, **known)
        assert low.status == 0
        return round(-high.fun - low.fun) if high.status == 0 else 10**9
