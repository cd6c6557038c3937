"""Reads of those who follow, and of what they are told."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consult.analysis.improvements.models import Improvement
from consult.analysis.improvements.reads import public_since
from consult.db import db
from consult.jobs.models import Job, JobState
from consult.publishing.models import Announcement, Follower, FollowerLetter


def follower_by_public_id(public_id: uuid.UUID) -> Follower | None:
    return db.session.scalar(
        select(Follower)
        .where(Follower.public_id == public_id)
        .options(joinedload(Follower.service), joinedload(Follower.consultation))
    )


def follower_by_mark(mark: str) -> Follower | None:
    return db.session.scalar(select(Follower).where(Follower.mark == mark))


def asked_lately(person: str, since: datetime) -> int:
    """How many unconfirmed wishes an address has, asked after ``since``."""
    query = select(func.count()).where(
        Follower.person == person, Follower.confirmed_at.is_(None), Follower.asked_at > since
    )
    return db.session.scalar(query) or 0


def unannounced(since: datetime) -> Sequence[Improvement]:
    """What became public after ``since`` and was announced to nobody."""
    return public_since(since, select(Announcement.improvement_id))


def unsent(improvement_id: int) -> Sequence[int]:
    """The database ids of the followers whose letter about an improvement has not left."""
    letter = FollowerLetter
    query = select(letter.follower_id).where(
        letter.improvement_id == improvement_id, letter.sent_at.is_(None)
    )
    return db.session.scalars(query.order_by(letter.follower_id)).all()


def announced_and_unsent(since: datetime) -> Sequence[int]:
    """The improvements announced after ``since`` with a letter that has not left."""
    waiting = select(FollowerLetter.improvement_id).where(FollowerLetter.sent_at.is_(None))
    query = select(Announcement.improvement_id).where(
        Announcement.announced_at > since, Announcement.improvement_id.in_(waiting)
    )
    return db.session.scalars(query.order_by(Announcement.improvement_id)).all()


def under_way(kind: str) -> Sequence[dict[str, int]]:
    """The arguments of the jobs of a kind that wait or run."""
    states = (JobState.QUEUED, JobState.RUNNING)
    query = select(Job.arguments).where(Job.kind == kind, Job.state.in_(states))
    return db.session.scalars(query).all()
