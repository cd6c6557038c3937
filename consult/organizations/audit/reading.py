"""Reading the audit trail: filtered, the latest act first."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, cast, or_, select, union_all
from sqlalchemy.orm import joinedload

from consult.config import QUEBEC_TIME
from consult.db import db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.models import AuditEvent
from consult.organizations.models import Account, Membership, Organization
from consult.organizations.permissions import bodies_where, can_read_audit

PER_PAGE = 50

#: Events of an export held in memory at once.
_BATCH = 500


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
    members = select(Membership.account_id).where(Membership.organization_id.in_(bodies))
    of_accounts = AuditEvent.organization_id.is_(None), AuditEvent.actor_id.in_(members)
    by_body = [ids.where(AuditEvent.organization_id == body) for body in bodies]
    return [*by_body, ids.where(*of_accounts)] if bodies else []


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
        said = cast(AuditEvent.changes, String).icontains(word, autoescape=True)
        named = AuditEvent.subject.icontains(word, autoescape=True)
        query = query.where(or_(named, said))
    return query


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(QUEBEC_TIME))
