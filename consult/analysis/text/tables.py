"""The tables an analysis gives back."""

import numpy as np
import pandas as pd

from consult.analysis.text.membership import Membership
from consult.analysis.text.priorities import LEVEL, Stakes, rank_groups, ranked
from consult.analysis.text.results import THEME_COLUMNS, Counts


def ranking(
    found: Stakes,
    main: np.ndarray,
    labels: list[dict[str, str]],
    ratings: np.ndarray,
    answered: int,
) -> tuple[pd.DataFrame, list[list[int]]]:
    """One line per theme in rank order (``THEME_COLUMNS``), and the runs of ranks told apart.

    ``answered`` is the number of comments that say something, which shares are counted on.
    """
    comments = np.bincount(main[main >= 0], minlength=len(labels))
    order = ranked(found.low, comments)
    table = pd.DataFrame(
        {
            "theme": np.arange(1, len(labels) + 1),
            "label_fr": [label.get("fr") or label["en"] for label in labels],
            "label_en": [label.get("en") or label["fr"] for label in labels],
            "comments": comments,
            "share": comments / max(answered, 1),
            "mean_rating": [_mean(ratings[main == theme]) for theme in range(len(labels))],
            "points_at_stake": found.points,
            "points_low": found.low,
            "points_high": found.high,
        }
    ).iloc[order]
    table["rank"] = np.arange(1, len(labels) + 1)
    groups = [[theme + 1 for theme in group] for group in rank_groups(order, found.draws, LEVEL)]
    return table[list(THEME_COLUMNS)].reset_index(drop=True), groups


def _mean(ratings: np.ndarray) -> float:
    return float("nan") if np.isnan(ratings).all() else float(np.nanmean(ratings))


def assignments(langs: np.ndarray, everyone: Membership) -> pd.DataFrame:
    """One line per comment, in the order given (``ASSIGNMENT_COLUMNS``)."""
    return pd.DataFrame(
        {
            "row": np.arange(len(langs)),
            "lang": langs,
            "theme": [str(theme + 1) if theme >= 0 else "" for theme in everyone.main],
            "themes": ["|".join(str(theme + 1) for theme in themes) for themes in everyone.themes],
            "weight": np.round(everyone.weight, 3),
        }
    )


def counts(
    langs: np.ndarray, answered: np.ndarray, main: np.ndarray, ratings: np.ndarray
) -> Counts:
    """How many comments there are of each kind."""
    return Counts(
        comments=len(langs),
        answered=int(answered.sum()),
        non_answers=int((~answered).sum()),
        without_theme=int((answered & (main < 0)).sum()),
        rated=int((~np.isnan(ratings)).sum()),
        french=int((answered & (langs == "fr")).sum()),
        english=int((answered & (langs == "en")).sum()),
    )


def shares_by_group(
    main: np.ndarray, groups: pd.Series, answered: np.ndarray, themes: int
) -> pd.DataFrame:
    """theme, group, comments, share of the group's comments that say something; every pair."""
    known = answered & groups.notna().to_numpy()
    named, of_group = groups[known].astype(str).to_numpy(), main[known]
    lines = []
    for group in sorted(set(named)):
        inside = of_group[named == group]
        for theme in range(themes):
            count = int((inside == theme).sum())
            lines.append((theme + 1, group, count, count / len(inside)))
    return pd.DataFrame(lines, columns=["theme", "group", "comments", "share"])
