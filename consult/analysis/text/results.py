"""What an analysis gives back."""

from dataclasses import dataclass

import pandas as pd

from consult.analysis.text.weighing import Evidence, Weighed

THEME_COLUMNS = (
    "theme", "label_fr", "label_en", "comments", "voices", "share", "share_low", "share_high",
    "mean_rating", "severity", "polarity", "points_at_stake", "points_low", "points_high",
    "burden", "burden_low", "burden_high", "share_before", "share_after", "trend_p", "rank",
)  # fmt: skip
ASSIGNMENT_COLUMNS = ("row", "lang", "theme", "themes", "weight")


@dataclass(frozen=True)
class Counts:
    """Comments read, those that say something, say nothing, found no theme, carry a rating."""

    comments: int
    answered: int
    non_answers: int
    without_theme: int
    rated: int
    french: int
    english: int


@dataclass(frozen=True)
class Parameters:
    """What the analysis was asked, so that it can be done again."""

    themes_asked: int | None
    themes_found: int
    seed: int
    bootstrap: int
    level: float


@dataclass(frozen=True)
class Analysis:
    """Themes and priorities of a set of comments.

    Attributes:
        themes: one line per theme in rank order, the columns of :data:`THEME_COLUMNS`. ``theme``
            counts from 1, from the one with the most different texts; ``share`` is of the
            comments that say something.
        assignments: one line per comment in the order given, the columns of
            :data:`ASSIGNMENT_COLUMNS`; ``theme`` is text, empty when there is none; ``themes``
            has them all, the main one first, with ``|`` between.
        overall_mean: mean of all ratings, None without any.
        said_in: for the themes whose label could be said in one language only, which one; the
            label stands in both columns.
        rank_groups: themes in rank order, in runs whose ranks cannot be told apart.
        representatives: for each theme the positions of the comments that speak best for it.
        trends: for each theme the change of its share between the halves of the period, None
            where it passes no test.
        weighed: what each theme weighs, and the groups hit hardest.
        evidence: what that was worked out from, comment by comment.
        groups: theme, group, comments, share (of the group's comments that say something).
    """

    themes: pd.DataFrame
    assignments: pd.DataFrame
    overall_mean: float | None
    counts: Counts
    parameters: Parameters
    said_in: dict[int, str]
    rank_groups: list[list[int]]
    representatives: dict[int, list[int]]
    trends: dict[int, float | None]
    groups: pd.DataFrame
    weighed: Weighed
    evidence: Evidence
