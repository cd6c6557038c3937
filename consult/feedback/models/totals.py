"""What was said of a service, counted ahead, for lists that show many services at once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import UTCDateTime, db


class FeedbackTotals(db.Model):
    """The counts of one service at a moment; a service without a row is counted when asked."""

    __tablename__ = "feedback_totals"
    __table_args__ = (CheckConstraint("ratings >= 0 AND comments >= 0", name="counts"),)

    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), primary_key=True)
    ratings: Mapped[int]
    rating_sum: Mapped[int]
    comments: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class FeedbackSeen(db.Model):
    """The one row that says up to which database id feedback was looked at, of any service."""

    __tablename__ = "feedback_seen"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_item_id: Mapped[int]
