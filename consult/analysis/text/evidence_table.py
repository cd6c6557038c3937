"""What the figures of themes are worked out from, as tables."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from consult.analysis.text.trends import Trends
from consult.analysis.text.weighing import Evidence


def comments_table(evidence: Evidence, groupings: Collection[str] | None = None) -> pd.DataFrame:
    """What each comment brings to the figures: row, answered (0 or 1), voice, unit, rating, and
    the groupings, all of them or those named."""
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
        if groupings is None or name in groupings:
            table[name] = groups.to_numpy()
    return table


def trends_table(trends: Trends) -> pd.DataFrame:
    """What the trend of each theme comes from: theme, voices_before of all_before, voices_after of
    all_after."""
    return pd.DataFrame(
        {
            "theme": np.arange(len(trends.before)) + 1,
            "voices_before": trends.voices_before,
            "all_before": trends.all_before,
            "voices_after": trends.voices_after,
            "all_after": trends.all_after,
        }
    )
