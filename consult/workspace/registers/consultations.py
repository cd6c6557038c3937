"""Which consultations the register's list shows: those held here, and those held elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Date, Select, String, Text, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload

from consult.catalogues import LANGUAGES
from consult.db import db
from consult.organizations.models import Organization
from consult.register.models import DIGITAL_MEANS, OutsideConsultation
from consult.surveys.models import Consultation

PER_PAGE = 50

Held = Consultation | OutsideConsultation


@dataclass(frozen=True)
class ConsultationFilters:
    """What the address asks for; the empty string asks for all.

    ``where`` is 'here' or 'elsewhere', ``digital`` 'yes' or 'no'.
    """

    q: str = ""
    body: str = ""
    where: str = ""
    digital: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "ConsultationFilters":
        return cls(**{f.name: asked.get(f.name, "").strip()[:200] for f in fields(cls)})

    @property
    def in_address(self) -> dict[str, str]:
        """Those that are set, for an address."""
        return {name: value for name, value in vars(self).items() if value}


def consultations_page(
    bodies: Sequence[Organization] | None,
    filters: ConsultationFilters,
    now: datetime,
    page: int,
) -> tuple[Pagination, list[Held]]:
    """A page of them, the last opened first, and its rows; four queries whatever there is.

    Those held here are there once published; one whose answers were brought here from elsewhere
    is told by the register alone.
    """
    both = union_all(*_asked_for(bodies, filters, now)).subquery()
    keys = select(both.c.key).order_by(both.c.day.desc(), both.c.key)
    found = db.paginate(keys, page=page, per_page=PER_PAGE, error_out=False)
    return found, _rows(found.items)


def _asked_for(
    bodies: Sequence[Organization] | None, filters: ConsultationFilters, now: datetime
) -> list[Select[Any]]:
    opened = func.date(Consultation.opens_at, type_=Date)
    here = _narrowed(Consultation, "h", opened, bodies, filters).where(
        Consultation.published_at <= now, Consultation.held_elsewhere.is_(False)
    )
    elsewhere = _narrowed(OutsideConsultation, "e", OutsideConsultation.opens_on, bodies, filters)
    if filters.digital in ("yes", "no"):
        means = cast(OutsideConsultation.means, Text)
        is_digital = or_(*(means.like(f'%"{one.value}"%') for one in sorted(DIGITAL_MEANS)))
        elsewhere = elsewhere.where(is_digital if filters.digital == "yes" else ~is_digital)
    if filters.where == "elsewhere":
        return [elsewhere]
    if filters.where == "here" and filters.digital != "no":
        return [here]
    if filters.where == "here":
        return [here.where(literal(False))]
    return [elsewhere] if filters.digital == "no" else [here, elsewhere]


def _narrowed(
    model: type[Held],
    kind: str,
    day: Any,
    bodies: Sequence[Organization] | None,
    filters: ConsultationFilters,
) -> Select[Any]:
    query = select((literal(kind) + cast(model.id, String)).label("key"), day.label("day"))
    if bodies is not None:
        query = query.where(model.organization_id.in_([body.id for body in bodies]))
    if filters.body:
        body = select(Organization.id).where(Organization.slug == filters.body)
        query = query.where(model.organization_id.in_(body))
    if filters.q:
        titles = [model.__table__.c[f"title_{lang}"] for lang in LANGUAGES]
        query = query.where(or_(*[t.icontains(filters.q, autoescape=True) for t in titles]))
    return query


def _rows(keys: Sequence[str]) -> list[Held]:
    """What the keys name, in their order."""
    found: dict[str, Held] = {}
    for kind, model in (("h", Consultation), ("e", OutsideConsultation)):
        ids = [int(key[1:]) for key in keys if key[0] == kind]
        query: Any = select(model).where(model.id.in_(ids))
        for one in db.session.scalars(query.options(joinedload(model.organization))):
            found[f"{kind}{one.id}"] = one
    return [found[key] for key in keys]
