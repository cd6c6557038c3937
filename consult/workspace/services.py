"""Who hears of a public body's day, and which letters are to be sent.

``take_…`` marks a letter as taken and asks for its job in one transaction: two workers never ask
for the same letter, and the job's row outlives a worker that is killed. A letter that the mail
server did not take is given back.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from consult.analysis.improvements.models import Improvement
from consult.db import db, reading
from consult.jobs import services as jobs
from consult.jobs.models import Job
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import can_read_reports, require
from consult.workspace.models import LetterSubscription, SentReminder
from consult.workspace.queries import OPEN_STATES, subscription_of

#: The kinds of job that send a letter.
TELL_WEEK, TELL_DUE = "tell the body's week", "tell what is due"

#: Monday's letter is sent within this time or never.
LATE = timedelta(days=3)

#: An improvement's owner is reminded so many days before it is due.
REMINDED = (7, 0)


def choose_letters(
    actor: Account, body: Organization, lang: str, now: datetime, *, weekly: bool, reminders: bool
) -> LetterSubscription:
    """What ``actor`` wants to hear of a public body; raises ``NotAllowedError``.

    Weeks before who begins to listen are not told.
    """
    require(can_read_reports, actor, body)
    subscription = subscription_of(actor, body) or _new(actor, body)
    if not subscription.weekly:
        subscription.weekly_until = now
    subscription.lang, subscription.weekly, subscription.reminders = lang, weekly, reminders
    db.session.flush()
    return subscription


def _new(actor: Account, body: Organization) -> LetterSubscription:
    """A row that wants nothing yet, or the one that another request just made."""
    made = LetterSubscription(account_id=actor.id, organization_id=body.id, weekly=False)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        found = subscription_of(actor, body)
        if found is None:
            raise
        return found
    return made


def stop_letters(subscription: LetterSubscription) -> None:
    """No letter of this public body any more."""
    subscription.weekly = subscription.reminders = False


def take_week(monday: datetime, now: datetime) -> list[Job]:
    """Asks for the letter of the week that begins on ``monday``, for who wants it; commits."""
    if not monday <= now < monday + LATE:
        return []
    one = LetterSubscription
    with reading():
        query = select(one.id, one.weekly_until).where(one.weekly, one.weekly_until < monday)
        due = [*db.session.execute(query.order_by(one.id))]
    taken = [
        _job(TELL_WEEK, subscription_id, monday, since=since.isoformat())
        for subscription_id, since in due
        if _move(subscription_id, since, monday)
    ]
    db.session.commit()
    return taken


def take_reminders(today: date, now: datetime) -> list[Job]:
    """Asks for the reminders that are due ``today`` or were missed since a few days; commits."""
    one = LetterSubscription
    query = (
        select(Improvement.id, Improvement.due_on, one.id)
        .join(
            one,
            (one.account_id == Improvement.owner_id)
            & (one.organization_id == Improvement.organization_id),
        )
        .where(
            one.reminders,
            Improvement.state.in_(OPEN_STATES),
            Improvement.due_on.between(today - LATE, today + timedelta(days=max(REMINDED))),
        )
        .order_by(Improvement.id)
    )
    with reading():
        found = [*db.session.execute(query)]
    taken = []
    for improvement_id, due_on, subscription_id in found:
        days = next(days for days in sorted(REMINDED) if today >= due_on - timedelta(days=days))
        if _mark(improvement_id, due_on, days):
            told = {"improvement_id": improvement_id, "due_on": due_on.isoformat(), "days": days}
            taken.append(_job(TELL_DUE, subscription_id, now, **told))
    db.session.commit()
    return taken


def give_back(arguments: dict[str, Any]) -> None:
    """A letter that was not sent is due again; commits."""
    if "days" in arguments:
        db.session.execute(
            delete(SentReminder).where(
                SentReminder.improvement_id == arguments["improvement_id"],
                SentReminder.due_on == date.fromisoformat(arguments["due_on"]),
                SentReminder.days == arguments["days"],
            )
        )
    else:
        since, until = (datetime.fromisoformat(arguments[name]) for name in ("since", "until"))
        _move(arguments["subscription_id"], until, since)
    db.session.commit()


def _job(kind: str, subscription_id: int, until: datetime, **more: Any) -> Job:
    return jobs.submit(
        kind, {"subscription_id": subscription_id, "until": until.isoformat(), **more}
    )


def _mark(improvement_id: int, due_on: date, days: int) -> bool:
    """True when this call is the first to remind of it."""
    try:
        with db.session.begin_nested():
            db.session.add(SentReminder(improvement_id=improvement_id, due_on=due_on, days=days))
    except IntegrityError:
        return False
    return True


def _move(subscription_id: int, old: datetime, new: datetime) -> bool:
    """Moves the mark of the weeks, unless it is no more where it was."""
    one = LetterSubscription
    moved = db.session.execute(
        update(one)
        .where(one.id == subscription_id, one.weekly_until == old)
        .values(weekly_until=new)
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]
