"""Reads of feedback. Bulk reads return plain rows, never mapped objects."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, func, select

from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Service


class Comment(NamedTuple):
    """One row for analysis. ``text`` is empty when the person only gave a rating."""

    public_id: uuid.UUID
    text: str
    rating: int | None
    lang: str
    submitted_at: datetime
    channel: str
    segment: str | None


@dataclass(frozen=True)
class Score:
    """Satisfaction with a service: the mean of its ratings, from 1 to 5; None without any."""

    mean: float | None
    ratings: int
    comments: int


NO_SCORE = Score(None, 0, 0)


def _comments(*conditions: ColumnElement[bool]) -> list[Comment]:
    item = FeedbackItem
    query = (
        select(
            item.public_id,
            item.comment,
            item.rating,
            item.lang,
            item.submitted_at,
            item.channel,
            item.segment,
        )
        .where(*conditions)
        .order_by(item.submitted_at, item.id)
    )
    return [Comment._make(row) for row in db.session.execute(query)]


def comments_of(service: Service) -> list[Comment]:
    """All that was said of a service, oldest first, ratings without words included."""
    return _comments(FeedbackItem.service_id == service.id)


def comments_by_public_id(public_ids: Iterable[uuid.UUID]) -> list[Comment]:
    """The rows with these public identifiers, oldest first; unknown ones are left out."""
    return _comments(FeedbackItem.public_id.in_(list(public_ids)))


def item_by_key(service: Service, idempotency_key: str) -> FeedbackItem | None:
    return db.session.scalar(
        select(FeedbackItem).where(
            FeedbackItem.service_id == service.id,
            FeedbackItem.idempotency_key == idempotency_key,
        )
    )


def known_keys(service: Service, keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` that are already stored for a service."""
    query = select(FeedbackItem.idempotency_key).where(FeedbackItem.service_id == service.id)
    return set(db.session.scalars(query)).intersection(keys)


def scores(services: Iterable[Service]) -> dict[int, Score]:
    """The score of each service by its database id, in one query."""
    ids = [service.id for service in services]
    query = (
        select(
            FeedbackItem.service_id,
            func.avg(FeedbackItem.rating),
            func.count(FeedbackItem.rating),
            func.count(func.nullif(FeedbackItem.comment, "")),
        )
        .where(FeedbackItem.service_id.in_(ids))
        .group_by(FeedbackItem.service_id)
    )
    found = {
        service_id: Score(None if mean is None else float(mean), ratings, comments)
        for service_id, mean, ratings, comments in db.session.execute(query)
    }
    return {service_id: found.get(service_id, NO_SCORE) for service_id in ids}


def score(service: Service) -> Score:
    """The score of one service."""
    return scores([service])[service.id]


def latest(service: Service, page: int = 1, per_page: int = 10) -> Pagination:
    """One page of the comments in words on a service, newest first; past the end it is empty."""
    query = (
        select(FeedbackItem)
        .where(FeedbackItem.service_id == service.id, FeedbackItem.comment != "")
        .order_by(FeedbackItem.submitted_at.desc(), FeedbackItem.id.desc())
    )
    return db.paginate(query, page=page, per_page=per_page, error_out=False)
