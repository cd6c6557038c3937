"""The table of feedback."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import UTCDateTime, db, new_public_id
from consult.organizations.models import Service


class FeedbackItem(db.Model):
    """What one person said of one service: a rating, a comment, or both.

    Texts are already clean and free of personal identifiers. No address, no cookie, no account.
    """

    __tablename__ = "feedback_items"
    __table_args__ = (
        UniqueConstraint("service_id", "idempotency_key"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_from_1_to_5"),
        CheckConstraint("rating IS NOT NULL OR comment <> ''", name="says_something"),
        CheckConstraint("lang IN ('fr', 'en')", name="lang_is_known"),
        Index("ix_feedback_items_service_id_submitted_at", "service_id", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    idempotency_key: Mapped[str] = mapped_column(String(64))
    rating: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    lang: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(40))
    page: Mapped[str | None] = mapped_column(Text)
    segment: Mapped[str | None] = mapped_column(String(200))
    submitted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    service: Mapped[Service] = relationship()
