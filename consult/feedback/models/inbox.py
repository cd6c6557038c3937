"""What a team does with a piece of feedback: tags, notes, and an answer to who left a contact."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import UTCDateTime, db, enum_column, utc_now
from consult.feedback.models.items import FeedbackItem
from consult.organizations.models import Account


class FeedbackTag(db.Model):
    """A word that a team puts on a piece of feedback, to find it again."""

    __tablename__ = "feedback_tags"
    __table_args__ = (
        CheckConstraint("tag <> ''", name="tag_says_something"),
        Index("ix_feedback_tags_tag", "tag"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("feedback_items.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    item: Mapped[FeedbackItem] = relationship()


class NoteKind(enum.StrEnum):
    """Words for the team; the answer that was sent; or what a review decided, without words."""

    NOTE = "note"
    ANSWER = "answer"
    KEPT = "kept"
    SET_ASIDE = "set_aside"
    HELD = "held"


class FeedbackNote(db.Model):
    """What a member of the team wrote or decided about a piece of feedback, and when."""

    __tablename__ = "feedback_notes"
    __table_args__ = (Index("ix_feedback_notes_item_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("feedback_items.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    kind: Mapped[NoteKind] = mapped_column(enum_column(NoteKind), default=NoteKind.NOTE)
    text: Mapped[str] = mapped_column(Text, default="")
    written_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    item: Mapped[FeedbackItem] = relationship()
    author: Mapped[Account] = relationship()


class FeedbackContact(db.Model):
    """The e-mail address of who wants an answer, sealed: no page shows it, only sending opens it.

    It is erased once the answer is sent, or when it is too old.
    """

    __tablename__ = "feedback_contacts"

    item_id: Mapped[int] = mapped_column(ForeignKey("feedback_items.id"), primary_key=True)
    sealed: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    item: Mapped[FeedbackItem] = relationship()
    answered_by: Mapped[Account | None] = relationship()
