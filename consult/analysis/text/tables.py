"""The tables an analysis gives back."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from consult.analysis.text.attribution import Attribution
from consult.analysis.text.labels import label_in
from consult.analysis.text.results import (
    CAMPAIGN_COLUMNS,
    SUBTHEME_COLUMNS,
    THEME_COLUMNS,
    Counts,
)
from consult.analysis.text.voices import Voices
from consult.analysis.text.weighing import Weighed


def ranking(
    weighed: Weighed, said: Attribution, labels: list[dict[str, str]], stability: np.ndarray
) -> pd.DataFrame:
    """One line per theme in rank order (``THEME_COLUMNS``)."""
    table = pd.DataFrame(
        {
            "theme": np.arange(1, len(labels) + 1),
            "label_fr": [label_in(label, "fr") for label in labels],
            "label_en": [label_in(label, "en") for label in labels],
            "comments": np.bincount(said.main[said.main >= 0], minlength=len(labels)),
            "voices": weighed.reach.voices,
            "share": weighed.reach.share,
            "share_low": weighed.reach.low,
            "share_high": weighed.reach.high,
            "mean_rating": weighed.mean_rating,
            "polarity": weighed.polarity,
            "severity": weighed.severity,
            "burden": weighed.burdens.points,
            "burden_low": weighed.burdens.low,
            "burden_high": weighed.burdens.high,
            "points_at_stake": weighed.stakes.points,
            "points_low": weighed.stakes.low,
            "points_high": weighed.stakes.high,
            "stability": stability,
        }
    ).iloc[weighed.order]
    table["rank"] = np.arange(1, len(labels) + 1)
    return table[list(THEME_COLUMNS)].reset_index(drop=True)


def assignments(
    langs: np.ndarray, said: Attribution, weight: np.ndarray, sub: np.ndarray, voices: Voices
) -> pd.DataFrame:
    """One line per comment, in the order given (``ASSIGNMENT_COLUMNS``)."""
    return pd.DataFrame(
        {
            "row": np.arange(len(langs)),
            "lang": langs,
            "theme": [str(theme + 1) if theme >= 0 else "" for theme in said.main],
            "themes": _joined(said),
            "weight": np.round(weight, 3),
            "sub": sub + 1,
            "copies": voices.campaign,
            "voice": voices.voice,
        }
    )


def _joined(said: Attribution) -> list[str]:
    """All themes of each comment with ``|`` between, the main one first, then by share."""
    joined = []
    starts, shares = said.shares.indptr, said.shares
    for row, main in enumerate(said.main):
        cells = slice(starts[row], starts[row + 1])
        pairs = zip(-shares.data[cells], shares.indices[cells], strict=True)
        ordered = [theme for _share, theme in sorted(pairs)]
        ordered.sort(key=lambda theme: theme != main)
        joined.append("|".join(str(theme + 1) for theme in ordered))
    return joined


def shares_table(said: Attribution) -> pd.DataFrame:
    """row, theme, share, polarity, main: a line for each comment and each of its themes."""
    rows = np.repeat(np.arange(said.shares.shape[0]), np.diff(said.shares.indptr))
    themes = said.shares.indices
    polarity = csr_matrix(said.polarity)[rows, themes] if len(rows) else []
    return pd.DataFrame(
        {
            "row": rows,
            "theme": themes + 1,
            "share": said.shares.data,
            "polarity": np.asarray(polarity, dtype=float).ravel(),
            "main": said.main[rows] == themes,
        }
    )


def parts(
    main: np.ndarray,
    sub: np.ndarray,
    labels: list[list[dict[str, str]]],
    ratings: np.ndarray,
    voice: np.ndarray,
) -> pd.DataFrame:
    """One line per sub-theme, by theme (``SUBTHEME_COLUMNS``)."""
    rated = ~np.isnan(ratings)
    lines = []
    for theme, named in enumerate(labels):
        whole = main == theme
        for number, label in enumerate(named):
            own = whole & (sub == number)
            known = own & rated
            mean = np.average(ratings[known], weights=voice[known]) if known.any() else np.nan
            share = own.sum() / max(whole.sum(), 1)
            fr, en = label_in(label, "fr"), label_in(label, "en")
            lines.append((theme + 1, number + 1, fr, en, int(own.sum()), share, mean))
    return pd.DataFrame(lines, columns=list(SUBTHEME_COLUMNS))


def campaigns(voices: Voices, main: np.ndarray) -> pd.DataFrame:
    """One line per group of near copies, the largest first (``CAMPAIGN_COLUMNS``)."""
    rows = np.flatnonzero(voices.campaign > 0)
    numbers, first = np.unique(voices.campaign[rows], return_index=True)
    saying = voices.first[voices.sayings[voices.saying_of[voices.wording_of]]]
    example = np.zeros(len(voices.campaign), dtype=int)
    example[voices.rows] = saying
    table = pd.DataFrame(
        {
            "copies": numbers,
            "comments": np.bincount(voices.campaign)[numbers],
            "example": example[rows[first]],
            "theme": main[rows[first]] + 1,
        },
        columns=list(CAMPAIGN_COLUMNS),
    )
    return table.sort_values(["comments", "copies"], ascending=[False, True], ignore_index=True)


def counts(
    langs: np.ndarray, answered: np.ndarray, main: np.ndarray, ratings: np.ndarray, voices: Voices
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
        voices=round(float(voices.voice[answered].sum())),
        in_campaigns=int((voices.campaign > 0).sum()),
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
