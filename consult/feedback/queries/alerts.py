"""Reads of alerts: what detection looks at, what was found, and who wants to hear of it."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.feedback.models import Alert, AlertKind, AlertSubscription, FeedbackItem, Review
from consult.feedback.models.items import COUNTED
from consult.organizations.models import Account, Service


class Words(NamedTuple):
    """A comment with what detection and the digest need of it."""

    text: str
    lang: str
    rating: int | None
    submitted_at: datetime


def services_heard_since(since: datetime) -> Sequence[int]:
    """The database ids of the services that something came in for."""
    query = select(FeedbackItem.service_id).where(FeedbackItem.submitted_at >= since)
    return db.session.scalars(query.distinct().order_by(FeedbackItem.service_id)).all()


def words_between(service: Service, start: datetime, end: datetime) -> list[Words]:
    """The comments in words that count, from ``start`` to before ``end``, oldest first."""
    item = FeedbackItem
    query = (
        select(item.comment, item.lang, item.rating, item.submitted_at)
        .where(
            item.service_id == service.id,
            item.submitted_at >= start,
            item.submitted_at < end,
            item.comment != "",
            item.review.in_(COUNTED),
        )
        .order_by(item.submitted_at, item.id)
    )
    return [Words._make(row) for row in db.session.execute(query)]


def times_since(service: Service, since: datetime) -> Sequence[datetime]:
    """When each answer came in, held ones too, in order."""
    query = select(FeedbackItem.submitted_at).where(
        FeedbackItem.service_id == service.id, FeedbackItem.submitted_at >= since
    )
    return db.session.scalars(query.order_by(FeedbackItem.submitted_at)).all()


def answers_between(service: Service, start: datetime, end: datetime) -> int:
    """How many answers count, from ``start`` to before ``end``."""
    query = select(func.count()).where(
        FeedbackItem.service_id == service.id,
        FeedbackItem.submitted_at >= start,
        FeedbackItem.submitted_at < end,
        FeedbackItem.review.in_(COUNTED),
    )
    return db.session.scalar(query) or 0


def waiting_review(service: Service) -> int:
    """How many pieces of feedback are held for somebody to look at."""
    query = select(func.count()).where(
        FeedbackItem.service_id == service.id, FeedbackItem.review == Review.HELD
    )
    return db.session.scalar(query) or 0


def newest_alert_at(service: Service) -> datetime | None:
    """When the last alert of a service was found."""
    return db.session.scalar(select(func.max(Alert.found_at)).where(Alert.service_id == service.id))


def alerts_since(
    service: Service, since: datetime, until: datetime | None = None
) -> Sequence[Alert]:
    """What was found after ``since``, and up to ``until`` if told, newest first."""
    query = select(Alert).where(Alert.service_id == service.id, Alert.found_at > since)
    if until is not None:
        query = query.where(Alert.found_at <= until)
    return db.session.scalars(query.order_by(Alert.found_at.desc(), Alert.id.desc())).all()


def alerts_with_ids(ids: Iterable[int]) -> Sequence[Alert]:
    """These alerts, oldest first."""
    query = select(Alert).where(Alert.id.in_(list(ids)))
    return db.session.scalars(query.order_by(Alert.found_at, Alert.id)).all()


def keys_since(service: Service, kind: AlertKind, since: datetime) -> Sequence[str]:
    """The keys of the alerts of one kind that were found since then."""
    query = select(Alert.key).where(
        Alert.service_id == service.id, Alert.kind == kind, Alert.found_at > since
    )
    return db.session.scalars(query).all()


def subscription_of(account: Account, service: Service) -> AlertSubscription | None:
    return db.session.scalar(
        select(AlertSubscription).where(
            AlertSubscription.account_id == account.id, AlertSubscription.service_id == service.id
        )
    )


def subscriptions_to_alerts() -> Sequence[AlertSubscription]:
    """Who asked for one kind of alert at least."""
    one = AlertSubscription
    query = select(one).where(or_(one.drop, one.burst, one.silence))
    return db.session.scalars(query.options(joinedload(one.service)).order_by(one.id)).all()


def digests_due(until: datetime) -> Sequence[AlertSubscription]:
    """Who asked for the weekly digest and did not have that of ``until``."""
    one = AlertSubscription
    query = select(one).where(one.digest, one.digest_until < until).order_by(one.id)
    return db.session.scalars(query).all()


def subscription_named(account: uuid.UUID, service_key: str) -> AlertSubscription | None:
    """The subscription of an account, by its public identifier, to a service, by its key."""
    return db.session.scalar(
        select(AlertSubscription)
        .join(Account)
        .join(Service)
        .where(Account.public_id == account, Service.key == service_key)
    )
