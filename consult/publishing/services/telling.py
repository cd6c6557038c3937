"""Telling those who follow, once, of what became public.

An improvement is announced in one transaction: its row, a letter to write to each follower, and a
job. The job's row outlives a worker that is killed; a letter that left is marked at once, so that
the next worker goes on where the last one stopped. Killed in the very moment between, a letter may
leave twice: it bears the same Message-ID, which mail programs show once.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from consult.analysis.improvements.models import Improvement
from consult.db import db, reading
from consult.jobs import services as jobs
from consult.jobs.models import Job
from consult.publishing.models import Announcement, Follower, FollowerLetter
from consult.publishing.queries import announced_and_unsent, unannounced, under_way

#: The kind of job that writes the letters about one improvement.
TELL_FOLLOWERS = "tell followers"

#: What became public is told within this time or never: an old change is no news.
NEWS = timedelta(days=3)


def take_news(now: datetime) -> list[Job]:
    """Announces what became public and asks for its letters; commits.

    Returns the jobs to announce. Two workers never announce the same.
    """
    with reading():
        found = [improvement.id for improvement in unannounced(now - NEWS)]
    taken = []
    for improvement_id in found:
        try:
            taken.append(_announce(improvement_id, now))
            db.session.commit()
        except IntegrityError:
            db.session.rollback()  # another worker did
    return [job for job in taken if job]


def take_unsent(now: datetime) -> list[Job]:
    """Asks again for letters that did not leave, as while no mail server answered; commits."""
    with reading():
        busy = {arguments["improvement_id"] for arguments in under_way(TELL_FOLLOWERS)}
        waiting = [one for one in announced_and_unsent(now - NEWS) if one not in busy]
    taken = [jobs.submit(TELL_FOLLOWERS, {"improvement_id": one}) for one in waiting]
    db.session.commit()
    return taken


def _announce(improvement_id: int, now: datetime) -> Job | None:
    improvement = db.session.get_one(Improvement, improvement_id)
    db.session.add(Announcement(improvement_id=improvement_id, announced_at=now))
    db.session.flush()
    # Who follows both a service and everything is told once.
    chosen = (
        select(func.min(Follower.id).label("id"))
        .where(Follower.confirmed_at.is_not(None), or_(*_hear_of(improvement)))
        .group_by(Follower.person)
        .subquery()
    )
    letters = select(chosen.c.id, literal(improvement_id))
    db.session.execute(
        insert(FollowerLetter).from_select(["follower_id", "improvement_id"], letters)
    )
    if db.session.scalar(select(func.count()).select_from(chosen)):
        return jobs.submit(TELL_FOLLOWERS, {"improvement_id": improvement_id})
    return None


def _hear_of(improvement: Improvement) -> Iterator[ColumnElement[bool]]:
    """Who hears of it: who follows everything, its service, or its consultation."""
    yield Follower.service_id.is_(None) & Follower.consultation_id.is_(None)
    if improvement.service_id is not None:
        yield Follower.service_id == improvement.service_id
    if improvement.consultation_id is not None:
        yield Follower.consultation_id == improvement.consultation_id


def mark_sent(improvement_id: int, follower_ids: Iterable[int], now: datetime) -> None:
    """These followers' letters about an improvement left; commits."""
    db.session.execute(
        update(FollowerLetter)
        .where(
            FollowerLetter.improvement_id == improvement_id,
            FollowerLetter.follower_id.in_(list(follower_ids)),
        )
        .values(sent_at=now)
    )
    db.session.commit()
