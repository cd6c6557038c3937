"""What was said of a service, counted ahead, for lists that show many services at once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import UTCDateTime, db


class FeedbackTotals(db.Model):
    """The counts of one service at a moment; a service without a row is counted when asked.

    ``last_item_id`` is the greatest database id that the counts saw.
    """

    __tablename__ = "feedback_totals"
    __table_args__ = (CheckConstraint("ratings >= 0 AND comments >= 0", name="counts"),)

    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), primary_key=True)
    ratings: Mapped[int]
    rating_sum: Mapped[int]
    comments: Mapped[int]
    last_item_id: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime)
