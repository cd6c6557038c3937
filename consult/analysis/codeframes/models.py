"""Tables of codeframes: versions that never change, their themes, and where comments stand."""

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
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
)
from consult.jobs.models import Job
from consult.organizations.models import Account, Organization, Service
from consult.surveys.models import Consultation


class Act(enum.StrEnum):
    """What made a version out of the one before."""

    ADOPT = "adopt"
    COPY = "copy"
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    CONFIRM = "confirm"
    ADD = "add"
    PLACE_UNDER = "place_under"
    PIN = "pin"
    UNPIN = "unpin"
    EXCLUDE = "exclude"
    INCLUDE = "include"
    UNDO = "undo"


class Sureness(enum.StrEnum):
    """How sure the machine is of where it put a comment; one that says nothing is silent."""

    SURE = "sure"
    UNSURE = "unsure"
    NOWHERE = "nowhere"
    SILENT = "silent"


class ProposalKind(enum.StrEnum):
    """What a proposal is made from: the comments of a theme, or those that fit nowhere."""

    SPLIT = "split"
    NEW = "new"


class Codeframe(db.Model):
    """The themes kept for a service's feedback, or for the answers to one open question.

    ``read_until`` marks what had come in when comments were last placed.
    """

    __tablename__ = "codeframes"
    __table_args__ = (
        CheckConstraint("(service_id IS NULL) <> (consultation_id IS NULL)", name="one_subject"),
        CheckConstraint(
            "(consultation_id IS NULL) = (question IS NULL)", name="question_of_consultation"
        ),
        UniqueConstraint("service_id"),
        UniqueConstraint("consultation_id", "question"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"))
    question: Mapped[str | None] = mapped_column(String(80))
    read_until: Mapped[str] = mapped_column(String(60), default="", server_default="")
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
    organization: Mapped[Organization] = relationship()
    service: Mapped[Service | None] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    job: Mapped[Job | None] = relationship()


class CodeframeVersion(db.Model):
    """The themes as one act of a person left them; it never changes.

    ``details`` says from what to what, in labels, identifiers and counts, never in people's
    words. ``equals`` is, for an undo, the number of the version this one is equal to.
    """

    __tablename__ = "codeframe_versions"
    __table_args__ = (
        UniqueConstraint("codeframe_id", "number"),
        CheckConstraint("(act = 'undo') = (equals IS NOT NULL)", name="undo_equals_one"),
        CheckConstraint("number >= 1", name="numbered_from_1"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    codeframe_id: Mapped[int] = mapped_column(ForeignKey("codeframes.id", ondelete="CASCADE"))
    number: Mapped[int]
    act: Mapped[Act] = mapped_column(enum_column(Act))
    details: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    equals: Mapped[int | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    codeframe: Mapped[Codeframe] = relationship()
    made_by: Mapped[Account] = relationship()
    themes: Mapped[list["CodeframeTheme"]] = relationship(
        back_populates="version", order_by="CodeframeTheme.position"
    )


class CodeframeTheme(db.Model):
    """A theme in one version; ``key`` stays the same from version to version and in copies.

    A theme merged into another keeps its row, so that its comments are found and the merge can be
    undone. One that is excluded gathers noise: it is shown apart and ranked nowhere.
    """

    __tablename__ = "codeframe_themes"
    __table_args__ = (
        UniqueConstraint("version_id", "key"),
        CheckConstraint("parent_key IS NULL OR parent_key <> key", name="not_under_itself"),
        CheckConstraint("merged_into IS NULL OR merged_into <> key", name="not_merged_in_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("codeframe_versions.id", ondelete="CASCADE"))
    key: Mapped[uuid.UUID] = mapped_column(default=new_public_id)
    label: Mapped[Localized] = localized("label")
    position: Mapped[int]
    parent_key: Mapped[uuid.UUID | None]
    merged_into: Mapped[uuid.UUID | None]
    pinned: Mapped[bool] = mapped_column(default=False)
    excluded: Mapped[bool] = mapped_column(default=False)
    version: Mapped[CodeframeVersion] = relationship(back_populates="themes")


class CodeframePlacement(db.Model):
    """A comment that a person put in a theme; no machine moves it.

    It stands from version ``since`` to the one before ``until``, and until now when that is
    missing. A comment has one main theme and may have others; of one of these, a person may tell
    the piece of the comment that speaks of it, from ``piece_start`` to ``piece_end`` in its words.
    """

    __tablename__ = "codeframe_placements"
    __table_args__ = (
        Index("ix_codeframe_placements_codeframe_id_comment_id", "codeframe_id", "comment_id"),
        CheckConstraint("until IS NULL OR until > since", name="since_before_until"),
        CheckConstraint(
            "(piece_start IS NULL) = (piece_end IS NULL)"
            " AND (piece_start IS NULL OR NOT is_main AND piece_start < piece_end)",
            name="piece_beside_the_main_theme",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    codeframe_id: Mapped[int] = mapped_column(ForeignKey("codeframes.id", ondelete="CASCADE"))
    comment_id: Mapped[uuid.UUID]
    theme_key: Mapped[uuid.UUID]
    is_main: Mapped[bool]
    piece_start: Mapped[int | None]
    piece_end: Mapped[int | None]
    since: Mapped[int]
    until: Mapped[int | None]


class CodeframeAssignment(db.Model):
    """Where the machine puts a comment, as it stands now; no theme when it fits nowhere.

    ``cosine`` is how near it lies to its theme, 0 to 1.
    """

    __tablename__ = "codeframe_assignments"
    __table_args__ = (
        UniqueConstraint("codeframe_id", "comment_id"),
        Index("ix_codeframe_assignments_codeframe_id_theme_key", "codeframe_id", "theme_key"),
        CheckConstraint(
            "(theme_key IS NULL) = (sureness IN ('nowhere', 'silent'))", name="theme_when_placed"
        ),
        CheckConstraint("cosine >= 0 AND cosine <= 1", name="cosine_is_a_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    codeframe_id: Mapped[int] = mapped_column(ForeignKey("codeframes.id", ondelete="CASCADE"))
    comment_id: Mapped[uuid.UUID]
    theme_key: Mapped[uuid.UUID | None]
    sureness: Mapped[Sureness] = mapped_column(enum_column(Sureness))
    cosine: Mapped[float]


class CodeframeModel(db.Model):
    """What places new comments, as learned for one version: JSON, and arrays as an npz file."""

    __tablename__ = "codeframe_models"

    codeframe_id: Mapped[int] = mapped_column(
        ForeignKey("codeframes.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int]
    themes: Mapped[list[str]] = mapped_column(JSONColumn)
    state: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    arrays: Mapped[bytes] = mapped_column(LargeBinary)


class CodeframeProposal(db.Model):
    """Groups of comments the machine proposes as themes, for a person to accept or not.

    ``groups`` holds, once found, for each group its two labels and its comments' identifiers, the
    most typical first.
    """

    __tablename__ = "codeframe_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    codeframe_id: Mapped[int] = mapped_column(
        ForeignKey("codeframes.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[ProposalKind] = mapped_column(enum_column(ProposalKind))
    theme_key: Mapped[uuid.UUID | None]
    groups: Mapped[list[dict[str, Any]] | None] = mapped_column(NullableJSONColumn)
    among: Mapped[int]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    codeframe: Mapped[Codeframe] = relationship()
    job: Mapped[Job | None] = relationship()
