"""Sends the messages that are due, and notes what became of each."""

import logging
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import current_app
from sqlalchemy import update

from consult.config import Settings
from consult.db import db, utc_now
from consult.feedback.models import DeliveryState, Webhook, WebhookDelivery
from consult.feedback.queries.webhooks import due_deliveries
from consult.feedback.services.webhooks import PURPOSE, turn_off
from consult.feedback.webhooks.retrying import wait_after
from consult.feedback.webhooks.sending import TIMEOUT, Message, Outcome, send
from consult.sealing import SealBrokenError, unseal

log = logging.getLogger(__name__)

#: Webhooks are told side by side, the messages of one after the other: the slow keep few waiting.
_AT_ONCE = 8

#: Messages of one sweep, of all webhooks and of one.
_MOST, _MOST_OF_ONE = 4_000, 800

#: A message taken by a worker that died is free again after this.
_LEASE = timedelta(minutes=5)

#: Seconds after which a sweep begins no other message; the next one is a minute later.
_SWEEP = 40.0


class _Taken(NamedTuple):
    """A message this worker holds."""

    id: int
    public_id: uuid.UUID
    attempts: int
    message: Message | None


def deliver_due(now: datetime) -> int:
    """Sends what is due; returns how many were delivered. Commits as it goes; may run twice.

    A worker killed in between leaves its messages to the next sweep after ``_LEASE``: one that
    was received then arrives again under the same ``webhook-id``, which tells the receiver.
    """
    by_webhook: dict[int, list[int]] = {}
    for webhook_id, id_ in due_deliveries(now, _MOST, _MOST_OF_ONE):
        by_webhook.setdefault(webhook_id, []).append(id_)
    db.session.rollback()
    delivered = 0
    networks = _settings().webhook_internal_networks
    waiting = [list(reversed(ids)) for ids in by_webhook.values()]
    end = utc_now() + timedelta(seconds=_SWEEP)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        while waiting and utc_now() < end:
            taken = [_take(ids.pop(), now) for ids in waiting[:_AT_ONCE]]
            sent = [
                threads.submit(send, one.message, utc_now(), networks, TIMEOUT)
                if one and one.message
                else None
                for one in taken
            ]
            stopped = set()
            for place, (one, outcome) in enumerate(zip(taken, sent, strict=True)):
                if one is None:
                    continue
                result = outcome.result() if outcome else Outcome(error="secret-lost")
                _note(one, result, utc_now())
                delivered += result.is_delivered
                if not result.is_delivered:
                    stopped.add(place)
            waiting = _rest(waiting, stopped)
    return delivered


def _rest(waiting: list[list[int]], stopped: set[int]) -> list[list[int]]:
    """What is left to send, those whose turn it was last; a webhook that failed rests."""
    first = [ids for place, ids in enumerate(waiting[:_AT_ONCE]) if place not in stopped]
    return [ids for ids in (*waiting[_AT_ONCE:], *first) if ids]


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _take(delivery_id: int, now: datetime) -> _Taken | None:
    """Holds a message for this worker; None when another took it or it is not due any more."""
    row = db.session.execute(
        update(WebhookDelivery)
        .where(
            WebhookDelivery.id == delivery_id,
            WebhookDelivery.state == DeliveryState.WAITING,
            WebhookDelivery.next_attempt_at <= now,
        )
        .values(attempts=WebhookDelivery.attempts + 1, next_attempt_at=utc_now() + _LEASE)
        .returning(
            WebhookDelivery.webhook_id,
            WebhookDelivery.public_id,
            WebhookDelivery.attempts,
            WebhookDelivery.payload,
        )
    ).one_or_none()
    if row is None:
        db.session.rollback()
        return None
    webhook = db.session.get_one(Webhook, row.webhook_id)
    url, sealed = webhook.url, webhook.sealed_secret
    db.session.commit()
    try:
        secret = unseal(_settings().secret_key, sealed, purpose=PURPOSE)
    except SealBrokenError:
        return _Taken(delivery_id, row.public_id, row.attempts, None)
    message = Message(url, secret, str(row.public_id), row.payload)
    return _Taken(delivery_id, row.public_id, row.attempts, message)


def _note(taken: _Taken, outcome: Outcome, now: datetime) -> None:
    """Writes what came of an attempt, and when the next one is."""
    delivery = db.session.get(WebhookDelivery, taken.id)
    if delivery is None or delivery.attempts != taken.attempts:
        db.session.rollback()  # removed, or asked for again, meanwhile
        return
    delivery.last_status, delivery.last_error = outcome.status, outcome.error
    if outcome.is_delivered:
        delivery.state, delivery.delivered_at = DeliveryState.DELIVERED, now
        delivery.next_attempt_at = None
    elif outcome.is_gone:
        delivery.state, delivery.next_attempt_at = DeliveryState.FAILED, None
        delivery.last_error = "gone"
        turn_off(delivery.webhook, now, why="gone")
    else:
        wait = None if taken.message is None else wait_after(taken.attempts, taken.public_id)
        delivery.next_attempt_at = now + wait if wait else None
        if wait is None:
            delivery.state = DeliveryState.FAILED
            log.warning("message %s to a webhook has failed", taken.public_id)
    db.session.commit()
