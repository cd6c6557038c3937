"""Reminding a public body's editors of what was promised.

A reminder's row and the job that sends it are written in one transaction, once for each person and
step; a message that the mail server did not take gives its row back, and is asked for again.
"""

from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy.exc import IntegrityError

from consult.db import db
from consult.jobs import services as jobs
from consult.jobs.models import Job
from consult.organizations.models import Account
from consult.organizations.permissions import can_edit_consultations
from consult.surveys.models.preparation import Preparation, ReportReminder
from consult.surveys.preparation.reads import editors_of, promises_between, reminded

REMIND_REPORT = "remind of a report"

#: Days after the promise falls due: before it, on the day, then each week, four times.
STEPS = (-30, -7, 0, 7, 14, 21, 28)

#: The last reminder is still sent so many days late, when the worker was away.
LATE = 6


def step_of(due_on: date, promised_on: date, today: date) -> int | None:
    """The reminder that is to be sent today, if any.

    The latest step whose day has come: a worker that was away sends one, not all. A step whose day
    was over when the promise was made is no reminder.
    """
    day = (today - due_on).days
    for step, following in pairwise((*STEPS, STEPS[-1] + LATE + 1)):
        if step <= day < following:
            return step if due_on + timedelta(days=step) >= promised_on else None
    return None


def take_reminders(today: date, now: datetime) -> list[Job]:
    """Asks for a message to each editor of a promise that is due; commits.

    Returns the jobs to announce.
    """
    taken = []
    first, last = (today - timedelta(days=day) for day in (STEPS[-1] + LATE, STEPS[0]))
    for preparation in promises_between(first, last):
        due_on, promised_on = preparation.report_due_on, preparation.promised_on
        if due_on is None or promised_on is None:
            continue
        step = step_of(due_on, promised_on, today)
        if step is not None:
            taken += _take(preparation, due_on, step, now)
    db.session.commit()
    return taken


def _take(preparation: Preparation, due_on: date, step: int, now: datetime) -> list[Job]:
    known = reminded(preparation, due_on, step)
    waiting = [one for one in editors_of(preparation.consultation) if one.id not in known]
    return [job for one in waiting if (job := _ask(preparation, one, due_on, step, now))]


def _ask(
    preparation: Preparation, account: Account, due_on: date, step: int, now: datetime
) -> Job | None:
    row = ReportReminder(
        preparation=preparation, account=account, due_on=due_on, step=step, asked_at=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # another worker asked meanwhile
        return None
    return jobs.submit(REMIND_REPORT, {"reminder_id": row.id})


def still_due(reminder: ReportReminder) -> bool:
    """False once the report was given, the promise moved, or its reader may not change it."""
    preparation = reminder.preparation
    consultation = preparation.consultation
    return (
        preparation.report_given_on is None
        and preparation.report_due_on == reminder.due_on
        and consultation.published_at is not None
        and can_edit_consultations(reminder.account, consultation.organization)
    )


def give_back(reminder_id: int) -> None:
    """A message that was not sent is due again; commits."""
    reminder = db.session.get(ReportReminder, reminder_id)
    if reminder is not None:
        db.session.delete(reminder)
    db.session.commit()
