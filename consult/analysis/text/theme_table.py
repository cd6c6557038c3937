"""The ranking of themes as a table, and what it is worked out from as two more."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from consult.analysis.text.weighing import Evidence, Weighed

WEIGHED_COLUMNS = (
    "theme", "rank", "voices", "share", "share_low", "share_high", "mean_rating", "severity",
    "polarity", "points_at_stake", "points_low", "points_high", "burden", "burden_low",
    "burden_high", "share_before", "share_after", "trend_p",
)  # fmt: skip


def weighed_table(weighed: Weighed) -> pd.DataFrame:
    """One line per theme in rank order, ``WEIGHED_COLUMNS``; ``theme`` counts from 1."""
    reach, points, burden = weighed.reach, weighed.stakes, weighed.burdens
    table = pd.DataFrame(
        {
            "theme": np.arange(1, len(reach.share) + 1),
            "rank": 0,
            "voices": reach.voices,
            "share": reach.share,
            "share_low": reach.low,
            "share_high": reach.high,
            "mean_rating": weighed.mean_rating,
            "severity": weighed.severity,
            "polarity": weighed.polarity,
            "points_at_stake": points.points,
            "points_low": points.low,
            "points_high": points.high,
            "burden": burden.points,
            "burden_low": burden.low,
            "burden_high": burden.high,
            "share_before": weighed.trends.before,
            "share_after": weighed.trends.after,
            "trend_p": weighed.trends.p_values,
        }
    ).iloc[weighed.order]
    table["rank"] = np.arange(1, len(table) + 1)
    return table.reset_index(drop=True)


def comments_table(evidence: Evidence) -> pd.DataFrame:
    """What each comment brings to the figures: row, answered (0 or 1), voice, unit, rating, and
    the groupings."""
    table = pd.DataFrame(
        {
            "row": np.arange(len(evidence.voices)),
            "answered": evidence.answered.astype(int),
            "voice": evidence.voices,
            "unit": evidence.units,
            "rating": evidence.ratings,
        }
    )
    for name, groups in evidence.groupings.items():
        table[name] = groups.to_numpy()
    return table


def shares_table(evidence: Evidence) -> pd.DataFrame:
    """The share of comments in themes: row, theme (from 1), share, polarity; by row, then theme."""
    shares = csr_array(evidence.shares)
    shares.sort_indices()
    row, theme = shares.tocoo().coords
    return pd.DataFrame(
        {
            "row": row,
            "theme": theme + 1,
            "share": shares.data,
            "polarity": _polarity(evidence, row, theme),
        }
    )


def _polarity(evidence: Evidence, row: np.ndarray, theme: np.ndarray) -> np.ndarray:
    if evidence.polarity is None:
        return np.full(len(row), np.nan)
    if evidence.polarity.ndim == 1:
        return np.asarray(evidence.polarity[row])
    return np.asarray(csr_array(evidence.polarity)[row, theme]).ravel()
