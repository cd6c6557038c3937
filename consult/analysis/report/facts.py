"""The content of a report as plain data: what its page, its files and its export all tell."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consult.analysis.models import Analysis, Theme
from consult.analysis.report.efforts import efforts_of
from consult.analysis.report.models import Effort
from consult.analysis.report.picture import Impact
from consult.db import Localized

BY_RATINGS, BY_POLARITY = "ratings", "polarity"


@dataclass(frozen=True)
class GroupFacts:
    """A theme in one group of people against the other groups of its grouping.

    ``share`` is of the voices of the group, ``mean_rating`` of what the group says of the theme;
    ``share_others`` and ``mean_others`` the same of the others; p values are corrected for the
    number of comparisons of the report. Means are None where too few rated.
    """

    grouping: str
    group: str
    comments: int
    voices: float
    share: float
    share_others: float
    share_p: float
    rated: int
    mean_rating: float | None
    mean_others: float | None
    mean_p: float | None
    speaks_more: bool
    rates_lower: bool


@dataclass(frozen=True)
class ThemeFacts:
    """All that is told of a theme; see the columns of ``Theme`` for the meaning of each."""

    number: int
    rank: int
    bracket: int
    label: Localized
    comments: int
    voices: float | None
    share: float
    share_low: float | None
    share_high: float | None
    mean_rating: float | None
    severity: float | None
    polarity: float | None
    points_at_stake: float | None
    points_low: float | None
    points_high: float | None
    burden: float | None
    burden_low: float | None
    burden_high: float | None
    share_before: float | None
    share_after: float | None
    trend_p: float | None
    trend: float | None
    groups: tuple[GroupFacts, ...]
    effort: Effort | None

    @property
    def hit_hardest(self) -> tuple[GroupFacts, ...]:
        """The groups that pass a test, those that both speak more and rate lower first."""
        passing = [one for one in self.groups if one.speaks_more or one.rates_lower]
        return tuple(sorted(passing, key=lambda one: -(one.speaks_more + one.rates_lower)))


@dataclass(frozen=True)
class ReportFacts:
    """A report: what it is from, how it was worked out, and its themes in rank order.

    Attributes:
        basis: ``BY_RATINGS`` when themes are ranked by points at stake, ``BY_POLARITY`` when they
            are by burden, for want of ratings.
        scale: ends of the scale of the ratings, None without any.
        compared: what the trends compare, 'previous' or 'halves', None when nothing;
            ``compared_from``: from when on a comment is of the later part.
        draws, level, seed: of the bootstrap.
    """

    public_id: uuid.UUID
    completed_at: datetime | None
    period_from: datetime | None
    period_to: datetime | None
    comments: int
    analysed: int
    themed: int
    rated: int
    voices: float | None
    overall_mean: float | None
    basis: str
    scale: tuple[float, float] | None
    compared: str | None
    compared_from: str | None
    draws: int
    level: float
    seed: int
    themes: tuple[ThemeFacts, ...]

    @property
    def by_ratings(self) -> bool:
        return self.basis == BY_RATINGS

    @property
    def impacts(self) -> list[Impact]:
        """What each theme weighs on the basis of the report, those that can be told."""
        found = []
        for theme in self.themes:
            value, low, high = weight_of(self, theme)
            if value is not None and low is not None and high is not None:
                found.append(Impact(theme.number, theme.rank, value, low, high))
        return found

    @property
    def quick_wins(self) -> list[ThemeFacts]:
        """Themes of small effort that surely weigh: the whole interval is above zero."""
        weighing = {impact.number for impact in self.impacts if impact.low > 0}
        small = {number for number, effort in self.efforts.items() if effort is Effort.SMALL}
        return [theme for theme in self.themes if theme.number in weighing & small]

    @property
    def efforts(self) -> dict[int, Effort]:
        return {theme.number: theme.effort for theme in self.themes if theme.effort}


def weight_of(
    facts: ReportFacts, theme: ThemeFacts
) -> tuple[float | None, float | None, float | None]:
    """What a theme is ranked on, with its interval."""
    if facts.by_ratings:
        return theme.points_at_stake, theme.points_low, theme.points_high
    return theme.burden, theme.burden_low, theme.burden_high


def report_facts(analysis: Analysis) -> ReportFacts:
    """What a completed analysis has to tell."""
    efforts, asked = efforts_of(analysis, analysis.themes), analysis.parameters
    scale, trend = asked.get("scale"), asked.get("trend") or {}
    return ReportFacts(
        public_id=analysis.public_id,
        completed_at=analysis.completed_at,
        period_from=analysis.period_from,
        period_to=analysis.period_to,
        comments=analysis.comments,
        analysed=analysis.analysed,
        themed=analysis.themed,
        rated=analysis.rated,
        voices=analysis.voices,
        overall_mean=analysis.overall_mean,
        basis=analysis.basis,
        scale=(scale[0], scale[1]) if scale else None,
        compared=trend.get("compared"),
        compared_from=trend.get("start"),
        draws=asked.get("bootstrap", 2000),
        level=asked.get("level", 0.95),
        seed=asked.get("seed", 0),
        themes=tuple(_theme(theme, efforts) for theme in analysis.themes),
    )


def _theme(theme: Theme, efforts: Mapping[int, Effort]) -> ThemeFacts:
    return ThemeFacts(
        groups=_groups(theme.subgroups or []),
        effort=efforts.get(theme.number),
        **{name: getattr(theme, name) for name in _KEPT},
    )


_KEPT = (
    "number", "rank", "bracket", "label", "comments", "voices", "share", "share_low", "share_high",
    "mean_rating", "severity", "polarity", "points_at_stake", "points_low", "points_high", "burden",
    "burden_low", "burden_high", "share_before", "share_after", "trend_p", "trend",
)  # fmt: skip


def _groups(kept: Sequence[Mapping[str, Any]]) -> tuple[GroupFacts, ...]:
    return tuple(GroupFacts(**line) for line in kept)
