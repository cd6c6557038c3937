"""Tables of involvement activities and their documents."""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import (
    JSONColumn,
    Localized,
    UTCDateTime,
    db,
    enum_column,
    localized,
    new_public_id,
    utc_now,
)
from consult.organizations.models import Account, Organization, Service


class ActivityKind(enum.StrEnum):
    """How citizens were involved, as the strategy lists the ways."""

    FOCUS_GROUP = "focus_group"
    SURVEY = "survey"
    INTERVIEW = "interview"
    REMOTE_INTERVIEW = "remote_interview"
    OBSERVATION = "observation"
    USABILITY_TEST = "usability_test"
    CO_DESIGN = "co_design"
    OTHER = "other"


class Activity(db.Model):
    """Citizens took part in the making of a service, from a day to another (or the same).

    ``people`` is how many, ``profile`` who in general words, never a person's name; ``learned``
    what the team learned, ``changed`` what changed because of it. ``themes`` are the subjects it
    is found by, as [{"fr": …, "en": …}]. Shared since ``shared_at``: every public body reads what
    was learned, and its documents with ``shares_documents``. ``searched`` is what it is found by:
    lower case, without accents, one space around each word.
    """

    __tablename__ = "activities"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        CheckConstraint("people > 0", name="some_people"),
        Index("ix_activities_service_id_starts_on", "service_id", "starts_on"),
        Index("ix_activities_shared_at", "shared_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    kind: Mapped[ActivityKind] = mapped_column(enum_column(ActivityKind))
    title: Mapped[Localized] = localized("title")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    people: Mapped[int]
    profile: Mapped[Localized] = localized("profile")
    learned: Mapped[Localized] = localized("learned")
    changed: Mapped[Localized] = localized("changed")
    themes: Mapped[list[dict[str, str]]] = mapped_column(JSONColumn, default=list)
    shared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    shares_documents: Mapped[bool] = mapped_column(default=False, server_default=false())
    searched: Mapped[str] = mapped_column(Text, default="", server_default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    organization: Mapped[Organization] = relationship()
    service: Mapped[Service] = relationship()
    recorded_by: Mapped[Account] = relationship()
    documents: Mapped[list["ActivityDocument"]] = relationship(
        back_populates="activity", order_by="ActivityDocument.id", cascade="all, delete-orphan"
    )

    @property
    def is_before_launch(self) -> bool:
        """True when it began before the service's launch, or the service is not launched."""
        launched_on = self.service.launched_on
        return launched_on is None or self.starts_on < launched_on


class ActivityDocument(db.Model):
    """A file that tells more of an activity, called ``name``; ``public_id`` names it on disk."""

    __tablename__ = "activity_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    extension: Mapped[str] = mapped_column(String(10))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    activity: Mapped[Activity] = relationship(back_populates="documents")
