"""Reads of what people said, for analysis."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.feedback.models.items import COUNTED
from consult.organizations.models import Service


class Comment(NamedTuple):
    """One row for analysis. ``text`` is empty when the person wrote no comment."""

    public_id: uuid.UUID
    text: str
    rating: int | None
    lang: str
    submitted_at: datetime
    channel: str
    segment: str | None


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
        .where(item.review.in_(COUNTED), *conditions)
        .order_by(item.submitted_at, item.id)
    )
    return [Comment._make(row) for row in db.session.execute(query)]


def comments_of(service: Service) -> list[Comment]:
    """All that counts of what was said of a service, oldest first, with or without words."""
    return _comments(FeedbackItem.service_id == service.id)


def comments_by_public_id(public_ids: Iterable[uuid.UUID]) -> list[Comment]:
    """The rows with these public identifiers, oldest first; unknown ones are left out."""
    return _comments(FeedbackItem.public_id.in_(list(public_ids)))


def comment_ids(service: Service) -> set[uuid.UUID]:
    """The public identifiers of ``comments_of``."""
    query = select(FeedbackItem.public_id).where(
        FeedbackItem.service_id == service.id, FeedbackItem.review.in_(COUNTED)
    )
    return set(db.session.scalars(query))


def newest_comment(service: Service) -> str:
    """A mark that changes when something counts anew among what was said of a service."""
    item = FeedbackItem
    counted = select(func.max(item.id), func.count(item.id)).where(
        item.service_id == service.id, item.review.in_(COUNTED)
    )
    return "-".join(str(part or 0) for part in db.session.execute(counted).one())
