"""Is a theme spoken of more, or less, than before?"""

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact


def theme_trends(
    main: np.ndarray, dates: pd.Series, themes: int, alpha: float = 0.05
) -> list[float | None]:
    """Change in each theme's share between the two halves of the period, or None when unproven.

    The period runs from the first date to the last and is cut in its middle. Each theme's share of
    the dated comments is compared by Fisher's exact test; the family of tests is held at ``alpha``
    by Holm's method (1979). The change is later minus earlier, as a share (0.05 = 5 points more).
    """
    known = dates.notna().to_numpy()
    if known.sum() < 2 or themes == 0:
        return [None] * themes
    moments, labels = dates[known], main[known]
    middle = moments.min() + (moments.max() - moments.min()) / 2
    later = (moments > middle).to_numpy()
    after, before = int(later.sum()), int((~later).sum())
    if not after or not before:
        return [None] * themes
    with_after = np.array([(labels[later] == theme).sum() for theme in range(themes)])
    with_before = np.array([(labels[~later] == theme).sum() for theme in range(themes)])
    tests = [
        fisher_exact([[a, after - a], [b, before - b]]).pvalue
        for a, b in zip(with_after, with_before, strict=True)
    ]
    change = with_after / after - with_before / before
    passed = holm(np.array(tests), alpha)
    return [float(c) if ok else None for c, ok in zip(change, passed, strict=True)]


def holm(p_values: np.ndarray, alpha: float = 0.05) -> np.ndarray:
    """Which of several tests pass when their family is held at ``alpha`` (Holm, 1979)."""
    order = np.argsort(p_values, kind="stable")
    limits = alpha / np.arange(len(p_values), 0, -1)
    passed = np.zeros(len(p_values), dtype=bool)
    passed[order] = np.logical_and.accumulate(p_values[order] <= limits)
    return passed
