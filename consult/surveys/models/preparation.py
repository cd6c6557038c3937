"""How a consultation was prepared, what was promised, and who was reminded of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Localized, UTCDateTime, db, localized, utc_now
from consult.organizations.models import Account
from consult.surveys.models.consultations import Consultation


class Preparation(db.Model):
    """What an editor wrote of a consultation's preparation, beside its own texts.

    Why people are asked and what they can change are the consultation's ``why`` and
    ``influence``; this holds the five other principles. ``report_due_on`` is the day by which the
    public body promised to tell what became of the answers, promised on ``promised_on``;
    ``report_given_on`` the day it did, at ``report_link`` (the results here when there is none).
    """

    __tablename__ = "preparations"
    __table_args__ = (
        CheckConstraint(
            "(report_due_on IS NULL) = (promised_on IS NULL)", name="promise_has_its_day"
        ),
        Index("ix_preparations_report_due_on", "report_due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), unique=True)
    concerned: Mapped[Localized] = localized("concerned")
    information: Mapped[Localized] = localized("information")
    time_allowed: Mapped[Localized] = localized("time_allowed")
    accessibility: Mapped[Localized] = localized("accessibility")
    report_back: Mapped[Localized] = localized("report_back")
    report_due_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    report_given_on: Mapped[date | None]
    report_link: Mapped[str] = mapped_column(String(500), default="", server_default="")
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    consultation: Mapped[Consultation] = relationship()
    changed_by: Mapped[Account | None] = relationship()


class ReportReminder(db.Model):
    """An editor was reminded of a promise, ``step`` days after it is due (before, when negative).

    Once for each person, due day and step, whatever happens to the worker.
    """

    __tablename__ = "report_reminders"
    __table_args__ = (UniqueConstraint("preparation_id", "account_id", "due_on", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    preparation_id: Mapped[int] = mapped_column(ForeignKey("preparations.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    due_on: Mapped[date]
    step: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    preparation: Mapped[Preparation] = relationship()
    account: Mapped[Account] = relationship()
