"""The table of consultations held elsewhere."""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
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
from consult.organizations.models import Organization


class Means(enum.StrEnum):
    """A way to take part in a consultation."""

    ONLINE = "online"
    EMAIL = "email"
    VIDEO = "video"
    MEETING = "meeting"
    PHONE = "phone"
    MAIL = "mail"


#: The means that make a consultation offer a digital way to take part.
DIGITAL_MEANS = frozenset({Means.ONLINE, Means.EMAIL, Means.VIDEO})


class OutsideConsultation(db.Model):
    """A consultation of a public body that another site, or no site, holds.

    ``means`` lists values of ``Means``; ``address`` is its own page, where it has one.
    """

    __tablename__ = "outside_consultations"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        Index("ix_outside_consultations_organization_id_opens_on", "organization_id", "opens_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    title: Mapped[Localized] = localized("title")
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    means: Mapped[list[str]] = mapped_column(JSONColumn, default=list)
    address: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    organization: Mapped[Organization] = relationship()

    @property
    def is_digital(self) -> bool:
        """True when one of its means is digital."""
        return not DIGITAL_MEANS.isdisjoint(self.means)
