"""Reads of analyses and of the report each one gives."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, selectinload

from consult.analysis.improvements.models import Improvement
from consult.analysis.models import Analysis, Theme, ThemeComment
from consult.analysis.queries.comments import Quotation, quotations
from consult.analysis.queries.subjects import Subject, SubjectKey
from consult.db import db
from consult.jobs.models import Job, JobState
from consult.organizations.models import Organization

UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class LatestAnalyses:
    """Of one subject: the last analysis asked for, and the last that gave a report."""

    asked: Analysis
    completed: Analysis | None


@dataclass(frozen=True)
class Row:
    """One theme of a report with its most telling comments and the improvements drawn from it."""

    theme: Theme
    quotations: Sequence[Quotation]
    improvements: Sequence[Improvement]


@dataclass(frozen=True)
class Bracket:
    """Neighbouring rows whose points can't be told apart; a bracket of one stands by itself."""

    rows: Sequence[Row]


@dataclass(frozen=True)
class Scale:
    """The two ends of the axis that points at stake are drawn on."""

    low: float
    high: float


def _key(analysis: Analysis) -> SubjectKey:
    return (analysis.service_id, analysis.consultation_id, analysis.question)


def analysis_by_public_id(public_id: uuid.UUID) -> Analysis | None:
    """An analysis with its job, public body and service."""
    return db.session.scalar(
        select(Analysis)
        .where(Analysis.public_id == public_id)
        .options(
            joinedload(Analysis.job),
            joinedload(Analysis.organization),
            joinedload(Analysis.service),
            joinedload(Analysis.consultation),
        )
    )


def analysis_under_way(subject: Subject) -> Analysis | None:
    """The subject's analysis that waits for a worker or runs, the oldest if there are several."""
    service_id, consultation_id, question = subject.key
    return db.session.scalar(
        select(Analysis)
        .join(Analysis.job)
        .where(
            Analysis.service_id == service_id,
            Analysis.consultation_id == consultation_id,
            Analysis.question == question,
            Job.state.in_(UNDER_WAY),
        )
        .order_by(Analysis.id)
        .limit(1)
    )


def latest_analyses(organizations: Iterable[Organization]) -> dict[SubjectKey, LatestAnalyses]:
    """The latest analyses of every subject of some public bodies, in one query."""
    completed = case((Analysis.completed_at.is_not(None), Analysis.id))
    latest = (
        select(func.max(Analysis.id).label("asked"), func.max(completed).label("completed"))
        .where(Analysis.organization_id.in_([body.id for body in organizations]))
        .group_by(Analysis.service_id, Analysis.consultation_id, Analysis.question)
        .subquery()
    )
    query = (
        select(Analysis)
        .join(latest, Analysis.id.in_([latest.c.asked, latest.c.completed]))
        .options(joinedload(Analysis.job))
        .order_by(Analysis.id)
    )
    found: dict[SubjectKey, list[Analysis]] = {}
    for analysis in db.session.scalars(query).unique():
        found.setdefault(_key(analysis), []).append(analysis)
    return {key: _latest(analyses) for key, analyses in found.items()}


def _latest(analyses: list[Analysis]) -> LatestAnalyses:
    completed = [analysis for analysis in analyses if analysis.completed_at]
    return LatestAnalyses(analyses[-1], completed[-1] if completed else None)


def scale_of(intervals: Iterable[tuple[float, float]]) -> Scale:
    """The axis that holds every interval of a report, and zero."""
    bounds = [bound for interval in intervals for bound in interval]
    return Scale(min([0.0, *bounds]), max([0.0, *bounds]))


def brackets_of(analysis: Analysis) -> list[Bracket]:
    """The report's rows in order, those that can't be told apart together; in 5 queries."""
    themes = db.session.scalars(
        select(Theme)
        .where(Theme.analysis_id == analysis.id)
        .options(selectinload(Theme.parts))
        .order_by(Theme.rank)
    ).all()
    telling = _telling_quotations(analysis)
    drawn = _improvements_by_theme(analysis)
    rows = [
        Row(theme, _most_telling_first(theme, telling.get(theme.id, [])), drawn.get(theme.id, []))
        for theme in themes
    ]
    return [Bracket(list(group)) for _, group in groupby(rows, lambda row: row.theme.bracket)]


def _telling_quotations(analysis: Analysis) -> dict[int, list[Quotation]]:
    comments = db.session.scalars(
        select(ThemeComment)
        .join(Theme)
        .where(Theme.analysis_id == analysis.id, ThemeComment.representative_rank.is_not(None))
        .order_by(ThemeComment.theme_id, ThemeComment.representative_rank)
    ).all()
    telling: dict[int, list[Quotation]] = {}
    for comment, quotation in quotations(analysis, comments):
        if quotation:
            telling.setdefault(comment.theme_id, []).append(quotation)
    return telling


def _most_telling_first(theme: Theme, quotations: list[Quotation]) -> list[Quotation]:
    """The same quotations; first those whose rating is on the side of the mean the theme is on.

    A theme that costs satisfaction opens with a rating at or below its mean, a strength with one
    at or above it, so that the words shown with a row do not contradict its number.
    """

    def contradicts(quotation: Quotation) -> bool:
        if quotation.rating is None or theme.mean_rating is None or not theme.points_at_stake:
            return False
        return (quotation.rating - theme.mean_rating) * theme.points_at_stake > 0

    return sorted(quotations, key=contradicts)


def _improvements_by_theme(analysis: Analysis) -> dict[int, list[Improvement]]:
    drawn: dict[int, list[Improvement]] = {}
    query = select(Improvement).join(Improvement.theme).where(Theme.analysis_id == analysis.id)
    for improvement in db.session.scalars(query.order_by(Improvement.id)):
        drawn.setdefault(improvement.theme_id or 0, []).append(improvement)
    return drawn


def theme_by_number(analysis: Analysis, number: int) -> Theme | None:
    return db.session.scalar(
        select(Theme).where(Theme.analysis_id == analysis.id, Theme.number == number)
    )
