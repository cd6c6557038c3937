"""Reads of webhooks and of what became of their messages."""

import uuid
from collections.abc import Sequence
from datetime import datetime

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


def active_webhook_ids(service_id: int) -> list[int]:
    """The database ids of the webhooks of a service that are told things."""
    query = select(Webhook.id).where(Webhook.service_id == service_id)
    return list(db.session.scalars(query.where(Webhook.disabled_at.is_(None))))


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
