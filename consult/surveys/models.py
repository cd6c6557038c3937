"""Tables of consultations, the versions of their questionnaire, and people's answers."""

import enum
import uuid
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
from consult.organizations.models import Organization
from consult.questionnaires import Answer, Questionnaire, parse_questionnaire


class ConsultationState(enum.StrEnum):
    """Where a consultation stands by the clock; it is never stored."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


class Consultation(db.Model):
    """A public body asks the population about a subject, from a moment to another.

    It is public once ``published_at`` is set; it takes answers from ``opens_at`` until the second
    before ``closes_at``.
    """

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("minutes > 0", name="takes_some_minutes"),
        Index("ix_consultations_closes_at", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    title: Mapped[Localized] = localized("title")
    summary: Mapped[Localized] = localized("summary")
    why: Mapped[Localized] = localized("why")
    influence: Mapped[Localized] = localized("influence")
    decides: Mapped[Localized] = localized("decides")
    what_next: Mapped[Localized] = localized("what_next")
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    minutes: Mapped[int]
    satisfaction_question: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    results_published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    organization: Mapped[Organization] = relationship()
    versions: Mapped[list["QuestionnaireVersion"]] = relationship(
        back_populates="consultation", order_by="QuestionnaireVersion.number"
    )

    def state(self, now: datetime) -> ConsultationState:
        """Coming, open or closed at ``now``."""
        if now < self.opens_at:
            return ConsultationState.COMING
        return ConsultationState.OPEN if now < self.closes_at else ConsultationState.CLOSED

    def shows_results(self, now: datetime) -> bool:
        """True when its results are public: published, and no answer can change them any more."""
        is_closed = self.state(now) is ConsultationState.CLOSED
        return is_closed and self.results_published_at is not None

    @property
    def version(self) -> "QuestionnaireVersion | None":
        """The questionnaire that new answers get: the latest; None before there is one."""
        return self.versions[-1] if self.versions else None


class QuestionnaireVersion(db.Model):
    """A questionnaire as it was uploaded. It never changes: another one is another version."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    number: Mapped[int]
    definition: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    consultation: Mapped[Consultation] = relationship(back_populates="versions")

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The definition, read."""
        return parse_questionnaire(self.definition)


@event.listens_for(QuestionnaireVersion, "before_update")
def _refuse_change(_mapper: object, _connection: object, version: QuestionnaireVersion) -> None:
    raise RuntimeError("a questionnaire version never changes: add another")


class ResponseState(enum.StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


class Response(db.Model):
    """What one person answered. Texts are already clean and free of personal identifiers.

    ``answers`` maps question names to answers; a question without an answer is not in it. No
    address, no account: the receipt code is all that leads back to a response.
    """

    __tablename__ = "responses"
    __table_args__ = (
        CheckConstraint(
            "(state = 'submitted') = (submitted_at IS NOT NULL AND receipt_code IS NOT NULL)",
            name="submitted_has_time_and_receipt",
        ),
        CheckConstraint("lang IN ('fr', 'en')", name="lang_is_known"),
        Index("ix_responses_consultation_id_state", "consultation_id", "state", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"), index=True)
    receipt_code: Mapped[str | None] = mapped_column(String(12), unique=True)
    state: Mapped[ResponseState] = mapped_column(
        enum_column(ResponseState), default=ResponseState.DRAFT
    )
    answers: Mapped[dict[str, Answer]] = mapped_column(JSONColumn, default=dict)
    lang: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(40), default="web")
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    consultation: Mapped[Consultation] = relationship()
    version: Mapped[QuestionnaireVersion] = relationship()

    @property
    def is_submitted(self) -> bool:
        return self.state is ResponseState.SUBMITTED

    @property
    def receipt_groups(self) -> list[str]:
        """The receipt code in groups of four, as it is shown and read aloud."""
        code = self.receipt_code or ""
        return [code[start : start + 4] for start in range(0, len(code), 4)]
