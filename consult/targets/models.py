"""Tables of the figures that were kept month by month, and of declared indicators."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import (
    JSONColumn,
    Localized,
    UTCDateTime,
    db,
    localized,
    new_public_id,
    utc_now,
)
from consult.organizations.models import Account, Organization


class TargetSnapshot(db.Model):
    """A target's figure for one public body at the end of a month, with the list that proves it.

    ``month`` is its first day; ``version`` is that of the definition which gave the figure, so that
    the same rule can give it again. ``counted`` of ``total`` things count; ``entries`` holds each
    of them as it was. A row never changes, and every body of that time has one.
    """

    __tablename__ = "target_snapshots"
    __table_args__ = (
        UniqueConstraint("organization_id", "target", "month"),
        CheckConstraint("counted BETWEEN 0 AND total", name="counted_are_of_the_total"),
        Index("ix_target_snapshots_target_month", "target", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    target: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    month: Mapped[date]
    counted: Mapped[int]
    total: Mapped[int]
    entries: Mapped[list[dict[str, Any]]] = mapped_column(JSONColumn, default=list)
    taken_at: Mapped[datetime] = mapped_column(UTCDateTime)
    organization: Mapped[Organization] = relationship()


class IndicatorDeclaration(db.Model):
    """What a public body declares of one of the strategy's other targets, on a day.

    ``value`` is a share in percent; of a question answered by yes or no, 100 or 0. ``evidence``
    says what it rests on, at ``link`` where there is one. A row never changes: a correction is
    another, and of those on the same day the last declared stands.
    """

    __tablename__ = "indicator_declarations"
    __table_args__ = (
        CheckConstraint("value BETWEEN 0 AND 100", name="value_is_a_percentage"),
        Index(
            "ix_indicator_declarations_latest",
            "organization_id",
            "indicator",
            "measured_on",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    value: Mapped[float]
    measured_on: Mapped[date]
    evidence: Mapped[Localized] = localized("evidence")
    link: Mapped[str] = mapped_column(String(500), default="")
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    declared_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    organization: Mapped[Organization] = relationship()
    declared_by: Mapped[Account] = relationship()


@event.listens_for(TargetSnapshot, "before_update")
@event.listens_for(IndicatorDeclaration, "before_update")
def _refuse_change(_mapper: object, _connection: object, row: db.Model) -> None:
    raise RuntimeError(f"a row of {row.__tablename__} never changes: add another")
