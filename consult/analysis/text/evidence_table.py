"""What the figures of themes are worked out from, as a table."""

import numpy as np
import pandas as pd

from consult.analysis.text.weighing import Evidence


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
