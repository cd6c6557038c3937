"""Reading the audit trail: filtered, the latest act first."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, or_, select
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
    query = _found(actor, filters).options(joinedload(AuditEvent.organization))
    if before is not None:
        earlier = select(AuditEvent.id).where(AuditEvent.public_id == before).scalar_subquery()
        query = query.where(AuditEvent.id < earlier)
    events = db.session.scalars(query.limit(PER_PAGE + 1)).all()
    return events[:PER_PAGE], len(events) > PER_PAGE


def all_of(actor: Account, filters: Filters) -> Iterator[Sequence[AuditEvent]]:
    """Every act that is found, some at a time; no transaction stays open between two pieces."""
    query = _found(actor, filters).options(joinedload(AuditEvent.organization))
    last: int | None = None
    while True:
        some = query if last is None else query.where(AuditEvent.id < last)
        events = db.session.scalars(some.limit(_BATCH)).all()
        if not events:
            return
        last = events[-1].id
        yield events


def _found(actor: Account, filters: Filters) -> Select[AuditEvent]:
    query = select(AuditEvent).order_by(AuditEvent.id.desc())
    if not actor.is_central or filters.body:
        query = query.where(_of_bodies(actor, filters.body))
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


def _of_bodies(actor: Account, slug: str) -> ColumnElement[bool]:
    """Acts on these bodies, and what their members did of their own account."""
    bodies = [body for body in readable_bodies(actor) if not slug or body.slug == slug]
    ids = [body.id for body in bodies]
    if not ids:
        return false()
    members = select(Membership.account_id).where(Membership.organization_id.in_(ids))
    of_account = and_(AuditEvent.organization_id.is_(None), AuditEvent.actor_id.in_(members))
    return or_(AuditEvent.organization_id.in_(ids), of_account)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(QUEBEC_TIME))
