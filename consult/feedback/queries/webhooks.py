"""Reads of webhooks and of what became of their messages."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, select

from consult.db import db
from consult.feedback.models import DeliveryState, Webhook, WebhookDelivery
from consult.organizations.models import Service


def webhooks_of(service: Service) -> Sequence[Webhook]:
    """The webhooks of a service, those turned off too, oldest first."""
    query = select(Webhook).where(Webhook.service_id == service.id).order_by(Webhook.id)
    return db.session.scalars(query).all()


def webhook_of(service: Service, public_id: uuid.UUID) -> Webhook | None:
    query = select(Webhook).where(Webhook.service_id == service.id)
    return db.session.scalar(query.where(Webhook.public_id == public_id))


class Hook(NamedTuple):
    """A webhook by its database id and its public identifier."""

    id: int
    public_id: uuid.UUID


def hooks_to_tell(service_id: int) -> list[Hook]:
    """The webhooks of a service that are told things.

    On PostgreSQL none of them can be removed before the transaction ends, so that a message may be
    added for each: who removes one meanwhile waits, and one that is being removed is waited for.
    On SQLite nobody else writes meanwhile.
    """
    query = select(Webhook.id, Webhook.public_id).where(Webhook.service_id == service_id)
    query = query.where(Webhook.disabled_at.is_(None)).order_by(Webhook.id)
    locked = query.with_for_update(read=True, key_share=True)
    return [Hook._make(row) for row in db.session.execute(locked)]


def delivery_of(webhook: Webhook, public_id: uuid.UUID) -> WebhookDelivery | None:
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id)
    return db.session.scalar(query.where(WebhookDelivery.public_id == public_id))


def deliveries_of(webhook: Webhook, page: int = 1, per_page: int = 50) -> Pagination:
    """One page of the messages to a webhook, newest first."""
    query = (
        select(WebhookDelivery)
        .where(WebhookDelivery.webhook_id == webhook.id)
        .order_by(WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc())
    )
    return db.paginate(query, page=page, per_page=per_page, error_out=False)


def delivery_states(webhooks: Sequence[Webhook]) -> dict[tuple[int, DeliveryState], int]:
    """How many messages of each webhook (by database id) are in each state."""
    query = (
        select(WebhookDelivery.webhook_id, WebhookDelivery.state, func.count())
        .where(WebhookDelivery.webhook_id.in_([webhook.id for webhook in webhooks]))
        .group_by(WebhookDelivery.webhook_id, WebhookDelivery.state)
    )
    return {(id_, state): count for id_, state, count in db.session.execute(query)}


def due_deliveries(now: datetime, most: int, most_of_one: int) -> list[tuple[int, int]]:
    """Messages to try now, oldest first, as pairs of their webhook's database id and their own.

    At most ``most_of_one`` of each webhook, so that one with a backlog keeps no other waiting.
    """
    place = func.row_number().over(
        partition_by=WebhookDelivery.webhook_id,
        order_by=(WebhookDelivery.next_attempt_at, WebhookDelivery.id),
    )
    due = (
        select(WebhookDelivery.webhook_id, WebhookDelivery.id, place.label("place"))
        .join(Webhook)
        .where(
            WebhookDelivery.state == DeliveryState.WAITING,
            WebhookDelivery.next_attempt_at <= now,
            Webhook.disabled_at.is_(None),
        )
        .subquery()
    )
    query = select(due.c.webhook_id, due.c.id).where(due.c.place <= most_of_one)
    rows = db.session.execute(query.order_by(due.c.place, due.c.id).limit(most))
    return [(webhook_id, id_) for webhook_id, id_ in rows]
