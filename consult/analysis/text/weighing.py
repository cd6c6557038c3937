"""Everything that says which theme to improve first, worked out together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from consult.analysis.text.priorities import LEVEL, Stakes, burdens, rank_groups, ranked, stakes
from consult.analysis.text.severity import (
    Reach,
    mean_polarity,
    mean_ratings,
    reach,
    severity_by_polarity,
    severity_by_rating,
)
from consult.analysis.text.subgroups import Compared, Said, subgroups
from consult.analysis.text.trends import Period, Trends, share_trends

BY_RATINGS, BY_POLARITY = "ratings", "polarity"


@dataclass(frozen=True)
class Evidence:
    """What people said, comment by comment, each array in the same order.

    Attributes:
        shares: (comments, themes), of each comment in each theme; a row sums to 0 or 1.
        ratings: NaN when there is none; those without words count too.
        answered: whether the comment says something.
        voices: 1, or 1/m for each of the m copies of a campaign.
        units: number of the campaign, or of the comment itself.
        polarity: -1 to 1, of each comment or of each comment in each theme; missing when nobody
            read it.
        dates: NaT where not known.
        groupings: for each grouping (its name), the group of each comment, missing where unknown.
        scale: the ends of the scale of ratings; the lowest and the highest seen when not given.
        period: what the report is about, all of the time when not given.
    """

    shares: csr_array
    ratings: np.ndarray
    answered: np.ndarray
    voices: np.ndarray
    units: np.ndarray
    polarity: np.ndarray | csr_array | None = None
    dates: pd.Series | None = None
    groupings: Mapping[str, pd.Series] = field(default_factory=dict)
    scale: tuple[float, float] | None = None
    period: Period | None = None

    @property
    def speaking(self) -> np.ndarray:
        """The voices of the comments that say something, 0 for the others."""
        return np.where(self.answered, self.voices, 0.0)

    def within_period(self) -> "Evidence":
        """The same of the comments of the period only; all of it without a period."""
        if self.period is None or self.dates is None:
            return self
        rows = np.flatnonzero(self.dates.between(*self.period))
        polarity = None if self.polarity is None else self.polarity[rows]
        return replace(
            self, shares=self.shares[rows], ratings=self.ratings[rows],
            answered=self.answered[rows], voices=self.voices[rows], units=self.units[rows],
            polarity=polarity, dates=self.dates.iloc[rows], groupings={
                name: groups.iloc[rows] for name, groups in self.groupings.items()
            },
        )  # fmt: skip


@dataclass(frozen=True)
class Weighed:
    """What each theme weighs, themes in their own order.

    Attributes:
        basis: ``BY_RATINGS``: ranked by points at stake; ``BY_POLARITY``: no theme has points, so
            they are ranked by burden.
        stakes: points at stake, NaN where they cannot be told.
        burdens: share times unfavourable polarity, NaN without polarity.
        order: theme numbers from the first to improve to the last.
        groups: the same, in runs whose ranks cannot be told apart.
        compared: the groups of people.
    """

    basis: str
    stakes: Stakes
    burdens: Stakes
    reach: Reach
    severity: np.ndarray
    mean_rating: np.ndarray
    polarity: np.ndarray
    overall_mean: float | None
    order: np.ndarray
    groups: list[list[int]]
    trends: Trends
    compared: Compared

    @property
    def subgroups(self) -> pd.DataFrame:
        """The columns of ``consult.analysis.text.subgroups.COLUMNS``."""
        return self.compared.table

    @property
    def ranked_on(self) -> Stakes:
        return self.stakes if self.basis == BY_RATINGS else self.burdens


def weigh(evidence: Evidence, draws: int = 2000, random_state: int = 0) -> Weighed:
    """Points at stake or burden, reach, severity, trends and groups hit hardest of each theme.

    All but trends are of the comments of the period; trends compare it with what came before.
    """
    speaking, dates = evidence.speaking, evidence.dates
    dates = dates if dates is not None else pd.Series([pd.NaT] * len(speaking))
    trends = share_trends(evidence.shares, speaking, dates, evidence.period)
    evidence = evidence.within_period()
    shares, ratings, speaking = evidence.shares, evidence.ratings, evidence.speaking
    polarity, voices = evidence.polarity, evidence.voices
    at_stake = stakes(ratings, shares, voices, evidence.units, draws, LEVEL, random_state)
    basis = BY_RATINGS if not np.isnan(at_stake.points).all() else BY_POLARITY
    unknown = np.full(shares.shape[1], np.nan)
    if polarity is None:
        borne = Stakes(unknown, unknown, unknown, np.full((1, len(unknown)), np.nan))
    else:
        said = np.flatnonzero(evidence.answered)
        borne = burdens(
            shares[said], polarity[said], voices[said], evidence.units[said], draws, LEVEL,
            random_state,
        )  # fmt: skip
    spoken = reach(shares, speaking)
    found = at_stake if basis == BY_RATINGS else borne
    order = ranked(found.low, spoken.voices)
    rated = ~np.isnan(ratings)
    return Weighed(
        basis=basis,
        stakes=at_stake,
        burdens=borne,
        reach=spoken,
        severity=_severity(evidence, basis),
        mean_rating=mean_ratings(ratings, shares, voices),
        polarity=unknown if polarity is None else mean_polarity(shares, polarity, speaking),
        overall_mean=(
            float(np.average(ratings[rated], weights=voices[rated])) if rated.any() else None
        ),
        order=order,
        groups=rank_groups(order, found.draws, LEVEL),
        trends=trends,
        compared=subgroups(Said(shares, speaking, ratings, evidence.units), evidence.groupings),
    )


def _severity(evidence: Evidence, basis: str) -> np.ndarray:
    """From ratings where the ranking is; else from polarity, NaN when nobody read it."""
    if basis == BY_RATINGS:
        low, high = evidence.scale or (
            float(np.nanmin(evidence.ratings)), float(np.nanmax(evidence.ratings)),
        )  # fmt: skip
        return severity_by_rating(evidence.ratings, evidence.shares, evidence.voices, low, high)
    if evidence.polarity is None:
        return np.full(evidence.shares.shape[1], np.nan)
    return severity_by_polarity(evidence.shares, evidence.polarity, evidence.speaking)
