"""Reads of public bodies, services and accounts."""

import uuid
from collections.abc import Iterable, Sequence

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from consult.catalogues import LANGUAGES
from consult.db import db
from consult.organizations.models import Account, Organization, Service
from consult.organizations.permissions import Predicate, bodies_where, can_read_reports

#: Rows of a list on one page.
PER_PAGE = 25


def organizations_of(
    actor: Account, allowed: Predicate = can_read_reports
) -> Sequence[Organization]:
    """The public bodies where an account has a right; all of them for a central account."""
    return db.session.scalars(_bodies_of(actor, allowed)).all()


def organizations_page(
    actor: Account, page: int, per_page: int, allowed: Predicate = can_read_reports
) -> Pagination:
    """A page of them."""
    query = _bodies_of(actor, allowed)
    return db.paginate(query, page=page, per_page=per_page, error_out=False)


def _bodies_of(actor: Account, allowed: Predicate) -> Select[Organization]:
    query = select(Organization).order_by(Organization.slug)
    if actor.is_central:
        return query
    return query.where(Organization.id.in_([body.id for body in bodies_where(allowed, actor)]))


def services_in(bodies: Iterable[Organization]) -> Sequence[Service]:
    """The services of some public bodies."""
    query = (
        select(Service)
        .where(Service.organization_id.in_([body.id for body in bodies]))
        .options(joinedload(Service.organization))
        .order_by(Service.organization_id, Service.slug)
    )
    return db.session.scalars(query).all()


def services_page(bodies: Iterable[Organization], page: int, words: str = "") -> Pagination:
    """A page of the services of some public bodies, by body and name.

    ``words`` keeps those whose name in either language holds them.
    """
    query = (
        select(Service)
        .join(Service.organization)
        .where(Service.organization_id.in_([found.id for found in bodies]))
        .options(contains_eager(Service.organization))
        .order_by(Organization.slug, Service.slug)
    )
    if words:
        names = Service.__table__.c
        query = query.where(
            or_(*[names[f"name_{lang}"].icontains(words, autoescape=True) for lang in LANGUAGES])
        )
    return db.paginate(query, page=page, per_page=PER_PAGE, error_out=False)


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
