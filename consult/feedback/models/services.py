"""How a service asks for feedback: its settings, its own questions, its scripts and its tokens."""

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import JSONColumn, UTCDateTime, db, enum_column, new_public_id, utc_now
from consult.organizations.models import Account, Service


class Display(enum.StrEnum):
    """The form in the page, or a button that opens it."""

    INLINE = "inline"
    BUTTON = "button"


class FeedbackSettings(db.Model):
    """How one service asks; a service without a row asks by the defaults.

    ``question_set`` names a ready set, or is 'own': the latest version of the service's own.
    ``is_public`` opens the service's page of scores to everyone.
    """

    __tablename__ = "feedback_settings"

    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), primary_key=True)
    question_set: Mapped[str] = mapped_column(String(40), default="rating")
    display: Mapped[Display] = mapped_column(enum_column(Display), default=Display.INLINE)
    asks_contact: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now, onupdate=utc_now)
    service: Mapped[Service] = relationship()


class OwnQuestionSet(db.Model):
    """A version of the questions that a service wrote itself; it never changes."""

    __tablename__ = "own_question_sets"
    __table_args__ = (
        UniqueConstraint("service_id", "number"),
        CheckConstraint("number > 0", name="number_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    number: Mapped[int]
    definition: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    service: Mapped[Service] = relationship()


class WidgetScript(db.Model):
    """A script that was handed out at an address of its own: it is served as it was, for good.

    ``digest`` is the SHA-256 of ``content``, in hexadecimal.
    """

    __tablename__ = "widget_scripts"
    __table_args__ = (Index("ix_widget_scripts_service_id", "service_id"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)


class ApiToken(db.Model):
    """Lets a server send feedback for a service. Only a hash of the token is kept."""

    __tablename__ = "api_tokens"
    __table_args__ = (Index("ix_api_tokens_service_id", "service_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    name: Mapped[str] = mapped_column(String(120))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    last_used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    service: Mapped[Service] = relationship()
    created_by: Mapped[Account | None] = relationship()
