"""Reads of single pieces of feedback."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import select

from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.feedback.models.items import COUNTED
from consult.feedback.queries.served import Served
from consult.organizations.models import Service

#: SQLite takes so many parameters in one statement, and more.
_KEYS_AT_ONCE = 500


def item_by_key(service: Service | Served, idempotency_key: str) -> FeedbackItem | None:
    return db.session.scalar(
        select(FeedbackItem).where(
            FeedbackItem.service_id == service.id,
            FeedbackItem.idempotency_key == idempotency_key,
        )
    )


class Stored(NamedTuple):
    """What a key stored: the identifier, and what was said by column."""

    public_id: uuid.UUID
    said: dict[str, Any]


def stored_by_key(service: Service | Served, keys: Sequence[str]) -> dict[str, Stored]:
    """What is already stored for a service under these keys (a thousand or so)."""
    item = FeedbackItem
    said = (item.question_set, item.rating, item.comment, item.answers)
    query = select(item.idempotency_key, item.public_id, *said).where(
        item.service_id == service.id, item.idempotency_key.in_(keys)
    )
    rows = db.session.execute(query).mappings()
    return {
        row["idempotency_key"]: Stored(row["public_id"], {c.key: row[c.key] for c in said})
        for row in rows
    }


def repeats(service: Service | Served, words_mark: int, since: datetime, most: int) -> int:
    """How many comments on a service share a mark since a time, counted up to ``most``.

    "+ 0" bars the indexes of a service: PostgreSQL would keep one chosen on an empty table.
    """
    query = (
        select(FeedbackItem.id)
        .where(
            FeedbackItem.words_mark == words_mark,
            FeedbackItem.submitted_at >= since,
            FeedbackItem.service_id + 0 == service.id,
        )
        .limit(most)
    )
    return len(db.session.scalars(query).all())


def known_keys(service: Service, keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` that are already stored for a service."""
    query = select(FeedbackItem.idempotency_key).where(FeedbackItem.service_id == service.id)
    known: set[str] = set()
    asked = sorted(set(keys))
    for start in range(0, len(asked), _KEYS_AT_ONCE):
        some = FeedbackItem.idempotency_key.in_(asked[start : start + _KEYS_AT_ONCE])
        known.update(db.session.scalars(query.where(some)))
    return known


def latest(service: Service, page: int = 1, per_page: int = 10) -> Pagination:
    """One page of the comments in words on a service, newest first; past the end it is empty."""
    query = (
        select(FeedbackItem)
        .where(
            FeedbackItem.service_id == service.id,
            FeedbackItem.comment != "",
            FeedbackItem.review.in_(COUNTED),
        )
        .order_by(FeedbackItem.submitted_at.desc(), FeedbackItem.id.desc())
    )
    return db.paginate(query, page=page, per_page=per_page, error_out=False)
