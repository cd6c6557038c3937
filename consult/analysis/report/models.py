"""Tables of what stands beside an analysis: the team's estimates, and what its figures are from."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.analysis.models import Theme
from consult.db import UTCDateTime, db, enum_column
from consult.organizations.models import Account


class Effort(enum.StrEnum):
    """How much work the team thinks a theme's improvement takes."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class ThemeEffort(db.Model):
    """What a person estimated for a theme of one analysis; missing when they took it back."""

    __tablename__ = "theme_efforts"

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"), unique=True)
    effort: Mapped[Effort | None] = mapped_column(enum_column(Effort))
    set_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[datetime] = mapped_column(UTCDateTime)
    theme: Mapped[Theme] = relationship()
    set_by: Mapped[Account] = relationship()


class AnalysisEvidence(db.Model):
    """What the figures of an analysis were worked out from, as they were: no one's words.

    ``comments`` is a ZIP of CSV files in UTF-8.
    """

    __tablename__ = "analysis_evidence"

    analysis_id: Mapped[int] = mapped_column(
        ForeignKey("analyses.id", ondelete="CASCADE"), primary_key=True
    )
    comments: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
