"""Public bodies, as central accounts see to them."""

from dataclasses import dataclass
from datetime import datetime

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, or_, select

from consult.db import Localized, db
from consult.errors import NotAllowedError
from consult.organizations import services
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import changed, record_act
from consult.organizations.models import Account, Membership, Organization, Service
from consult.organizations.permissions import can_manage_people, require, require_central


@dataclass(frozen=True)
class Counts:
    """How many people and services each body has, by its database id."""

    people: dict[int, int]
    services: dict[int, int]


def bodies(words: str, page: int) -> Pagination:
    """A page of the public bodies whose names hold ``words``, by slug."""
    query = select(Organization).order_by(Organization.slug)
    if words:
        names = (Organization.__table__.c.name_fr, Organization.__table__.c.name_en)
        query = query.where(or_(*[name.icontains(words, autoescape=True) for name in names]))
    return db.paginate(query, page=page, per_page=50, error_out=False)


def counts_of(shown: Pagination) -> Counts:
    ids = [body.id for body in shown.items]

    def count(table: type[Membership] | type[Service]) -> dict[int, int]:
        query = (
            select(table.organization_id, func.count())
            .where(table.organization_id.in_(ids))
            .group_by(table.organization_id)
        )
        return {body: number for body, number in db.session.execute(query)}

    return Counts(count(Membership), count(Service))


def add_body(
    actor: Account, slug: str, name: Localized, description: Localized, now: datetime
) -> Organization:
    """Adds a public body; raises ``SlugTakenError``."""
    require_central(actor)
    body = services.add_organization(slug, name, description)
    record_act(actor, body, Action.BODY_ADDED, name.fr, now)
    return body


def change_body(
    actor: Account,
    body: Organization,
    name: Localized,
    description: Localized,
    now: datetime,
    *,
    requires_second_factor: bool,
) -> None:
    """Changes what a body asks of its people and, by a central account, what it is called."""
    require(can_manage_people, actor, body)
    before = _told(body)
    if (name, description) != (body.name, body.description):
        if not actor.is_central:
            raise NotAllowedError()
        body.name, body.description = name, description
    body.requires_second_factor = requires_second_factor
    found = changed(before, _told(body))
    if found:
        record_act(actor, body, Action.BODY_CHANGED, body.name.fr, now, found)


def _told(body: Organization) -> dict[str, object]:
    return {
        "name (fr)": body.name.fr,
        "name (en)": body.name.en,
        "description (fr)": body.description.fr,
        "description (en)": body.description.en,
        "requires second factor": body.requires_second_factor,
    }
