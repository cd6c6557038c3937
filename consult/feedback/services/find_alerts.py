"""Looks for what a team should hear of, and keeps each finding once."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from consult.db import db
from consult.feedback.alerts.silence import WEEKS, silence
from consult.feedback.alerts.word_bursts import DAYS, PERIODS, Text, word_bursts
from consult.feedback.models import Alert, AlertKind
from consult.feedback.queries.alerts import keys_since, times_since, words_between
from consult.feedback.services.webhooks import FOUND, announce
from consult.organizations.models import Service

#: A word that was told is not told again while it goes on, nor so long after.
QUIET = timedelta(days=28)

#: A silence longer than this is no news.
LONGEST_SILENCE = timedelta(weeks=8)


def find_bursts(service: Service, now: datetime) -> list[Alert]:
    """Keeps the words that burst in the last days; the caller commits."""
    period = timedelta(days=DAYS)
    comments = words_between(service, now - period * (PERIODS + 1), now)
    texts = [
        Text(one.text, one.lang, -((one.submitted_at - now) // period) - 1) for one in comments
    ]
    db.session.commit()  # nobody waits for the database meanwhile
    found = word_bursts(texts)
    told = {key.rpartition("@")[0] for key in keys_since(service, AlertKind.BURST, now - QUIET)}
    kept = []
    for burst in found:
        if burst.term not in told:
            details = {
                "word": burst.word,
                "also": list(burst.also),
                "count": burst.count,
                "comments": burst.comments,
                "expected": round(burst.expected, 2),
                "chance": burst.chance,
            }
            key = f"{burst.term}@{now.date().isoformat()}"
            kept.append(_keep(service, AlertKind.BURST, key, details, now))
    return [alert for alert in kept if alert]


def find_silence(service: Service, now: datetime) -> list[Alert]:
    """Keeps the silence that lasts, if it is improbable; the caller commits."""
    since = now - LONGEST_SILENCE - timedelta(weeks=WEEKS)
    found = silence(times_since(service, since), now)
    if found is None or now - found.since > LONGEST_SILENCE:
        return []
    key = found.since.isoformat()
    details = {"since": key, "expected": round(found.expected, 2), "chance": found.chance}
    alert = _keep(service, AlertKind.SILENCE, key, details, now)
    return [alert] if alert else []


def find_drop(service: Service, now: datetime) -> list[Alert]:
    """Keeps the latest change of satisfaction if it is a drop; the caller commits."""
    return []


#: What is looked for every day, and every hour.
EVERY_DAY: tuple[Callable[[Service, datetime], list[Alert]], ...] = (find_drop, find_bursts)
EVERY_HOUR: tuple[Callable[[Service, datetime], list[Alert]], ...] = (find_silence,)


def _keep(
    service: Service, kind: AlertKind, key: str, details: Mapping[str, Any], now: datetime
) -> Alert | None:
    """A new alert, told to the webhooks; None when it is already known, even to another worker."""
    if key in keys_since(service, kind, datetime.fromtimestamp(0, now.tzinfo)):
        return None
    alert = Alert(service=service, kind=kind, key=key, details=dict(details), found_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(alert)
    except IntegrityError:
        return None
    data = {"service": service.slug, "kind": str(kind), "key": key, **details}
    announce(service, FOUND, data, now)
    return alert
