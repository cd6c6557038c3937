"""The tables an analysis gives back."""

import numpy as np
import pandas as pd

from consult.analysis.text.membership import Membership
from consult.analysis.text.results import THEME_COLUMNS, Counts
from consult.analysis.text.theme_table import weighed_table
from consult.analysis.text.weighing import Weighed


def ranking(
    weighed: Weighed, main: np.ndarray, labels: list[dict[str, str]]
) -> tuple[pd.DataFrame, list[list[int]]]:
    """One line per theme in rank order (``THEME_COLUMNS``), and the runs of ranks told apart."""
    table = weighed_table(weighed)
    place = table["theme"].to_numpy() - 1
    own = [labels[theme] for theme in place]
    table["label_fr"] = [label.get("fr") or label["en"] for label in own]
    table["label_en"] = [label.get("en") or label["fr"] for label in own]
    table["comments"] = np.bincount(main[main >= 0], minlength=len(labels))[place]
    groups = [[theme + 1 for theme in group] for group in weighed.groups]
    return table[list(THEME_COLUMNS)], groups


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
