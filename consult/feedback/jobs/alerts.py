"""Watching feedback: what is looked for every hour and every day, and who is then told."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consult.config import QUEBEC_TIME
from consult.db import db, reading, utc_now
from consult.errors import without_words
from consult.feedback.models import Alert
from consult.feedback.queries.alerts import services_heard_since
from consult.feedback.services import find_alerts
from consult.feedback.services.subscriptions import take_alerts, take_week
from consult.jobs import queue, services
from consult.jobs.models import Job, JobState
from consult.jobs.services import Progress, handles
from consult.organizations.models import Service

log = logging.getLogger(__name__)

EVERY_HOUR, EVERY_DAY = "watch feedback every hour", "watch feedback every day"

#: Québec time from which the day's work is done, and Monday's digest sent.
DAY_BEGINS, DIGEST_AT = time(6), time(7)

#: A service that nothing came in for since then is not watched.
WATCHED = timedelta(weeks=17)


def watch() -> None:
    """Asks for what is to be looked for, and for the digest on Mondays; every hour.

    A worker that was away begins with this when it is back: nothing is due at a certain minute.
    """
    now = utc_now()
    _ask(EVERY_HOUR, now - timedelta(minutes=30))
    if now >= (begins := _today(now, DAY_BEGINS)):
        _ask(EVERY_DAY, begins)
    announce(take_week(monday_of(now), now))
    announce(take_alerts(now))


def monday_of(now: datetime) -> datetime:
    """The last time a digest was due: Monday, in the morning, in Québec."""
    local = now.astimezone(ZoneInfo(QUEBEC_TIME))
    monday = local.date() - timedelta(days=local.weekday())
    due = datetime.combine(monday, DIGEST_AT, ZoneInfo(QUEBEC_TIME))
    return due if due <= now else due - timedelta(weeks=1)


def _today(now: datetime, at: time) -> datetime:
    local = now.astimezone(ZoneInfo(QUEBEC_TIME))
    return datetime.combine(local.date(), at, ZoneInfo(QUEBEC_TIME))


def announce(jobs: Sequence[Job]) -> None:
    for job in jobs:
        queue.announce(job)


def _ask(kind: str, since: datetime) -> None:
    """Asks for a job, unless it waits, is being done or was asked for since then."""
    open_states = (JobState.QUEUED, JobState.RUNNING)
    known = select(Job.id).where(
        Job.kind == kind, Job.state.in_(open_states) | (Job.created_at >= since)
    )
    if db.session.scalar(known.limit(1)) is None:
        job = services.submit(kind, {})
        db.session.commit()
        queue.announce(job)
    db.session.rollback()


@handles(EVERY_HOUR)
def watch_hour(_arguments: dict[str, Any], progress: Progress) -> None:
    """Looks for silence."""
    _look(find_alerts.EVERY_HOUR, progress)


@handles(EVERY_DAY)
def watch_day(_arguments: dict[str, Any], progress: Progress) -> None:
    """Looks for drops and for words that burst."""
    _look(find_alerts.EVERY_DAY, progress)


def _look(finds: Sequence[Callable[[Service, datetime], list[Alert]]], progress: Progress) -> None:
    """Looks in every service, each in its own transaction, then tells who asked to hear.

    May run twice: what is known is not kept again. One service that fails keeps no other waiting.
    """
    now = utc_now()
    with reading():
        ids = services_heard_since(now - WATCHED)
    for number, service_id in enumerate(ids):
        for find in finds:
            try:
                with reading():
                    service = db.session.get_one(Service, service_id)
                find(service, now)
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                log.error("service %s was not watched: %s", service_id, without_words(error))
        progress("watching", (number + 1) / len(ids))
    announce(take_alerts(utc_now()))
