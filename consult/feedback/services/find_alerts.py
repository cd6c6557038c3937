"""Looks for what a team should hear of, and keeps each finding once.

Each looks at all it needs first, and begins to write only when it has something to keep: nobody
waits for the database meanwhile. What the session had begun is given up.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from consult.config import QUEBEC_TIME
from consult.db import db, reading
from consult.feedback.alerts.drops import drop_details
from consult.feedback.alerts.silence import WEEKS, silence
from consult.feedback.alerts.word_bursts import DAYS, PERIODS, Text, word_bursts
from consult.feedback.models import Alert, AlertKind
from consult.feedback.queries.alerts import (
    keys_since,
    newest_alert_at,
    times_since,
    words_between,
)
from consult.feedback.queries.score_counts import Filters, counts_by_day
from consult.feedback.scores import latest_drop, series
from consult.feedback.scores.report import main_measure
from consult.feedback.services.webhooks import FOUND, announce
from consult.organizations.models import Service

#: A word that was told is not told again while it goes on, nor so long after.
QUIET = timedelta(days=28)

#: A drop of longer ago than this is no news.
LONGEST_DROP = timedelta(weeks=8)

#: A silence longer than this is no news.
LONGEST_SILENCE = timedelta(weeks=8)


def find_bursts(service: Service, now: datetime) -> list[Alert]:
    """Keeps the words that burst in the last days; the caller commits."""
    period = timedelta(days=DAYS)
    with reading():
        comments = words_between(service, now - period * (PERIODS + 1), now)
        keys = keys_since(service, AlertKind.BURST, now - QUIET)
    told = {key.rpartition("@")[0] for key in keys}
    texts = [
        Text(one.text, one.lang, -((one.submitted_at - now) // period) - 1) for one in comments
    ]
    kept = []
    for burst in word_bursts(texts):
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
    with reading():
        times = times_since(service, since)
        known = keys_since(service, AlertKind.SILENCE, _EVER)
    found = silence(times, now)
    if found is None or now - found.since > LONGEST_SILENCE:
        return []
    key = found.since.isoformat()
    if key in known:
        return []
    details = {"since": key, "expected": round(found.expected, 2), "chance": found.chance}
    alert = _keep(service, AlertKind.SILENCE, key, details, now)
    return [alert] if alert else []


def find_drop(service: Service, now: datetime) -> list[Alert]:
    """Keeps the latest change of a service's main figure if it is a drop; the caller commits.

    Whole weeks are looked at, so that each day of a week sees the same: the level of the test is
    that of one look a week. A change found again is dated a little otherwise as answers come in:
    within ``QUIET`` it is the same. One of more than ``LONGEST_DROP`` ago is no news.
    """
    today = now.astimezone(ZoneInfo(QUEBEC_TIME)).date()
    sunday = today - timedelta(days=today.weekday() + 1)
    with reading():
        counts = counts_by_day(service, Filters(last=sunday))
        known = keys_since(service, AlertKind.DROP, _EVER)
    measure = main_measure(counts)
    change = latest_drop(series(counts, measure)) if measure else None
    if measure is None or change is None or change.since < today - LONGEST_DROP:
        return []
    if any(abs(change.since - date.fromisoformat(key)) <= QUIET for key in known):
        return []
    details = {"measure": measure.name, **drop_details(change)}
    alert = _keep(service, AlertKind.DROP, change.since.isoformat(), details, now)
    return [alert] if alert else []


_EVER = datetime(1970, 1, 1, tzinfo=UTC)

#: What is looked for every day, and every hour.
EVERY_DAY: tuple[Callable[[Service, datetime], list[Alert]], ...] = (find_drop, find_bursts)
EVERY_HOUR: tuple[Callable[[Service, datetime], list[Alert]], ...] = (find_silence,)


def _keep(
    service: Service, kind: AlertKind, key: str, details: Mapping[str, Any], now: datetime
) -> Alert | None:
    """A new alert, told to the webhooks; None when it is already known, even to another worker."""
    if key in keys_since(service, kind, _EVER):
        return None
    # Later than any other: who was told of those is told of this one too.
    newest = newest_alert_at(service)
    found_at = max(now, newest + timedelta(microseconds=1)) if newest else now
    alert = Alert(service=service, kind=kind, key=key, details=dict(details), found_at=found_at)
    try:
        with db.session.begin_nested():
            db.session.add(alert)
    except IntegrityError:
        return None
    data = {"service": service.slug, "kind": str(kind), "key": key, **details}
    announce(service, FOUND, f"{kind} {key}", data, now)
    return alert
