"""Who hears of what by e-mail, and which messages are to be sent.

``take_…`` moves a subscription's mark forward and asks for a job in one transaction: the mark
moves once, so that two workers never ask for the same message, and the job's row outlives a
worker that is killed. A message that the mail server did not take is given back, for a later one.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from consult.db import db, reading
from consult.feedback.models import AlertKind, AlertSubscription
from consult.feedback.queries.alerts import (
    alerts_since,
    digests_due,
    subscription_of,
    subscriptions_to_alerts,
)
from consult.jobs import services as jobs
from consult.jobs.models import Job
from consult.organizations.models import Account, Service

#: The kinds of job that send a message.
TELL_ALERTS, TELL_WEEK = "tell alerts", "tell week"

#: What was found is told within this time or never: an old alert is no news.
NEWS = timedelta(days=3)


def choose_alerts(
    actor: Account, service: Service, lang: str, now: datetime, **wanted: bool
) -> AlertSubscription:
    """What ``actor`` wants to hear of a service: ``drop``, ``burst``, ``silence``, ``digest``.

    What was found before is not told to who begins to listen.
    """
    subscription = subscription_of(actor, service) or _new(actor, service, now)
    if not is_listening(subscription):
        subscription.told_until = now
    if not subscription.digest:
        subscription.digest_until = now
    subscription.lang = lang
    for name in (*AlertKind, "digest"):
        setattr(subscription, str(name), bool(wanted.get(str(name))))
    db.session.flush()
    return subscription


def _new(actor: Account, service: Service, now: datetime) -> AlertSubscription:
    """A row that wants nothing yet, or the one that another request just made."""
    made = AlertSubscription(
        account_id=actor.id,
        service_id=service.id,
        told_until=now,
        digest_until=now,
        **dict.fromkeys(("drop", "burst", "silence", "digest"), False),
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        found = subscription_of(actor, service)
        if found is None:
            raise
        return found
    return made


def is_listening(subscription: AlertSubscription) -> bool:
    return any(getattr(subscription, kind) for kind in AlertKind)


def unsubscribe(subscription: AlertSubscription) -> None:
    """No message of this service any more."""
    for name in (*AlertKind, "digest"):
        setattr(subscription, str(name), False)


def take_alerts(now: datetime) -> list[Job]:
    """Asks for a message to each person who has something to hear; commits.

    Returns the jobs to announce.
    """
    with reading():
        due = [
            (subscription.id, subscription.told_until, found)
            for subscription in subscriptions_to_alerts()
            if (found := _to_tell(subscription, now))
        ]
    taken = []
    for subscription_id, since, found in due:
        until = max(found.values())
        if _move(subscription_id, "told_until", since, until):
            taken.append(_job(TELL_ALERTS, subscription_id, since, until, alerts=list(found)))
    db.session.commit()
    return taken


def _to_tell(subscription: AlertSubscription, now: datetime) -> dict[int, datetime]:
    """When each alert was found, by its database id, of those that a person has not heard of."""
    since = max(subscription.told_until, now - NEWS)
    return {
        alert.id: alert.found_at
        for alert in alerts_since(subscription.service, since)
        if getattr(subscription, alert.kind)
    }


def take_week(end: datetime, now: datetime) -> list[Job]:
    """Asks for the digest of the week before ``end``, for who wants it; commits.

    Nobody gets it days late: a worker that was away for long begins with the next one.
    """
    taken = []
    if end <= now < end + NEWS:
        with reading():
            due = [(one.id, one.digest_until) for one in digests_due(end)]
        for subscription_id, since in due:
            if _move(subscription_id, "digest_until", since, end):
                taken.append(_job(TELL_WEEK, subscription_id, since, end))
    db.session.commit()
    return taken


def give_back(arguments: dict[str, Any], column: str) -> None:
    """A message that was not sent is due again; commits."""
    since, until = (datetime.fromisoformat(arguments[name]) for name in ("since", "until"))
    _move(arguments["subscription_id"], column, until, since)
    db.session.commit()


def _job(kind: str, subscription_id: int, since: datetime, until: datetime, **more: Any) -> Job:
    span = {"since": since.isoformat(), "until": until.isoformat()}
    return jobs.submit(kind, {"subscription_id": subscription_id, **span, **more})


def _move(subscription_id: int, column: str, old: datetime, new: datetime) -> bool:
    """Moves a mark, unless it is no more where it was; True when this call moved it."""
    mark = getattr(AlertSubscription, column)
    moved = db.session.execute(
        update(AlertSubscription)
        .where(AlertSubscription.id == subscription_id, mark == old)
        .values({column: new})
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]
