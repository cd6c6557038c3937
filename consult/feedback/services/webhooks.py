"""Verbs of webhooks: add, turn off and on, announce an event, try a message again.

An event's messages are rows written in the transaction of what happened: once it is committed,
they will be sent; if it is not, nobody is told of what did not happen.
"""

import base64
import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid5

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from consult.config import Settings
from consult.db import db, new_public_id
from consult.errors import DomainError
from consult.feedback.models import DeliveryState, FeedbackItem, Webhook, WebhookDelivery
from consult.feedback.models.items import COUNTED
from consult.feedback.queries.webhooks import Hook, hooks_to_tell, webhooks_of
from consult.feedback.webhooks.addresses import destination_of
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account, Service
from consult.sealing import seal

#: What keeps these seals apart from others.
PURPOSE = "webhook secret"

#: A service has no more webhooks than this, those turned off included.
MOST = 20

CREATED, FOUND, TEST = "feedback.created", "alert.found", "webhook.test"

#: Messages are kept so long, then erased with the words in them.
KEPT = timedelta(days=30)

#: Seconds in which another process may still not know of a new webhook.
_REMEMBERED = 5.0


class TooManyWebhooksError(DomainError):
    status = 422
    code = "too-many-webhooks"
    message = _l("A service has at most 20 webhooks. Remove one before you add another.")


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def add_webhook(actor: Account, service: Service, url: str, now: datetime) -> tuple[Webhook, str]:
    """A new webhook, and its secret: told this once, then only kept sealed.

    Raises:
        AddressRefusedError: messages may not go there.
        TooManyWebhooksError: the service has ``MOST`` of them.
    """
    destination_of(url, _settings().webhook_internal_networks)
    if len(webhooks_of(service)) >= MOST:
        raise TooManyWebhooksError()
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    webhook = Webhook(
        service=service,
        url=url,
        sealed_secret=seal(_settings().secret_key, secret, purpose=PURPOSE),
        created_at=now,
        created_by_id=actor.id,
    )
    db.session.add(webhook)
    db.session.flush()
    record_act(actor, service.organization, Action.WEBHOOK_ADDED, _told(webhook), now)
    _forget(service.id)
    return webhook, secret


def record_change(actor: Account, webhook: Webhook, verb: str, now: datetime) -> None:
    """Puts into the audit trail that somebody turned a webhook off or on, or removed it."""
    states = {"off": ("on", "off"), "on": ("off", "on"), "remove": ("", "removed")}
    body, state = webhook.service.organization, {"state": states[verb]}
    record_act(actor, body, Action.WEBHOOK_CHANGED, _told(webhook), now, state)


def _told(webhook: Webhook) -> str:
    """The service and the host alone: what follows in an address may be a secret."""
    return f"{webhook.service.name.fr} → {urlsplit(webhook.url).hostname}"


def turn_off(webhook: Webhook, now: datetime, why: str = "turned-off") -> None:
    """Tells it nothing more; what waited for it has failed."""
    webhook.disabled_at = webhook.disabled_at or now
    db.session.execute(
        update(WebhookDelivery)
        .where(
            WebhookDelivery.webhook_id == webhook.id,
            WebhookDelivery.state == DeliveryState.WAITING,
        )
        .values(state=DeliveryState.FAILED, last_error=why, next_attempt_at=None)
    )
    _forget(webhook.service_id)


def turn_on(webhook: Webhook) -> None:
    """Tells it again what happens from now on."""
    webhook.disabled_at = None
    _forget(webhook.service_id)


def remove_webhook(webhook: Webhook) -> None:
    """Erases it, with its secret and its messages."""
    db.session.refresh(webhook, with_for_update=True)  # no message is added for it meanwhile
    db.session.execute(delete(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id))
    db.session.delete(webhook)
    _forget(webhook.service_id)


def send_test(webhook: Webhook, now: datetime) -> None:
    """Puts a message that says nothing among those to send."""
    hook = Hook(webhook.id, webhook.public_id)
    _add([hook], TEST, str(new_public_id()), {"service": webhook.service.slug}, now)


def send_again(delivery: WebhookDelivery, now: datetime) -> None:
    """Tries a message again from the start, under the same identifier."""
    delivery.state, delivery.attempts = DeliveryState.WAITING, 0
    delivery.next_attempt_at, delivery.delivered_at = now, None


def announce_item(item: FeedbackItem, now: datetime) -> None:
    """Adds the messages that tell a piece of feedback to the current transaction.

    What is held is not told; call this again when somebody keeps it: what was told is not told
    again. Only what a team reads on
    every page is told: never a contact, nor the reference of a transaction.
    """
    if item.review not in COUNTED:
        return
    service_id = item.service_id or item.service.id
    hooks = _active(service_id)
    if not hooks:
        return
    data = {
        "id": str(item.public_id),
        "service": item.service.slug,
        "question_set": item.question_set,
        "answers": item.answers,
        "rating": item.rating,
        "comment": item.comment,
        "lang": item.lang,
        "channel": item.channel,
        "page": item.page,
        "submitted_at": item.submitted_at.isoformat(),
    }
    _add(hooks, CREATED, str(item.public_id), data, now)


def announce(
    service: Service, event: str, about: str, data: Mapping[str, Any], now: datetime
) -> None:
    """Adds the messages of another event of a service to the current transaction.

    ``about`` names what happened; the same event about the same thing is told once.
    """
    _add(hooks_to_tell(service.id), event, about, data, now)


def _add(hooks: list[Hook], event: str, about: str, data: Mapping[str, Any], now: datetime) -> None:
    """A message to each webhook, under an identifier made from what it tells: it is there once."""
    payload = {"type": event, "timestamp": now.isoformat(), "data": dict(data)}
    rows = [
        {
            "webhook_id": hook.id,
            "public_id": uuid5(hook.public_id, f"{event} {about}"),
            "event": event,
            "payload": payload,
            "state": DeliveryState.WAITING,
            "attempts": 0,
            "next_attempt_at": now,
            "created_at": now,
        }
        for hook in hooks
    ]
    if rows:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        db.session.execute(insert(WebhookDelivery).on_conflict_do_nothing(), rows)


def _active(service_id: int) -> list[Hook]:
    """The webhooks of a service to tell; most have none, and are not asked at every answer.

    That there is none is remembered for ``_REMEMBERED`` seconds; what there is, never.
    """
    without: dict[int, float] = current_app.extensions.setdefault("without_webhooks", {})
    if without.get(service_id, 0.0) > time.monotonic():
        return []
    found = hooks_to_tell(service_id)
    if not found:
        without[service_id] = time.monotonic() + _REMEMBERED
    return found


def _forget(service_id: int) -> None:
    current_app.extensions.setdefault("without_webhooks", {}).pop(service_id, None)


def erase_old_messages(now: datetime) -> int:
    """Erases the messages older than ``KEPT``; returns how many."""
    old = delete(WebhookDelivery).where(WebhookDelivery.created_at < now - KEPT)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]
