"""Reads of improvements."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from consult.analysis.improvements.models import Improvement, ImprovementState
from consult.catalogues import LANGUAGES
from consult.db import db
from consult.organizations.models import Account, Service
from consult.organizations.queries import organizations_of


def _improvements() -> Select[Improvement]:
    return select(Improvement).options(
        joinedload(Improvement.organization),
        joinedload(Improvement.service),
        joinedload(Improvement.owner),
    )


def improvement_by_public_id(public_id: uuid.UUID) -> Improvement | None:
    return db.session.scalar(_improvements().where(Improvement.public_id == public_id))


def improvements_of(actor: Account) -> Sequence[Improvement]:
    """The improvements of the public bodies an account works for, last changed first."""
    ids = [body.id for body in organizations_of(actor)]
    query = _improvements().where(Improvement.organization_id.in_(ids))
    return db.session.scalars(query.order_by(Improvement.changed_at.desc())).all()


def _is_public() -> list[ColumnElement[bool]]:
    """``Improvement.is_public`` in SQL."""
    table = Improvement.__table__.c

    def told(*names: str) -> ColumnElement[bool]:
        return and_(*[func.trim(table[f"{n}_{lang}"]) != "" for n in names for lang in LANGUAGES])

    done = and_(Improvement.state == ImprovementState.DONE, told("did"))
    declined = and_(Improvement.state == ImprovementState.DECLINED, told("reason"))
    return [told("title", "said"), or_(done, declined)]


def public_improvements(
    service: Service | None = None,
    state: ImprovementState | None = None,
    limit: int | None = None,
) -> Sequence[Improvement]:
    """What everyone may read, done or declined and told in both languages, last settled first."""
    query = _improvements().where(*_is_public()).order_by(Improvement.settled_at.desc())
    if state:
        query = query.where(Improvement.state == state)
    if service:
        query = query.where(Improvement.service_id == service.id)
    return db.session.scalars(query.limit(limit)).all()
