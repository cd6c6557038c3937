"""Tables of improvements."""

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.analysis.models import Analysis, Theme
from consult.analysis.report.models import Effort
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
from consult.feedback.models import Alert
from consult.involvement.models import Activity
from consult.organizations.models import Account, Organization, Service
from consult.surveys.models import Consultation


class ImprovementState(enum.StrEnum):
    """Where an improvement stands."""

    TO_STUDY = "to_study"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"


class ImprovementSource(enum.StrEnum):
    """What an improvement was drawn from."""

    THEME = "theme"
    ALERT = "alert"
    ACTIVITY = "activity"
    IDEA = "idea"


class ExpectedFigure(enum.StrEnum):
    """The figure an improvement is to move: the share of comments, or the mean rating."""

    SHARE = "share"
    RATING = "rating"


class Improvement(db.Model):
    """What a public body does, or decided not to do, about what people said.

    ``said`` sums up what was heard, ``did`` what was done, ``reason`` why it was declined;
    ``settled_at`` is when it became done or declined. ``source`` is what it was drawn from;
    what was behind it that day stands in ``evidence`` (see ``evidence.py``), whatever becomes of
    the themes and comments since. ``expected`` is the effect hoped for, ``expected_figure`` the
    one it is to show in.
    """

    __tablename__ = "improvements"
    __table_args__ = (
        CheckConstraint(
            "state <> 'declined' OR (trim(reason_fr) <> '' AND trim(reason_en) <> '')",
            name="declined_with_a_reason",
        ),
        CheckConstraint(
            "state <> 'done' OR (trim(title_fr) <> '' AND trim(title_en) <> '')",
            name="done_in_both_languages",
        ),
        CheckConstraint(
            "(state IN ('done', 'declined')) = (settled_at IS NOT NULL)", name="settled_has_a_date"
        ),
        Index("ix_improvements_state_settled_at", "state", "settled_at"),
        Index("ix_improvements_organization_id_changed_at", "organization_id", "changed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(
        ForeignKey("themes.id", ondelete="SET NULL"), index=True
    )
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"), index=True)
    alert_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback_alerts.id", ondelete="SET NULL")
    )
    activity_id: Mapped[int | None] = mapped_column(
        ForeignKey("activities.id", ondelete="SET NULL")
    )
    source: Mapped[ImprovementSource] = mapped_column(
        enum_column(ImprovementSource), default=ImprovementSource.THEME, server_default="theme"
    )
    due_on: Mapped[date | None]
    effort: Mapped[Effort | None] = mapped_column(enum_column(Effort))
    expected: Mapped[Localized] = localized("expected")
    expected_figure: Mapped[ExpectedFigure | None] = mapped_column(enum_column(ExpectedFigure))
    evidence: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict, server_default="{}")
    title: Mapped[Localized] = localized("title")
    said: Mapped[Localized] = localized("said")
    did: Mapped[Localized] = localized("did")
    reason: Mapped[Localized] = localized("reason")
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[ImprovementState] = mapped_column(
        enum_column(ImprovementState), default=ImprovementState.TO_STUDY
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    organization: Mapped[Organization] = relationship()
    service: Mapped[Service | None] = relationship()
    owner: Mapped[Account] = relationship()
    theme: Mapped[Theme | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    alert: Mapped[Alert | None] = relationship()
    activity: Mapped[Activity | None] = relationship()

    @property
    def is_public(self) -> bool:
        """Shown to everyone: done or declined, and told in full in both languages."""
        told = {ImprovementState.DONE: self.did, ImprovementState.DECLINED: self.reason}
        outcome = told.get(self.state)
        return outcome is not None and not (
            self.title.missing or self.said.missing or outcome.missing
        )


class ImprovementChange(db.Model):
    """What one person changed of an improvement at one moment; only ever added to.

    ``action`` is a name of the audit trail; ``changes`` maps each field to [before, after].
    """

    __tablename__ = "improvement_changes"
    __table_args__ = (Index("ix_improvement_changes_improvement_id_at", "improvement_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvements.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    actor_name: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(60))
    changes: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    improvement: Mapped[Improvement] = relationship()
    actor: Mapped[Account | None] = relationship()


class ImprovementMeasure(db.Model):
    """What came of an improvement, as one day's data told it; see ``measuring.py``.

    ``asked_by`` is missing when it was measured because of an ``analysis``. Everyone reads it from
    ``published_at`` on.
    """

    __tablename__ = "improvement_measures"
    __table_args__ = (
        UniqueConstraint("improvement_id", "analysis_id"),
        Index(
            "ix_improvement_measures_improvement_id_measured_at", "improvement_id", "measured_at"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvements.id", ondelete="CASCADE"))
    measured_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    analysis_id: Mapped[int | None] = mapped_column(ForeignKey("analyses.id", ondelete="CASCADE"))
    figures: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    improvement: Mapped[Improvement] = relationship()
    asked_by: Mapped[Account | None] = relationship()
    analysis: Mapped[Analysis | None] = relationship()
