"""Reads of declared indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.organizations.models import Organization
from consult.targets.indicators import BY_CODE, ENOUGH_BODIES, INDICATORS, Indicator
from consult.targets.models import IndicatorDeclaration


@dataclass(frozen=True)
class Together:
    """An indicator over all public bodies: ``reach`` of ``declared`` bodies reach the goal.

    ``value`` is the median of the shares declared, or of an indicator by yes or no the share of
    those who say yes, in percent; None while fewer than ``ENOUGH_BODIES`` declared.
    """

    indicator: Indicator
    declared: int
    reach: int
    value: float | None


def latest(body: Organization | None = None) -> dict[str, list[IndicatorDeclaration]]:
    """The declaration that stands of each body, by indicator, in the order of bodies."""
    table = IndicatorDeclaration
    place = func.row_number().over(
        partition_by=(table.organization_id, table.indicator),
        order_by=(table.measured_on.desc(), table.id.desc()),
    )
    ranked = select(table.id, place.label("place"))
    if body is not None:
        ranked = ranked.where(table.organization_id == body.id)
    newest = ranked.subquery()
    query = (
        select(table)
        .join(newest, newest.c.id == table.id)
        .join(Organization, Organization.id == table.organization_id)
        .where(newest.c.place == 1)
        .options(joinedload(table.organization), joinedload(table.declared_by))
        .order_by(Organization.slug)
    )
    found: dict[str, list[IndicatorDeclaration]] = {one.code: [] for one in INDICATORS}
    for row in db.session.scalars(query):
        found[row.indicator].append(row)
    return found


def together(indicator: Indicator, stands: Sequence[IndicatorDeclaration]) -> Together:
    """What the declarations that stand come to."""
    values = [row.value for row in stands]
    reach = sum(reaches(indicator, value) for value in values)
    told = None
    if len(values) >= ENOUGH_BODIES:
        told = 100 * reach / len(values) if indicator.is_yes_no else float(median(values))
    return Together(indicator, len(values), reach, told)


def reaches(indicator: Indicator, value: float) -> bool:
    """True when one public body does its part: it says yes, or its own share reaches the goal."""
    return value >= (100 if indicator.is_yes_no else indicator.goal)


def declarations(body: Organization, code: str) -> Sequence[IndicatorDeclaration]:
    """Everything a body ever declared of an indicator, the latest first."""
    query = (
        select(IndicatorDeclaration)
        .where(
            IndicatorDeclaration.organization_id == body.id,
            IndicatorDeclaration.indicator == BY_CODE[code].code,
        )
        .options(joinedload(IndicatorDeclaration.declared_by))
        .order_by(IndicatorDeclaration.measured_on.desc(), IndicatorDeclaration.id.desc())
    )
    return db.session.scalars(query).all()


def all_declarations(body: Organization | None = None) -> Sequence[IndicatorDeclaration]:
    """Everything that was ever declared, by one public body or by all, the oldest first."""
    query = select(IndicatorDeclaration).options(joinedload(IndicatorDeclaration.organization))
    if body is not None:
        query = query.where(IndicatorDeclaration.organization_id == body.id)
    return db.session.scalars(query.order_by(IndicatorDeclaration.id)).all()
