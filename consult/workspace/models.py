"""Who hears by email of a public body's day, and which reminders were sent."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.analysis.improvements.models import Improvement
from consult.db import UTCDateTime, db, utc_now
from consult.organizations.models import Account, Organization


class LetterSubscription(db.Model):
    """What a member of staff wants to hear of one public body, in which language.

    ``weekly`` is the letter of Monday, sent for all weeks up to ``weekly_until``; ``reminders``
    tell of one's own improvements before they are due.
    """

    __tablename__ = "letter_subscriptions"
    __table_args__ = (UniqueConstraint("account_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    lang: Mapped[str] = mapped_column(String(2), default="fr")
    weekly: Mapped[bool] = mapped_column(default=False)
    reminders: Mapped[bool] = mapped_column(default=False)
    weekly_until: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    account: Mapped[Account] = relationship()
    organization: Mapped[Organization] = relationship()


class SentReminder(db.Model):
    """An improvement's owner was reminded ``days`` before it was due; once for each due date."""

    __tablename__ = "sent_reminders"
    __table_args__ = (UniqueConstraint("improvement_id", "due_on", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvements.id", ondelete="CASCADE"))
    due_on: Mapped[date]
    days: Mapped[int]
    improvement: Mapped[Improvement] = relationship()
