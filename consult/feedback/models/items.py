"""The table of feedback."""

import enum
import uuid
from datetime import datetime
from typing import cast

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import JSONColumn, UTCDateTime, db, enum_column, new_public_id
from consult.feedback.search.index import keep_words
from consult.organizations.models import Account, Service
from consult.questionnaires import Answer


class Review(enum.StrEnum):
    """Whether a piece of feedback counts: nothing was suspect; a person has to look; they did."""

    CLEAR = "clear"
    HELD = "held"
    KEPT = "kept"
    SET_ASIDE = "set_aside"


#: What counts in scores, and is analysed.
COUNTED = (Review.CLEAR, Review.KEPT)


class FeedbackItem(db.Model):
    """What one person said of one service. Texts are already clean and free of identifiers.

    ``question_set`` names what was asked ('rating', 'faces', … or 'own-3', the third version of the
    service's own questions) and ``answers`` holds codes by question name, never words of a
    language; the words are in ``comment``. ``rating`` is satisfaction from 1 to 5 where the set
    asks for it. ``reference`` is the service's own name of the transaction. ``signals`` names what
    made the item be held. Near-equal long comments share a ``words_mark``.
    No address, no cookie, no account.
    """

    __tablename__ = "feedback_items"
    __table_args__ = (
        UniqueConstraint("service_id", "idempotency_key"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_from_1_to_5"),
        CheckConstraint(
            "rating IS NOT NULL OR comment <> '' OR answers <> '{}'", name="says_something"
        ),
        CheckConstraint("lang IN ('fr', 'en')", name="lang_is_known"),
        Index("ix_feedback_items_service_id_submitted_at", "service_id", "submitted_at"),
        Index("ix_feedback_items_service_id_review", "service_id", "review"),
        Index(
            "ix_feedback_items_words_mark_submitted_at",
            "words_mark",
            "submitted_at",
            postgresql_where=text("words_mark IS NOT NULL"),
            sqlite_where=text("words_mark IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    idempotency_key: Mapped[str] = mapped_column(String(64))
    question_set: Mapped[str] = mapped_column(String(40), default="rating", server_default="rating")
    answers: Mapped[dict[str, Answer]] = mapped_column(
        JSONColumn, default=dict, server_default="{}"
    )
    rating: Mapped[int | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    lang: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(40))
    page: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(String(200))
    segment: Mapped[str | None] = mapped_column(String(200))
    review: Mapped[Review] = mapped_column(
        enum_column(Review), default=Review.CLEAR, server_default="clear"
    )
    signals: Mapped[list[str]] = mapped_column(JSONColumn, default=list, server_default="[]")
    words_mark: Mapped[int | None] = mapped_column(BigInteger)
    submitted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    service: Mapped[Service] = relationship()
    handled_by: Mapped[Account | None] = relationship()


keep_words(cast(Table, FeedbackItem.__table__))
