"""Reads of improvements."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from consult.analysis.improvements.filters import OPEN, Filters
from consult.analysis.improvements.models import (
    Improvement,
    ImprovementMeasure,
    ImprovementState,
)
from consult.catalogues import LANGUAGES
from consult.db import db
from consult.feedback.models import Alert, AlertKind
from consult.involvement.models import Activity
from consult.organizations.models import Account, Organization, Role, Service
from consult.surveys.models import Consultation

PER_PAGE = 50

#: Cards of one state on the board; the list has the others.
MOST_CARDS = 25


def _improvements() -> Select[Improvement]:
    return select(Improvement).options(
        joinedload(Improvement.organization),
        joinedload(Improvement.service),
        joinedload(Improvement.consultation),
        joinedload(Improvement.owner),
    )


def improvement_by_public_id(public_id: uuid.UUID) -> Improvement | None:
    return db.session.scalar(_improvements().where(Improvement.public_id == public_id))


def _readable(actor: Account) -> list[ColumnElement[bool]]:
    """Of the public bodies whose reports an account reads."""
    if actor.is_central:
        return []
    ids = [m.organization_id for m in actor.memberships if m.role is not Role.AGENT]
    return [Improvement.organization_id.in_(ids)]


def improvements_page(actor: Account, filters: Filters, today: date, page: int) -> Pagination:
    """One page of the improvements an account reads, last changed first."""
    query = filters.narrow(_improvements().where(*_readable(actor)), actor, today)
    query = query.order_by(Improvement.changed_at.desc(), Improvement.id.desc())
    return db.paginate(query, page=page, per_page=PER_PAGE, error_out=False)


@dataclass(frozen=True)
class Column:
    """The improvements of one state: the first cards, and how many there are."""

    state: ImprovementState
    cards: Sequence[Improvement]
    count: int


def board(actor: Account, filters: Filters, today: date) -> list[Column]:
    """The improvements by state: those due first where something is to be done, else the latest.

    Six queries, whatever there is.
    """
    wanted = filters.narrow(_improvements().where(*_readable(actor)), actor, today)
    inner = wanted.with_only_columns(Improvement.state, Improvement.id).subquery()
    rows = db.session.execute(select(inner.c.state, func.count()).group_by(inner.c.state))
    counts = {state: count for state, count in rows}
    columns = []
    for state in ImprovementState:
        due = [Improvement.due_on.is_(None), Improvement.due_on]
        order = due if state in OPEN else [Improvement.settled_at.desc()]
        query = wanted.where(Improvement.state == state).order_by(*order, Improvement.id.desc())
        cards = db.session.scalars(query.limit(MOST_CARDS)).all()
        columns.append(Column(state, cards, counts.get(state, 0)))
    return columns


def owners(actor: Account, organization: Organization | None) -> Sequence[Account]:
    """Who is responsible for an improvement that ``actor`` reads, by name; 200 at most."""
    query = select(Improvement.owner_id).where(*_readable(actor))
    if organization is not None:
        query = query.where(Improvement.organization_id == organization.id)
    found = select(Account).where(Account.id.in_(query)).order_by(Account.name)
    return db.session.scalars(found.limit(200)).all()


def open_improvements(
    organization: Organization, service: Service | None, consultation: Consultation | None
) -> Sequence[Improvement]:
    """What is still to be done of a public body, that of the same subject first; 100 at most."""
    is_same = or_(
        Improvement.service_id == (service.id if service else None),
        Improvement.consultation_id == (consultation.id if consultation else None),
    )
    query = (
        _improvements()
        .where(Improvement.organization_id == organization.id, Improvement.state.in_(OPEN))
        .order_by(func.coalesce(is_same, False).desc(), Improvement.changed_at.desc())
    )
    return db.session.scalars(query.limit(100)).all()


def alert_named(service_slug: str, kind: str, key: str) -> Alert | None:
    """An alert by its service, its kind and its key."""
    query = (
        select(Alert)
        .join(Alert.service)
        .where(Service.slug == service_slug, Alert.key == key)
        .options(contains_eager(Alert.service))
    )
    if kind not in list(AlertKind):
        return None
    return db.session.scalar(query.where(Alert.kind == AlertKind(kind)))


def latest_activities(organization: Organization) -> Sequence[Activity]:
    """The last involvement activities of a public body, the latest first; 10 at most."""
    query = select(Activity).where(Activity.organization_id == organization.id)
    latest = query.order_by(Activity.starts_on.desc(), Activity.id.desc()).limit(10)
    return db.session.scalars(latest.options(joinedload(Activity.service))).all()


def consultations_of_body(organization: Organization) -> Sequence[Consultation]:
    """The consultations of a public body, the latest first; 200 at most."""
    query = select(Consultation).where(Consultation.organization_id == organization.id)
    return db.session.scalars(query.order_by(Consultation.id.desc()).limit(200)).all()


def measures_of(improvement: Improvement) -> Sequence[ImprovementMeasure]:
    """What an improvement was measured to come to, the latest first; 20 at most."""
    measured = ImprovementMeasure
    query = select(measured).where(measured.improvement_id == improvement.id)
    return db.session.scalars(
        query.options(joinedload(measured.asked_by))
        .order_by(measured.measured_at.desc(), measured.id.desc())
        .limit(20)
    ).all()


def measure_by_public_id(public_id: uuid.UUID) -> ImprovementMeasure | None:
    query = select(ImprovementMeasure).where(ImprovementMeasure.public_id == public_id)
    return db.session.scalar(query)


def _is_public() -> list[ColumnElement[bool]]:
    """``Improvement.is_public`` in SQL."""
    table = Improvement.__table__.c

    def told(*names: str) -> ColumnElement[bool]:
        return and_(*[func.trim(table[f"{n}_{lang}"]) != "" for n in names for lang in LANGUAGES])

    done = and_(Improvement.state == ImprovementState.DONE, told("did"))
    declined = and_(Improvement.state == ImprovementState.DECLINED, told("reason"))
    return [told("title", "said"), or_(done, declined)]


def _public(
    subject: Service | Consultation | None, state: ImprovementState | None = None
) -> Select[Improvement]:
    query = _improvements().where(*_is_public())
    if state:
        query = query.where(Improvement.state == state)
    if isinstance(subject, Service):
        query = query.where(Improvement.service_id == subject.id)
    elif isinstance(subject, Consultation):
        query = query.where(Improvement.consultation_id == subject.id)
    return query.order_by(Improvement.settled_at.desc(), Improvement.id.desc())


def public_improvements(
    subject: Service | Consultation | None = None,
    state: ImprovementState | None = None,
    limit: int | None = None,
) -> Sequence[Improvement]:
    """What everyone may read, done or declined and told in both languages, last settled first."""
    return db.session.scalars(_public(subject, state).limit(limit)).all()


def public_page(subject: Service | Consultation | None, page: int) -> Pagination:
    """One page of the same."""
    return db.paginate(_public(subject), page=page, per_page=PER_PAGE, error_out=False)


def public_since(since: datetime, known: Select[int]) -> Sequence[Improvement]:
    """What became public after ``since``, but for those whose database ids ``known`` selects."""
    query = _public(None).where(Improvement.settled_at > since, Improvement.id.not_in(known))
    return db.session.scalars(query).all()


def published_measures(improvements: Collection[Improvement]) -> dict[int, ImprovementMeasure]:
    """The latest public measure of each, by the database id of the improvement; one query."""
    measured = ImprovementMeasure
    query = (
        select(measured)
        .where(
            measured.improvement_id.in_([one.id for one in improvements]),
            measured.published_at.is_not(None),
        )
        .order_by(measured.measured_at, measured.id)
    )
    return {one.improvement_id: one for one in db.session.scalars(query)}
