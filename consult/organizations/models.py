"""Tables of public bodies, digital services and staff accounts."""

import enum
import secrets
import uuid
from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
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


class Role(enum.StrEnum):
    """What a person may do for one public body, from most to least."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    ANALYST = "analyst"
    AGENT = "agent"
    VIEWER = "viewer"


class ServiceStage(enum.StrEnum):
    """Where a digital service is in its life."""

    PLANNED = "planned"
    PILOT = "pilot"
    LIVE = "live"
    RETIRED = "retired"


def new_service_key() -> str:
    """The public, unguessable key a service puts in its widget."""
    return secrets.token_urlsafe(12)


class Organization(db.Model):
    """A public body: it asks, and it answers for its services."""

    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Localized] = localized("name")
    description: Mapped[Localized] = localized("description")
    requires_second_factor: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    services: Mapped[list["Service"]] = relationship(
        back_populates="organization", order_by="Service.slug"
    )


class Service(db.Model):
    """A digital service of a public body, which citizens rate and comment.

    ``owner`` names the unit that answers for it. ``is_end_to_end``: everything can be done without
    paper, call or counter. ``take_up`` is the share of uses that are digital, 0 to 1, as counted
    on ``take_up_on``; missing while nobody has counted.
    """

    __tablename__ = "services"
    __table_args__ = (
        CheckConstraint("length(slug) > 0", name="slug_not_empty"),
        CheckConstraint("take_up BETWEEN 0 AND 1", name="take_up_is_a_share"),
        CheckConstraint("(take_up IS NULL) = (take_up_on IS NULL)", name="take_up_has_a_date"),
        Index("ix_services_stage_launched_on", "stage", "launched_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    key: Mapped[str] = mapped_column(String(40), unique=True, default=new_service_key)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    name: Mapped[Localized] = localized("name")
    description: Mapped[Localized] = localized("description")
    launched_on: Mapped[date | None]
    is_new: Mapped[bool] = mapped_column(default=False)
    is_digital: Mapped[bool] = mapped_column(default=True)
    is_end_to_end: Mapped[bool] = mapped_column(default=False, server_default=false())
    owner: Mapped[str] = mapped_column(String(200), default="", server_default="")
    stage: Mapped[ServiceStage] = mapped_column(
        enum_column(ServiceStage), default=ServiceStage.LIVE, server_default="live"
    )
    take_up: Mapped[float | None]
    take_up_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    channels: Mapped[list[str]] = mapped_column(JSONColumn, default=list)
    allowed_origins: Mapped[list[str]] = mapped_column(JSONColumn, default=list)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    organization: Mapped[Organization] = relationship(back_populates="services")


class Account(UserMixin, db.Model):
    """A member of staff. Citizens never have an account.

    ``password_hash`` is empty for who only comes in by single sign-on; ``second_factor_at`` says
    since when a code is asked besides the password.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(Text)
    is_central: Mapped[bool] = mapped_column(default=False)
    second_factor_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="account", lazy="selectin"
    )

    def get_id(self) -> str:
        return str(self.public_id)


class Membership(db.Model):
    """The one role of an account in a public body."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("account_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    account: Mapped[Account] = relationship(back_populates="memberships")
    organization: Mapped[Organization] = relationship(lazy="joined")
