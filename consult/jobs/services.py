"""Verbs of jobs: submit, claim, report progress, finish, hand out again.

A job's row is written in the transaction of the work that asks for it. Huey is told after the
commit; if that message is lost, or the worker is killed, ``overdue`` finds the row again.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select, update

from consult.db import db, utc_now
from consult.errors import without_words
from consult.jobs.models import Job, JobState

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3

#: Reports a stage (a short name) and the share done, 0 to 1.
Progress = Callable[[str, float], None]

#: Work of one kind: takes the job's arguments and a progress report; must bear running twice.
Handler = Callable[[dict[str, Any], Progress], None]

_handlers: dict[str, Handler] = {}


class JobTakenAwayError(Exception):
    """The job is no longer this worker's: a person stopped it, or another worker has it."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Registers the function that does the jobs of one kind."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def submit(kind: str, arguments: dict[str, Any]) -> Job:
    """Adds a job to the current transaction; call ``queue.announce`` once it is committed."""
    job = Job(kind=kind, arguments=arguments)
    db.session.add(job)
    db.session.flush()
    return job


class Claim(NamedTuple):
    """A job this worker holds; plain values, so that no transaction stays open while it works."""

    job_id: int
    attempt: int
    kind: str
    arguments: dict[str, Any]

    @property
    def still_ours(self) -> ColumnElement[bool]:
        """True of the job's row until its lease ran out and another worker took it."""
        is_this_attempt = (Job.id == self.job_id) & (Job.attempts == self.attempt)
        return is_this_attempt & (Job.state == JobState.RUNNING)


def claim(job_id: int, now: datetime, lease: timedelta) -> Claim | None:
    """Takes the job for this worker, or returns None when it is done or another worker holds it."""
    free = or_(
        Job.state == JobState.QUEUED,
        (Job.state == JobState.RUNNING) & (Job.lease_until < now),
    )
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job_id, free)
        .values(
            state=JobState.RUNNING,
            lease_until=now + lease,
            attempts=Job.attempts + 1,
            started_at=now,
            reported_at=None,
            progress=0.0,
            stage="",
        )
        .returning(Job.id, Job.attempts, Job.kind, Job.arguments)
    ).one_or_none()
    db.session.commit()
    return Claim(*taken) if taken else None


def renew(job: Claim, lease: timedelta, stage: str | None = None, share: float = 0.0) -> None:
    """Extends the lease of a claimed job and, with ``stage``, records how far it is.

    Commits, so that others see it: a handler reports between its own transactions. Raises
    ``JobTakenAwayError`` once the job is not this worker's any more.
    """
    now = utc_now()
    values: dict[str, Any] = {"lease_until": now + lease}
    if stage is not None:
        share = min(max(share, 0.0), 1.0)
        values |= {"stage": stage, "progress": share, "reported_at": now}
    renewed = db.session.execute(
        update(Job).where(job.still_ours).values(**values).returning(Job.id)
    ).all()
    if not renewed:
        db.session.rollback()
        raise JobTakenAwayError
    db.session.commit()


def stop(job_id: int, now: datetime) -> bool:
    """Ends a job that waits or runs, in the current transaction; False when it had ended.

    The worker that does it leaves it at its next report, and what it had not committed is undone.
    """
    under_way = Job.state.in_([JobState.QUEUED, JobState.RUNNING])
    stopped = db.session.execute(
        update(Job)
        .where(Job.id == job_id, under_way)
        .values(state=JobState.STOPPED, finished_at=now, lease_until=None)
        .returning(Job.id)
    ).all()
    return bool(stopped)


def give_back(job: Claim) -> None:
    """Lets another worker take a job that this one has to leave; it does not count as tried."""
    db.session.execute(
        update(Job)
        .where(job.still_ours)
        .values(state=JobState.QUEUED, lease_until=None, attempts=Job.attempts - 1)
    )
    db.session.commit()


def perform(job: Claim, progress: Progress) -> None:
    """Does a claimed job and records how it ended; of an error, only its type's name is kept.

    Of a job that was taken away meanwhile, what is not committed yet is undone.
    """
    try:
        _handlers[job.kind](job.arguments, progress)
    except JobTakenAwayError:
        log.info("job %s of kind %s was taken away", job.job_id, job.kind)
        db.session.rollback()
    except Exception as error:
        log.error("job %s of kind %s: %s", job.job_id, job.kind, without_words(error))
        db.session.rollback()
        _finish(job, JobState.FAILED, type(error).__name__)
    else:
        _finish(job, JobState.DONE, "")


def _finish(job: Claim, state: JobState, error: str) -> None:
    values = {"state": state, "error": error, "finished_at": utc_now(), "lease_until": None}
    if state is JobState.DONE:
        values["progress"] = 1.0
    ended = db.session.execute(
        update(Job).where(job.still_ours).values(**values).returning(Job.id)
    ).all()
    if ended:
        db.session.commit()
    else:
        db.session.rollback()


def overdue(now: datetime, lease: timedelta) -> Sequence[int]:
    """Jobs to hand to a worker again: queued for longer than a lease, or running with none left.

    A job that was tried ``MAX_ATTEMPTS`` times is marked failed instead.
    """
    lost = (Job.state == JobState.RUNNING) & (Job.lease_until < now)
    db.session.execute(
        update(Job)
        .where(lost, Job.attempts >= MAX_ATTEMPTS)
        .values(state=JobState.FAILED, error="WorkerLost", finished_at=now)
    )
    waiting = (Job.state == JobState.QUEUED) & (Job.created_at < now - lease)
    ids = db.session.scalars(select(Job.id).where(or_(lost, waiting)).order_by(Job.id)).all()
    db.session.commit()
    return ids
