"""Reads of what waits for a team: of one public body, in a constant number of queries."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from consult.analysis.codeframes.models import (
    Codeframe,
    CodeframeAssignment,
    CodeframePlacement,
    Sureness,
)
from consult.analysis.improvements.models import Improvement, ImprovementState
from consult.analysis.models import Analysis, Theme
from consult.analysis.queries.reports import latest_analyses
from consult.db import db
from consult.feedback.models import Alert, FeedbackItem, Review
from consult.feedback.models.items import COUNTED
from consult.organizations.models import Account, Organization, Service
from consult.surveys.models import Consultation
from consult.workspace.models import LetterSubscription

#: What happened in so many days is news; what is due in so many days is soon.
NEWS, SOON = timedelta(days=7), timedelta(days=14)

#: Lines of a ranking that are shown at most.
TOP = 5

OPEN_STATES = (ImprovementState.TO_STUDY, ImprovementState.PLANNED, ImprovementState.IN_PROGRESS)


def subscription_of(account: Account, body: Organization) -> LetterSubscription | None:
    """What an account asked to hear of a public body."""
    return db.session.scalar(
        select(LetterSubscription).where(
            LetterSubscription.account_id == account.id,
            LetterSubscription.organization_id == body.id,
        )
    )


def subscription_named(account: str, slug: str) -> LetterSubscription | None:
    """The subscription of an account, by its public identifier, to a body, by its short name."""
    return db.session.scalar(
        select(LetterSubscription)
        .join(LetterSubscription.account)
        .join(LetterSubscription.organization)
        .where(Account.public_id == uuid.UUID(account), Organization.slug == slug)
    )


@dataclass(frozen=True)
class Answered:
    """What came in over the last 7 days and the 7 before, and what is held of all."""

    this_week: int
    week_before: int
    held: int


def answered(body: Organization, now: datetime) -> Answered:
    """Feedback on a body's services: counted, in two queries."""
    mine = FeedbackItem.service_id.in_(_services(body))
    this_week = func.count().filter(FeedbackItem.submitted_at >= now - NEWS)
    counts = select(this_week, func.count()).where(
        mine,
        FeedbackItem.submitted_at.between(now - 2 * NEWS, now),
        FeedbackItem.review.in_(COUNTED),
    )
    week, fortnight = db.session.execute(counts).one()
    held = db.session.scalar(select(func.count()).where(mine, FeedbackItem.review == Review.HELD))
    return Answered(week, fortnight - week, held or 0)


def _services(body: Organization) -> list[int]:
    """The ids are asked for first: PostgreSQL then reads each service's part of the index."""
    return [*db.session.scalars(select(Service.id).where(Service.organization_id == body.id))]


def fresh_alerts(body: Organization, now: datetime) -> Sequence[Alert]:
    """What was found in the last 7 days on a body's services, newest first."""
    query = (
        select(Alert)
        .join(Alert.service)
        .where(Service.organization_id == body.id, Alert.found_at.between(now - NEWS, now))
        .options(joinedload(Alert.service))
        .order_by(Alert.found_at.desc(), Alert.id)
        .limit(TOP)
    )
    return db.session.scalars(query).all()


def improvements_due(body: Organization, today: date) -> Sequence[Improvement]:
    """Improvements that are late or due soon, the most pressing first."""
    query = (
        select(Improvement)
        .where(
            Improvement.organization_id == body.id,
            Improvement.state.in_(OPEN_STATES),
            Improvement.due_on <= today + SOON,
        )
        .options(joinedload(Improvement.service), joinedload(Improvement.owner))
        .order_by(Improvement.due_on, Improvement.id)
        .limit(4 * TOP)
    )
    return db.session.scalars(query).all()


def next_themes(body: Organization) -> Sequence[Theme]:
    """What the latest analyses rank first, by the cautious end, and nobody works on yet."""
    latest = latest_analyses([body]).values()
    completed = [found.completed.id for found in latest if found.completed]
    query = (
        select(Theme)
        .where(Theme.analysis_id.in_(completed), _is_costly(), ~_has_improvement())
        .options(
            joinedload(Theme.analysis).joinedload(Analysis.service),
            joinedload(Theme.analysis).joinedload(Analysis.consultation),
        )
        .order_by(Theme.points_low.desc(), Theme.id)
        .limit(TOP)
    )
    return db.session.scalars(query).all()


def _is_costly() -> ColumnElement[bool]:
    return Theme.points_low > 0


def _has_improvement() -> ColumnElement[bool]:
    """Something is done about the theme, or about the same one in an earlier analysis."""
    other = Theme.__table__.alias()
    drawn = select(Improvement.id).join(other, other.c.id == Improvement.theme_id)
    same = (other.c.id == Theme.id) | (other.c.key == Theme.key)
    return exists(drawn.where(same).correlate(Theme))


def waiting_placements(body: Organization) -> Sequence[tuple[Codeframe, int]]:
    """Codeframes with comments that wait to be confirmed, and how many."""
    waiting = (
        select(CodeframeAssignment.codeframe_id, func.count().label("number"))
        .where(
            CodeframeAssignment.sureness == Sureness.UNSURE,
            ~exists().where(
                CodeframePlacement.codeframe_id == CodeframeAssignment.codeframe_id,
                CodeframePlacement.comment_id == CodeframeAssignment.comment_id,
                CodeframePlacement.until.is_(None),
                CodeframePlacement.is_main,
            ),
            CodeframeAssignment.codeframe_id.in_(
                select(Codeframe.id).where(Codeframe.organization_id == body.id)
            ),
        )
        .group_by(CodeframeAssignment.codeframe_id)
        .subquery()
    )
    query = (
        select(Codeframe, waiting.c.number)
        .join(waiting, waiting.c.codeframe_id == Codeframe.id)
        .options(joinedload(Codeframe.service), joinedload(Codeframe.consultation))
        .order_by(waiting.c.number.desc(), Codeframe.id)
        .limit(TOP)
    )
    return [(codeframe, number) for codeframe, number in db.session.execute(query)]


def consultations_now(body: Organization, now: datetime) -> Sequence[Consultation]:
    """Consultations that are open, or closed without their results public yet; 10 at most."""
    query = (
        select(Consultation)
        .where(
            Consultation.organization_id == body.id,
            Consultation.published_at.is_not(None),
            Consultation.opens_at <= now,
            Consultation.results_published_at.is_(None),
        )
        .order_by(Consultation.closes_at.desc())
        .limit(2 * TOP)
    )
    return db.session.scalars(query).all()
