"""Reads of public bodies, services and accounts."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.organizations.models import Account, Organization, Service
from consult.organizations.permissions import Predicate, bodies_where, can_read_reports


def organizations_of(
    actor: Account, allowed: Predicate = can_read_reports
) -> Sequence[Organization]:
    """The public bodies where an account has a right; all of them for a central account."""
    query = select(Organization).order_by(Organization.slug)
    if not actor.is_central:
        ids = [body.id for body in bodies_where(allowed, actor)]
        query = query.where(Organization.id.in_(ids))
    return db.session.scalars(query).all()


def services_of(actor: Account) -> Sequence[Service]:
    """The services of the public bodies whose reports an account may read."""
    ids = [organization.id for organization in organizations_of(actor)]
    query = (
        select(Service)
        .where(Service.organization_id.in_(ids))
        .options(joinedload(Service.organization))
        .order_by(Service.organization_id, Service.slug)
    )
    return db.session.scalars(query).all()


def organization_by_slug(slug: str) -> Organization | None:
    return db.session.scalar(select(Organization).where(Organization.slug == slug))


def service_by_slug(slug: str) -> Service | None:
    return db.session.scalar(select(Service).where(Service.slug == slug))


def service_by_key(key: str) -> Service | None:
    return db.session.scalar(select(Service).where(Service.key == key))


def account_by_email(email: str) -> Account | None:
    """The account of an address; of one that no database keeps, none."""
    if "\0" in email:
        return None
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def account_by_public_id(public_id: str) -> Account | None:
    try:
        wanted = uuid.UUID(public_id)
    except ValueError:
        return None
    return db.session.scalar(select(Account).where(Account.public_id == wanted))


def colleagues(organization: Organization) -> Sequence[Account]:
    """Everyone who holds a role in a public body, by name."""
    query = select(Account).order_by(Account.name)
    members = query.where(Account.memberships.any(organization_id=organization.id))
    return db.session.scalars(members).all()
