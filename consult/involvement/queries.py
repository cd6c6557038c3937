"""Reads of involvement activities."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from consult.db import Localized, db
from consult.involvement.filters import Filters
from consult.involvement.models import Activity, ActivityDocument, ActivityKind
from consult.involvement.searching import theme_key
from consult.organizations.models import Account, Organization, Role, Service

PER_PAGE = 50

#: Themes that the library offers to filter by, and the latest entries they are counted in.
MOST_THEMES = 100
_LATEST = 2_000


def _activities() -> Select[Activity]:
    return select(Activity).options(joinedload(Activity.organization), joinedload(Activity.service))


def activity_by_public_id(public_id: uuid.UUID) -> Activity | None:
    return db.session.scalar(_activities().where(Activity.public_id == public_id))


def document_by_public_id(activity: Activity, public_id: uuid.UUID) -> ActivityDocument | None:
    query = select(ActivityDocument).where(
        ActivityDocument.public_id == public_id, ActivityDocument.activity_id == activity.id
    )
    return db.session.scalar(query)


def activities_page(actor: Account, filters: Filters, page: int) -> Pagination:
    """A page of the activities of the public bodies an account reads, the latest first."""
    query = filters.narrow(_activities())
    if not actor.is_central:
        ids = [m.organization_id for m in actor.memberships if m.role is not Role.AGENT]
        query = query.where(Activity.organization_id.in_(ids))
    query = query.order_by(Activity.starts_on.desc(), Activity.id.desc())
    return db.paginate(query, page=page, per_page=PER_PAGE, error_out=False)


def library_page(filters: Filters, page: int) -> Pagination:
    """A page of what every public body may read, the last shared first."""
    query = filters.narrow(_activities().where(Activity.shared_at.is_not(None)))
    query = query.order_by(Activity.shared_at.desc(), Activity.id.desc())
    return db.paginate(query, page=page, per_page=PER_PAGE, error_out=False)


@dataclass(frozen=True)
class Offers:
    """What the library can be narrowed to: themes as (key, theme), the most frequent first."""

    bodies: Sequence[Organization]
    services: Sequence[Service]
    themes: list[tuple[str, Localized]]


def library_offers(filters: Filters) -> Offers:
    """Three queries; services are offered once their public body is chosen."""
    shared = Activity.shared_at.is_not(None)
    owners = select(Activity.organization_id).where(shared)
    bodies = select(Organization).where(Organization.id.in_(owners)).order_by(Organization.slug)
    told = select(Activity.service_id).where(shared)
    services = (
        select(Service)
        .join(Service.organization)
        .where(Service.id.in_(told), Organization.slug == filters.body)
        .order_by(Service.slug)
    )
    return Offers(
        db.session.scalars(bodies).all(),
        db.session.scalars(services).all() if filters.body else (),
        _themes(),
    )


def _themes() -> list[tuple[str, Localized]]:
    query = select(Activity.themes).where(Activity.shared_at.is_not(None))
    latest = query.order_by(Activity.shared_at.desc()).limit(_LATEST)
    counts: Counter[str] = Counter()
    named: dict[str, Localized] = {}
    for themes in db.session.scalars(latest):
        for theme in [Localized(**one) for one in themes]:
            key = theme_key(theme)
            counts[key] += 1
            named.setdefault(key, theme)
    return [(key, named[key]) for key, _count in counts.most_common(MOST_THEMES)]


def activities_of(service: Service) -> Sequence[Activity]:
    """The latest activities of a service; 50 at most."""
    query = select(Activity).where(Activity.service_id == service.id)
    query = query.options(joinedload(Activity.service)).order_by(Activity.starts_on.desc())
    return db.session.scalars(query.limit(PER_PAGE)).all()


def kinds_of(service: Service) -> dict[ActivityKind, int]:
    """How many activities of each kind a service has."""
    query = select(Activity.kind, func.count()).where(Activity.service_id == service.id)
    return {kind: count for kind, count in db.session.execute(query.group_by(Activity.kind))}
