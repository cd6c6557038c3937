"""Tables of those who asked to hear of improvements, and of what they were told."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.analysis.improvements.models import Improvement
from consult.db import UTCDateTime, db, new_public_id, utc_now
from consult.organizations.models import Service
from consult.surveys.models import Consultation


class Follower(db.Model):
    """Somebody who asked to hear of what is done: for a service, a consultation, or everything.

    The address is ``sealed``; ``mark`` is a keyed hash of it and of what is followed, so that
    nobody is there twice, ``person`` one of the address alone, so that nobody who follows several
    is told the same twice. Nothing is told before ``confirmed_at``. The row goes with the wish.
    """

    __tablename__ = "followers"
    __table_args__ = (
        CheckConstraint("service_id IS NULL OR consultation_id IS NULL", name="one_subject"),
        CheckConstraint("lang IN ('fr', 'en')", name="lang_is_known"),
        Index("ix_followers_service_id", "service_id"),
        Index("ix_followers_consultation_id", "consultation_id"),
        Index("ix_followers_person", "person"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"))
    lang: Mapped[str] = mapped_column(String(2))
    sealed: Mapped[str] = mapped_column(Text)
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    person: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    service: Mapped[Service | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()


class Announcement(db.Model):
    """An improvement that those who follow it hear of, or heard of: once for all."""

    __tablename__ = "announcements"

    improvement_id: Mapped[int] = mapped_column(
        ForeignKey("improvements.id", ondelete="CASCADE"), primary_key=True
    )
    announced_at: Mapped[datetime] = mapped_column(UTCDateTime)
    improvement: Mapped[Improvement] = relationship()


class FollowerLetter(db.Model):
    """One improvement to tell one follower; ``sent_at`` is missing until the letter left."""

    __tablename__ = "follower_letters"
    __table_args__ = (
        Index("ix_follower_letters_improvement_id_sent_at", "improvement_id", "sent_at"),
    )

    follower_id: Mapped[int] = mapped_column(
        ForeignKey("followers.id", ondelete="CASCADE"), primary_key=True
    )
    improvement_id: Mapped[int] = mapped_column(
        ForeignKey("improvements.id", ondelete="CASCADE"), primary_key=True
    )
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    follower: Mapped[Follower] = relationship()
    improvement: Mapped[Improvement] = relationship()
