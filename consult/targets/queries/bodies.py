"""Reads of public bodies for the lists of targets."""

from collections.abc import Sequence

from sqlalchemy import func, select

from consult.db import db
from consult.organizations.models import Organization


def body_count() -> int:
    return db.session.scalar(select(func.count()).select_from(Organization)) or 0


def bodies_from(start: int, number: int) -> Sequence[Organization]:
    """Some public bodies, in the order of their address."""
    query = select(Organization).order_by(Organization.slug)
    return db.session.scalars(query.offset(start).limit(number)).all()
