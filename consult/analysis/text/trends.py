"""Is a theme spoken of more, or less, than before?"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import fisher_exact

from consult.analysis.text.many_tests import holm_adjusted

PREVIOUS, HALVES = "previous", "halves"
ALPHA = 0.05

#: First and last moment of a period.
Period = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True)
class Trends:
    """How the share of each theme moved.

    Attributes:
        compared: ``PREVIOUS``: the period of the report with the one of the same length just
            before it; ``HALVES``: the second half of the period with the first; None: nothing to
            compare.
        start: from when on a comment is of the later part.
        before, after: share of each theme in the earlier and the later part, 0 to 1.
        voices_before, voices_after: what these shares are of ``all_before`` and ``all_after``.
        p_values: of Fisher's exact test, corrected for the number of themes by Holm's method.
    """

    compared: str | None
    start: pd.Timestamp | None
    before: np.ndarray
    after: np.ndarray
    p_values: np.ndarray
    voices_before: np.ndarray
    voices_after: np.ndarray
    all_before: float
    all_after: float

    def proven(self, alpha: float = ALPHA) -> list[float | None]:
        """The change of each theme's share (0.05 = 5 points more), None when it may be chance."""
        change = self.after - self.before
        return [
            float(moved) if p <= alpha else None
            for moved, p in zip(change, self.p_values, strict=True)
        ]


def share_trends(
    shares: csr_array, voices: np.ndarray, dates: pd.Series, period: Period | None = None
) -> Trends:
    """The share of each theme now and before, with a test.

    Args:
        shares: (comments, themes), of each comment in each theme.
        voices: (comments,), 0 for the comments that say nothing.
        dates: (comments,), NaT where not known: those comments count nowhere.
        period: what the report is about; the comments of the time of the same length just before
            it are compared when there are any. Without a period, or without such comments, the
            second half of the time is compared with the first, cut in its middle.

    Shares are of the voices of each part; the test counts voices rounded to whole ones.
    """
    moments = dates.to_numpy(dtype="datetime64[ns]")
    known = ~np.isnat(moments)
    compared, earlier, later, start = _parts(moments, known, period)
    before, all_before = _spoken(shares, voices, earlier)
    after, all_after = _spoken(shares, voices, later)
    if not all_before or not all_after:
        empty = np.full(shares.shape[1], np.nan)
        return Trends(None, None, empty, empty, empty, before, after, all_before, all_after)
    tests = [
        fisher_exact([counts_of(a, all_after), counts_of(b, all_before)]).pvalue
        for a, b in zip(after, before, strict=True)
    ]
    adjusted = holm_adjusted(np.array(tests, dtype=float))
    return Trends(
        compared, pd.Timestamp(start), before / all_before, after / all_after, adjusted,
        before, after, all_before, all_after,
    )  # fmt: skip


def counts_of(spoken: float, everyone: float) -> list[int]:
    """Voices that speak of a theme and those that do not, rounded to whole ones."""
    part, whole = round(float(spoken)), round(float(everyone))
    return [part, max(whole - part, 0)]


def _parts(
    moments: np.ndarray, known: np.ndarray, period: Period | None
) -> tuple[str, np.ndarray, np.ndarray, np.datetime64]:
    if period is not None:
        start, end = pd.to_datetime(pd.Series(period)).to_numpy(dtype="datetime64[ns]")
        inside = known & (moments >= start) & (moments <= end)
        earlier = known & (moments >= start - (end - start)) & (moments < start)
        if earlier.any():
            return PREVIOUS, earlier, inside, start
        known = inside
    if not known.any():
        return HALVES, known, known, np.datetime64("NaT")
    first, last = moments[known].min(), moments[known].max()
    middle = first + (last - first) // 2
    return HALVES, known & (moments < middle), known & (moments >= middle), middle


def _spoken(shares: csr_array, voices: np.ndarray, part: np.ndarray) -> tuple[np.ndarray, float]:
    rows = np.flatnonzero(part)
    return np.asarray(voices[rows] @ shares[rows]), float(voices[rows].sum())
