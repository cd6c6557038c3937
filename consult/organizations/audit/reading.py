"""Reading the audit trail: filtered, the latest act first."""

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from consult.config import QUEBEC_TIME
from consult.db import db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.models import AuditEvent
from consult.organizations.models import Account, Membership, Organization
from consult.organizations.permissions import bodies_where, can_read_audit

PER_PAGE = 50

#: Events of an export held in memory at once.
_BATCH = 500

#: More than any event's id.
_NEVER = 2**31 - 1


@dataclass(frozen=True)
class Filters:
    """What is looked for; whatever is empty leaves all. Days are Québec's, both included."""

    body: str = ""
    person: str = ""
    action: Action | None = None
    since: date | None = None
    until: date | None = None
    words: str = ""


def readable_bodies(actor: Account) -> Sequence[Organization]:
    """The public bodies whose trail the actor may read; a central account reads the whole site."""
    if actor.is_central:
        return db.session.scalars(select(Organization).order_by(Organization.slug)).all()
    return bodies_where(can_read_audit, actor)


def page_of(
    actor: Account, filters: Filters, before: uuid.UUID | None
) -> tuple[Sequence[AuditEvent], bool]:
    """The fifty acts before one of them, or the latest; and whether there are earlier ones."""
    last = None
    if before is not None:
        last = db.session.scalar(select(AuditEvent.id).where(AuditEvent.public_id == before))
    events = _latest(_kinds(actor, filters), last, PER_PAGE + 1)
    return events[:PER_PAGE], len(events) > PER_PAGE


def all_of(actor: Account, filters: Filters) -> Iterator[Sequence[AuditEvent]]:
    """Every act that is found, some at a time; no transaction stays open between two pieces."""
    kinds, last = _kinds(actor, filters), None
    while events := _latest(kinds, last, _BATCH):
        last = events[-1].id
        yield events


def _latest(kinds: Sequence[Select[int]], last: int | None, limit: int) -> Sequence[AuditEvent]:
    """The latest acts of these kinds before the one of id ``last``.

    Each kind gives its own latest by its own index, however many acts the site has.
    """
    some = [
        (ids if last is None else ids.where(AuditEvent.id < last))
        .order_by(AuditEvent.id.desc())
        .limit(limit)
        .subquery()
        for ids in kinds
    ]
    if not some:
        return []
    query = (
        select(AuditEvent)
        .where(AuditEvent.id.in_(union_all(*[select(ids.c.id) for ids in some])))
        .options(joinedload(AuditEvent.organization))
        .order_by(AuditEvent.id.desc())
        .limit(limit)
    )
    return db.session.scalars(query).all()


def _kinds(actor: Account, filters: Filters) -> list[Select[int]]:
    """The ids of what is found: all of it, or by body, then of its people's own accounts."""
    ids = _filtered(select(AuditEvent.id), filters)
    if actor.is_central and not filters.body:
        return [ids]
    bodies = [
        body.id for body in readable_bodies(actor) if not filters.body or body.slug == filters.body
    ]
    by_body = [ids.where(AuditEvent.organization_id == body) for body in bodies]
    return [*by_body, _of_own_accounts(ids, bodies)] if bodies else []


def _of_own_accounts(ids: Select[int], bodies: Sequence[int]) -> Select[int]:
    """What people did of their own account while they worked for one of the bodies.

    A time there ends with the act that ended it, or lasts; it began with the act before, by which
    the invitation was accepted or an earlier time ended, else with the account.
    """
    mark = aliased(AuditEvent)
    ended = Action.ACCESS_ENDED.value
    columns = mark.organization_id.label("body"), Account.id.label("account"), mark.id, mark.action
    marks = (
        select(*columns)
        .join(Account, Account.email == mark.subject)
        .where(
            mark.organization_id.in_(bodies),
            mark.action.in_([Action.INVITATION_ACCEPTED.value, ended]),
        )
    )
    now = select(
        Membership.organization_id, Membership.account_id, literal(_NEVER), literal(ended)
    ).where(Membership.organization_id.in_(bodies))
    all_marks = union_all(marks, now).subquery().c
    before = func.lag(all_marks.id).over(
        partition_by=(all_marks.body, all_marks.account), order_by=all_marks.id
    )
    times = select(
        all_marks.account,
        func.coalesce(before, 0).label("since"),
        all_marks.id.label("until"),
        all_marks.action,
    ).subquery()
    within = (AuditEvent.actor_id == times.c.account) & (AuditEvent.id < times.c.until)
    return ids.join(times, within & (AuditEvent.id > times.c.since)).where(
        AuditEvent.organization_id.is_(None), times.c.action == ended
    )


def _filtered(query: Select[int], filters: Filters) -> Select[int]:
    if filters.person:
        named = AuditEvent.actor_name.icontains(filters.person, autoescape=True)
        address = Account.email.icontains(filters.person, autoescape=True)
        whose = select(Account.id).where(address)
        query = query.where(or_(named, AuditEvent.actor_id.in_(whose)))
    if filters.action:
        query = query.where(AuditEvent.action == filters.action.value)
    if filters.since:
        query = query.where(AuditEvent.at >= _begins(filters.since))
    if filters.until:
        query = query.where(AuditEvent.at < _begins(filters.until + timedelta(days=1)))
    for word in filters.words.split():
        changes = cast(AuditEvent.changes, String)
        # SQLite keeps JSON as it is written here: letters beyond ASCII as \u and their number.
        cases = (word, word.lower(), word.upper(), word.capitalize())
        ways = {word, *(json.dumps(case)[1:-1] for case in cases)}
        said = [changes.icontains(way, autoescape=True) for way in sorted(ways)]
        query = query.where(or_(AuditEvent.subject.icontains(word, autoescape=True), *said))
    return query


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(QUEBEC_TIME))
