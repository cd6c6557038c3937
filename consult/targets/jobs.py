"""The background work of the targets: once a month is over, its figures are kept."""

import logging
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consult.db import db, utc_now
from consult.jobs import queue, services
from consult.jobs.models import Job, JobState
from consult.jobs.services import Progress, handles
from consult.targets.services.keeping import keep_month, months_to_keep

log = logging.getLogger(__name__)

KEEP_MONTHS = "keep the targets of ended months"


def ask_to_keep() -> None:
    """Asks for the figures of ended months to be kept, unless it is asked already; every night."""
    open_states = (JobState.QUEUED, JobState.RUNNING)
    known = select(Job.id).where(Job.kind == KEEP_MONTHS, Job.state.in_(open_states)).limit(1)
    if db.session.scalar(known) is None:
        job = services.submit(KEEP_MONTHS, {})
        db.session.commit()
        queue.announce(job)
    db.session.rollback()


@handles(KEEP_MONTHS)
def keep_months(_arguments: dict[str, Any], progress: Progress) -> None:
    """Keeps what is not kept yet, each target and month in its own transaction.

    Killed, it goes on where it was; run twice, the second finds nothing to do.
    """
    due = months_to_keep(utc_now())
    db.session.rollback()
    for number, (target, month) in enumerate(due):
        try:
            keep_month(target, month, utc_now())
            db.session.commit()
        except IntegrityError:  # another worker kept it meanwhile
            db.session.rollback()
            log.info("the figures of %s for %s were kept elsewhere", target, month)
        progress("keeping", (number + 1) / len(due))
