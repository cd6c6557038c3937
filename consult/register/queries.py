"""Reads of the register."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.organizations.models import Organization, Service
from consult.register.models import OutsideConsultation


def outside_by_public_id(public_id: uuid.UUID) -> OutsideConsultation | None:
    query = select(OutsideConsultation).where(OutsideConsultation.public_id == public_id)
    return db.session.scalar(query.options(joinedload(OutsideConsultation.organization)))


def taken_slugs() -> set[str]:
    """What services are called in addresses, all of them."""
    return set(db.session.scalars(select(Service.slug)))


def services_of(organization: Organization) -> Sequence[Service]:
    """The services of a public body, by their address."""
    query = select(Service).where(Service.organization_id == organization.id)
    return db.session.scalars(query.order_by(Service.slug)).all()


def outside_of(organization: Organization) -> Sequence[OutsideConsultation]:
    """The consultations that a public body held elsewhere, by their first day."""
    query = select(OutsideConsultation).where(
        OutsideConsultation.organization_id == organization.id
    )
    order = (OutsideConsultation.opens_on, OutsideConsultation.id)
    return db.session.scalars(query.order_by(*order)).all()
