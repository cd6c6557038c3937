"""Tables of analyses, their themes and the comments behind each theme."""

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import (
    JSONColumn,
    Localized,
    NullableJSONColumn,
    UTCDateTime,
    db,
    enum_column,
    localized,
    new_public_id,
    utc_now,
)
from consult.jobs.models import Job
from consult.organizations.models import Account, Organization, Service
from consult.surveys.models import Consultation


class CommentKind(enum.StrEnum):
    """The door a comment came in by; its words stay in that slice."""

    FEEDBACK = "feedback"
    ANSWER = "answer"


class Analysis(db.Model):
    """One run of the text analysis on a service's feedback or on the answers to one open question.

    It is a dated snapshot: written once by its job, never changed afterwards. ``voices`` counts
    each campaign once among the comments analysed, ``in_campaigns`` the near copies. ``basis``
    tells what the ranking rests on: 'ratings' or 'polarity'.
    """

    __tablename__ = "analyses"
    __table_args__ = (
        CheckConstraint("(service_id IS NULL) <> (consultation_id IS NULL)", name="one_subject"),
        CheckConstraint(
            "(consultation_id IS NULL) = (question IS NULL)", name="question_of_consultation"
        ),
        CheckConstraint("themed <= analysed AND analysed <= comments", name="counts_agree"),
        Index("ix_analyses_subject", "service_id", "consultation_id", "question"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"))
    question: Mapped[str | None] = mapped_column(String(80))
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), unique=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    completed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    parameters: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    comments: Mapped[int] = mapped_column(default=0)
    analysed: Mapped[int] = mapped_column(default=0)
    themed: Mapped[int] = mapped_column(default=0)
    rated: Mapped[int] = mapped_column(default=0)
    overall_mean: Mapped[float | None]
    voices: Mapped[float] = mapped_column(default=0.0, server_default="0")
    in_campaigns: Mapped[int] = mapped_column(default=0, server_default="0")
    basis: Mapped[str] = mapped_column(String(10), default="ratings", server_default="ratings")
    period_from: Mapped[datetime | None] = mapped_column(UTCDateTime)
    period_to: Mapped[datetime | None] = mapped_column(UTCDateTime)
    organization: Mapped[Organization] = relationship()
    service: Mapped[Service | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    job: Mapped[Job] = relationship()
    created_by: Mapped[Account] = relationship()
    themes: Mapped[list["Theme"]] = relationship(back_populates="analysis", order_by="Theme.rank")
    campaigns: Mapped[list["Campaign"]] = relationship(order_by="Campaign.number")

    @property
    def non_answers(self) -> int:
        """Comments that were empty or said nothing, such as "N/A"."""
        return self.comments - self.analysed

    @property
    def without_theme(self) -> int:
        """Comments that say something no theme gathers."""
        return self.analysed - self.themed


class Theme(db.Model):
    """What several comments have in common, and what it costs in satisfaction.

    ``share`` is of the analysed comments, 0 to 1; ratings and points are on the scale of the
    ratings read; points are missing when no comment is rated. Themes of one ``bracket`` can't be
    told apart by their points. ``voices`` sums shares, a campaign counting once, and ``share`` is
    theirs, between ``share_low`` and ``share_high``; ``polarity`` is -1 to 1, ``severity``,
    ``burden`` and ``stability`` 0 to 1; ``phrases`` lists key phrases by language, ``subgroups``
    the groups hit hardest. ``trend`` is how much the share grew (or shrank, negative) from the
    first half of the period to the second (or from the period before it), missing unless a test
    shows that it moved; ``share_before``, ``share_after`` and ``trend_p`` are what it is from.
    ``key`` is that of the theme in the codeframe the analysis began from, missing when it began
    from none.
    """

    __tablename__ = "themes"
    __table_args__ = (
        UniqueConstraint("analysis_id", "number"),
        UniqueConstraint("analysis_id", "rank"),
        CheckConstraint("share >= 0 AND share <= 1", name="share_is_a_share"),
        CheckConstraint("points_low <= points_high", name="interval_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    analysis_id: Mapped[int] = mapped_column(ForeignKey("analyses.id", ondelete="CASCADE"))
    number: Mapped[int]
    label: Mapped[Localized] = localized("label")
    comments: Mapped[int]
    share: Mapped[float]
    mean_rating: Mapped[float | None]
    points_at_stake: Mapped[float | None]
    points_low: Mapped[float | None]
    points_high: Mapped[float | None]
    voices: Mapped[float | None]
    share_low: Mapped[float | None]
    share_high: Mapped[float | None]
    polarity: Mapped[float | None]
    severity: Mapped[float | None]
    burden: Mapped[float | None]
    burden_low: Mapped[float | None]
    burden_high: Mapped[float | None]
    share_before: Mapped[float | None]
    share_after: Mapped[float | None]
    trend_p: Mapped[float | None]
    stability: Mapped[float | None]
    phrases: Mapped[dict[str, list[str]] | None] = mapped_column(NullableJSONColumn)
    subgroups: Mapped[list[dict[str, Any]] | None] = mapped_column(NullableJSONColumn)
    rank: Mapped[int]
    bracket: Mapped[int]
    trend: Mapped[float | None]
    key: Mapped[uuid.UUID | None]
    analysis: Mapped[Analysis] = relationship(back_populates="themes")
    parts: Mapped[list["SubTheme"]] = relationship(order_by="SubTheme.number")


class SubTheme(db.Model):
    """What a theme is made of; ``share`` is of the theme's comments, 0 to 1."""

    __tablename__ = "sub_themes"
    __table_args__ = (
        UniqueConstraint("theme_id", "number"),
        CheckConstraint("share >= 0 AND share <= 1", name="share_is_a_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"))
    number: Mapped[int]
    label: Mapped[Localized] = localized("label")
    comments: Mapped[int]
    share: Mapped[float]
    mean_rating: Mapped[float | None]


class Campaign(db.Model):
    """Near copies of one text: how many comments, the identifier and language of one of them.

    ``theme`` is the number of their theme, missing when they have none.
    """

    __tablename__ = "campaigns"
    __table_args__ = (UniqueConstraint("analysis_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    analysis_id: Mapped[int] = mapped_column(ForeignKey("analyses.id", ondelete="CASCADE"))
    number: Mapped[int]
    comments: Mapped[int]
    theme: Mapped[int | None]
    kind: Mapped[CommentKind] = mapped_column(enum_column(CommentKind))
    comment_id: Mapped[uuid.UUID]
    lang: Mapped[str] = mapped_column(String(2))


class ThemeComment(db.Model):
    """A comment behind a theme: its identifier in the slice that keeps its words, never the words.

    A comment that is erased there is therefore gone from every report. ``is_main`` tells the one
    theme the comment counts in from others it touches; ``weight`` is how typical it is of the main
    one, 0 to 1; ``share`` how much of it is about this theme. ``polarity`` is what it says of the
    theme, -1 to 1; ``segments`` where, as [start, end, polarity] in its words; ``sub_theme`` the
    number of the main theme's part, ``campaign`` that of the copies it is one of.
    """

    __tablename__ = "theme_comments"
    __table_args__ = (
        UniqueConstraint("theme_id", "comment_id"),
        Index("ix_theme_comments_theme_id_lang", "theme_id", "lang"),
        CheckConstraint("weight >= 0 AND weight <= 1", name="weight_is_a_share"),
        CheckConstraint("share >= 0 AND share <= 1", name="share_is_a_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"))
    kind: Mapped[CommentKind] = mapped_column(enum_column(CommentKind))
    comment_id: Mapped[uuid.UUID] = mapped_column(index=True)
    lang: Mapped[str] = mapped_column(String(2))
    weight: Mapped[float]
    is_main: Mapped[bool]
    representative_rank: Mapped[int | None]
    share: Mapped[float] = mapped_column(default=1.0, server_default="1")
    polarity: Mapped[float | None]
    segments: Mapped[list[list[float]] | None] = mapped_column(NullableJSONColumn)
    sub_theme: Mapped[int | None]
    campaign: Mapped[int | None]
    rating: Mapped[float | None]
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
