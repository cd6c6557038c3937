"""Tables of people's answers, of what comes with them, and of invitations."""

import enum
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import (
    JSONColumn,
    NullableJSONColumn,
    UTCDateTime,
    db,
    enum_column,
    new_public_id,
    utc_now,
)
from consult.organizations.models import Account
from consult.questionnaires import Answer
from consult.surveys.models.consultations import Consultation, QuestionnaireVersion


class ResponseState(enum.StrEnum):
    """Not sent yet; sent; taken back by the person, which erases the answers."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Channel(enum.StrEnum):
    """How the answers came in."""

    WEB = "web"
    PHONE = "phone"
    COUNTER = "counter"
    PAPER = "paper"
    FILE = "file"


class Response(db.Model):
    """What one person answered. Texts are already clean and free of personal identifiers.

    ``answers`` is what was sent, and what counts: question names to answers, a question without an
    answer is not in it. ``draft`` is what is being written, before sending or while correcting;
    None when there is nothing unsent. No address, no account: the receipt code, there from the
    first page saved, is all that leads back to a response.

    ``browser_mark`` is a keyed hash that two responses from one browser to this consultation share;
    ``entered_by`` the member of staff who entered them for the person, by ``channel``.
    """

    __tablename__ = "responses"
    __table_args__ = (
        CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted_has_time"),
        CheckConstraint("state != 'draft' OR draft IS NOT NULL", name="draft_has_draft"),
        CheckConstraint("lang IN ('fr', 'en')", name="lang_is_known"),
        CheckConstraint("experience_rating BETWEEN 1 AND 5", name="experience_is_a_step"),
        Index("ix_responses_consultation_id_state", "consultation_id", "state", "submitted_at"),
        Index("ix_responses_consultation_id_updated_at", "consultation_id", "updated_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"), index=True)
    receipt_code: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[ResponseState] = mapped_column(
        enum_column(ResponseState), default=ResponseState.DRAFT
    )
    answers: Mapped[dict[str, Answer]] = mapped_column(JSONColumn, default=dict)
    draft: Mapped[dict[str, Answer] | None] = mapped_column(NullableJSONColumn)
    lang: Mapped[str] = mapped_column(String(2))
    channel: Mapped[Channel] = mapped_column(enum_column(Channel), default=Channel.WEB)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    browser_mark: Mapped[str | None] = mapped_column(String(32))
    experience_rating: Mapped[int | None]
    experience_comment: Mapped[str] = mapped_column(Text, default="", server_default="")
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    corrected_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now, onupdate=utc_now)
    consultation: Mapped[Consultation] = relationship()
    version: Mapped[QuestionnaireVersion] = relationship()
    entered_by: Mapped[Account | None] = relationship()
    uploads: Mapped[list["Upload"]] = relationship(back_populates="response")

    @property
    def is_submitted(self) -> bool:
        return self.state is ResponseState.SUBMITTED

    @property
    def current(self) -> dict[str, Answer]:
        """What the person sees as their answers: what is being written, else what was sent."""
        return self.answers if self.draft is None else self.draft

    @property
    def receipt_groups(self) -> list[str]:
        """The receipt code in groups of four, as it is shown and read aloud."""
        code = self.receipt_code
        return [code[start : start + 4] for start in range(0, len(code), 4)]


class Upload(db.Model):
    """A file attached to an answer; its bytes lie in the uploads folder under ``public_id``.

    Its own name is not kept: names of files tell who made them.
    """

    __tablename__ = "uploads"
    __table_args__ = (CheckConstraint("size > 0", name="is_not_empty"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), index=True)
    question: Mapped[str] = mapped_column(String(80))
    media_type: Mapped[str] = mapped_column(String(100))
    extension: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    response: Mapped[Response] = relationship(back_populates="uploads")


class Invitation(db.Model):
    """A single-use code to take part; ``reference`` is the sender's own, told to nobody else.

    Only a keyed hash of the code is kept, and it is never joined to the answers: using it sets
    ``used_at`` to the day, so that no time leads from one to the other.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        Index("ix_invitations_consultation_id_reference", "consultation_id", "reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    reference: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    consultation: Mapped[Consultation] = relationship()
