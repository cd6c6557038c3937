"""Which services the register's list shows, in which order; both live in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, or_, select
from sqlalchemy.orm import contains_eager

from consult.catalogues import LANGUAGES
from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Organization, Service, ServiceStage

PER_PAGE = 50

#: A service is answered when somebody gave feedback within this many days.
ANSWERED_WITHIN_DAYS = 90

#: Feedback that looks sent by a machine counts once a person kept it.
_COUNTED = ("clear", "kept")

SORTS = ("name", "stage", "launch", "take_up", "answer")


@dataclass(frozen=True)
class ServiceFilters:
    """What the address asks for; the empty string asks for all.

    ``take_up`` is 'missing' or 'known'; ``widget`` is 'answered' (lately), 'quiet' (not lately) or
    'never'. ``sort`` is one of ``SORTS``, after a hyphen for the other way round.
    """

    q: str = ""
    body: str = ""
    stage: str = ""
    new: str = ""
    take_up: str = ""
    widget: str = ""
    sort: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "ServiceFilters":
        return cls(**{f.name: asked.get(f.name, "").strip()[:200] for f in fields(cls)})

    @property
    def in_address(self) -> dict[str, str]:
        """Those that are set, for an address."""
        return {name: value for name, value in vars(self).items() if value}

    @property
    def narrowing(self) -> bool:
        """True when something is left out."""
        return bool(self.in_address.keys() - {"sort"})

    def sorted_by(self, column: str) -> dict[str, str]:
        """The address that sorts by a column, or the other way when it is so already."""
        return {**self.in_address, "sort": f"-{column}" if self.sort == column else column}


def services_page(
    bodies: Sequence[Organization] | None, filters: ServiceFilters, now: datetime, page: int
) -> Pagination:
    """A page of the services of some public bodies; of all of them for None."""
    query = narrowed(bodies, filters, now).order_by(*_order(filters.sort))
    return db.paginate(query, page=page, per_page=PER_PAGE, error_out=False)


def narrowed(
    bodies: Sequence[Organization] | None, filters: ServiceFilters, now: datetime
) -> Select[Service]:
    """The services that the filters ask for; one that names nothing finds nothing."""
    query = select(Service).join(Service.organization)
    query = query.options(contains_eager(Service.organization))
    if bodies is not None:
        query = query.where(Service.organization_id.in_([body.id for body in bodies]))
    if filters.q:
        names = Service.__table__.c
        said = [names[f"name_{lang}"] for lang in LANGUAGES] + [names.owner]
        query = query.where(or_(*[one.icontains(filters.q, autoescape=True) for one in said]))
    if filters.body:
        query = query.where(Organization.slug == filters.body)
    if filters.stage:
        query = query.where(Service.stage.in_([s for s in ServiceStage if s == filters.stage]))
    if filters.new == "yes":
        query = query.where(Service.is_new)
    if filters.take_up in ("missing", "known"):
        missing = Service.take_up.is_(None)
        query = query.where(missing if filters.take_up == "missing" else ~missing)
    if filters.widget in ("answered", "quiet", "never"):
        query = query.where(*_widget(filters.widget, now))
    return query


def last_answers(services: Sequence[Service]) -> dict[int, datetime]:
    """When each service was last answered, by its database id; one query."""
    ids = [service.id for service in services]
    answered = _last_answer()
    rows = db.session.execute(select(Service.id, answered).where(Service.id.in_(ids)))
    return {service_id: moment for service_id, moment in rows if moment is not None}


def _widget(state: str, now: datetime) -> list[ColumnElement[bool]]:
    counted = (FeedbackItem.service_id == Service.id, FeedbackItem.review.in_(_COUNTED))
    since = FeedbackItem.submitted_at >= now - timedelta(days=ANSWERED_WITHIN_DAYS)
    lately, ever = exists().where(*counted, since), exists().where(*counted)
    states: dict[str, list[ColumnElement[bool]]] = {
        "answered": [lately],
        "quiet": [ever, ~lately],
        "never": [~ever],
    }
    return states[state]


def _last_answer() -> ScalarSelect[Any]:
    return (
        select(FeedbackItem.submitted_at)
        .where(FeedbackItem.service_id == Service.id, FeedbackItem.review.in_(_COUNTED))
        .order_by(FeedbackItem.submitted_at.desc())
        .limit(1)
        .correlate(Service)
        .scalar_subquery()
    )


def _order(sort: str) -> list[Any]:
    """By public body and name unless the address says otherwise; what is missing comes last."""
    rest = [Organization.slug, Service.slug]
    known: dict[str, Any] = {
        "name": Service.slug,
        "stage": Service.stage,
        "launch": Service.launched_on,
        "take_up": Service.take_up,
        "answer": _last_answer(),
    }
    wanted = known.get(sort.removeprefix("-"))
    if wanted is None:
        return rest
    return [(wanted.desc() if sort.startswith("-") else wanted.asc()).nulls_last(), *rest]
