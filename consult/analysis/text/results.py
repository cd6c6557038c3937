"""What an analysis gives back."""

from dataclasses import dataclass

import pandas as pd

from consult.analysis.text.weighing import Evidence, Weighed

THEME_COLUMNS = (
    "theme", "label_fr", "label_en", "comments", "voices", "share", "share_low", "share_high",
    "mean_rating", "polarity", "severity", "burden", "burden_low", "burden_high",
    "points_at_stake", "points_low", "points_high", "stability", "rank",
)  # fmt: skip
ASSIGNMENT_COLUMNS = ("row", "lang", "theme", "themes", "weight", "sub", "copies", "voice")
SUBTHEME_COLUMNS = ("theme", "sub", "label_fr", "label_en", "comments", "share", "mean_rating")
CAMPAIGN_COLUMNS = ("copies", "comments", "example", "theme")


@dataclass(frozen=True)
class Counts:
    """Comments read, those that say something, say nothing, found no theme, carry a rating.

    ``voices`` counts a campaign once among those that say something; ``in_campaigns`` are the
    comments that are near copies of another.
    """

    comments: int
    answered: int
    non_answers: int
    without_theme: int
    rated: int
    french: int
    english: int
    voices: int
    in_campaigns: int


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
            counts from 1, from the one with the most different texts; ``comments`` are those it
            is the main theme of; ``voices`` counts shares and campaigns once, ``share`` is
            theirs among all voices that say something; ``stability`` 0 to 1 (see ``stability``).
        assignments: one line per comment in the order given, the columns of
            :data:`ASSIGNMENT_COLUMNS`; ``theme`` is text, empty when there is none; ``themes``
            has them all, the main one first, with ``|`` between; ``sub`` is the sub-theme of the
            main one, 0 for none; ``copies`` the campaign, 0 for none; ``voice`` what it counts.
        segments: ``row``, ``start``, ``end``, ``words``, ``theme`` (0 for none), ``polarity``
            (-1 to 1), ``sign``: the pieces of each comment.
        shares: ``row``, ``theme``, ``share``, ``polarity``, ``main``: of each comment in each of
            its themes.
        subthemes: the columns of :data:`SUBTHEME_COLUMNS`; ``share`` is of the theme's comments.
        campaigns: the columns of :data:`CAMPAIGN_COLUMNS`, the largest first; ``example`` is the
            position of a comment with the commonest wording.
        phrases: for each theme, key phrases by language ('fr', 'en').
        overall_mean: mean of all ratings, a campaign counting once; None without any.
        basis: what the ranking rests on, 'ratings' or 'polarity'.
        said_in: for the themes whose label could be said in one language only, which one; the
            label stands in both columns.
        rank_groups: themes in rank order, in runs whose ranks cannot be told apart.
        representatives: for each theme the positions of the comments that speak best for it.
        trends: for each theme the change of its share, None where it passes no test.
        weighed: all that the ranking rests on, themes in their own order.
        evidence: what that was worked out from, comment by comment.
        groups: theme, group, comments, share (of the group's comments that say something).
    """

    themes: pd.DataFrame
    assignments: pd.DataFrame
    segments: pd.DataFrame
    shares: pd.DataFrame
    subthemes: pd.DataFrame
    campaigns: pd.DataFrame
    phrases: dict[int, dict[str, list[str]]]
    overall_mean: float | None
    basis: str
    counts: Counts
    parameters: Parameters
    said_in: dict[int, str]
    rank_groups: list[list[int]]
    representatives: dict[int, list[int]]
    trends: dict[int, float | None]
    weighed: Weighed
    evidence: Evidence
    groups: pd.DataFrame
