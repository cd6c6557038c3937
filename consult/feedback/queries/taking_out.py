"""Reads of all that was said of a service, page by page, for the service to take out."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select, tuple_

from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.feedback.models.items import COUNTED
from consult.organizations.models import Service

#: What leaves: nothing of it tells who spoke. Keys, marks and contacts stay.
SAFE = (
    "public_id",
    "submitted_at",
    "question_set",
    "answers",
    "rating",
    "comment",
    "lang",
    "channel",
    "page",
    "reference",
    "segment",
    "review",
)


class Place(NamedTuple):
    """The last item of a page: the next page starts after it."""

    submitted_at: datetime
    public_id: uuid.UUID


def page_of_items(
    service: Service,
    limit: int,
    *,
    after: Place | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    counted_only: bool = True,
) -> Sequence[Row[Any]]:
    """At most ``limit`` items after a place, oldest first: rows of ``SAFE`` columns.

    ``since`` is within the period, ``until`` is not. A page costs the same however far it is.
    """
    item = FeedbackItem
    query = select(*(getattr(item, name) for name in SAFE)).where(item.service_id == service.id)
    if after is not None:
        # The first condition alone says nothing more; it is what the index can follow.
        query = query.where(
            item.submitted_at >= after.submitted_at,
            tuple_(item.submitted_at, item.public_id) > tuple_(*after),
        )
    if since is not None:
        query = query.where(item.submitted_at >= since)
    if until is not None:
        query = query.where(item.submitted_at < until)
    if counted_only:
        query = query.where(item.review.in_(COUNTED))
    return db.session.execute(query.order_by(item.submitted_at, item.public_id).limit(limit)).all()
