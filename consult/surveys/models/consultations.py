"""Tables of consultations, their questionnaire as it is written, and its versions."""

import enum
import json
import uuid
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event, false
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
from consult.organizations.models import Account, Organization
from consult.questionnaires import Questionnaire


class ConsultationState(enum.StrEnum):
    """Where a consultation stands by the clock; it is never stored."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


class Access(enum.StrEnum):
    """Who may take part: anyone with the link, or people with an invitation code."""

    OPEN = "open"
    INVITED = "invited"


class Consultation(db.Model):
    """A public body asks the population about a subject, from a moment to another.

    It is public once ``published_at`` is set; it takes answers from ``opens_at`` until the second
    before ``closes_at``, and for ``grace_minutes`` more from those who had begun. One that was
    ``held_elsewhere`` has its answers from a file and never takes any.
    """

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("minutes > 0", name="takes_some_minutes"),
        CheckConstraint("grace_minutes BETWEEN 0 AND 1440", name="grace_is_short"),
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
    grace_minutes: Mapped[int] = mapped_column(default=30, server_default="30")
    access: Mapped[Access] = mapped_column(
        enum_column(Access), default=Access.OPEN, server_default="open"
    )
    held_elsewhere: Mapped[bool] = mapped_column(default=False, server_default=false())
    stale_texts: Mapped[list[str]] = mapped_column(JSONColumn, default=list, server_default="[]")
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

    @property
    def last_call(self) -> datetime:
        """The end of the grace for those who had begun before the closing."""
        return self.closes_at + timedelta(minutes=self.grace_minutes)

    def shows_results(self, now: datetime) -> bool:
        """True when its results are public: published, and no answer can change them any more."""
        is_closed = self.state(now) is ConsultationState.CLOSED
        return is_closed and self.results_published_at is not None

    @property
    def version(self) -> "QuestionnaireVersion | None":
        """The questionnaire that new answers get: the latest; None before there is one."""
        return self.versions[-1] if self.versions else None


class QuestionnaireDraft(db.Model):
    """The questionnaire an editor is writing; making it a version leaves it as it is.

    ``revision`` counts its changes, so that two editors never overwrite each other unseen.
    """

    __tablename__ = "questionnaire_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), unique=True)
    definition: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    changed_by: Mapped[Account | None] = relationship()
    consultation: Mapped[Consultation] = relationship()


class QuestionnaireVersion(db.Model):
    """A questionnaire that people answer. It never changes: another one is another version."""

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
        """The definition, which was checked before it became a version; read once per process."""
        return _read_once(json.dumps(self.definition))


@lru_cache(maxsize=64)
def _read_once(definition: str) -> Questionnaire:
    return Questionnaire.model_validate_json(definition)


@event.listens_for(QuestionnaireVersion, "before_update")
def _refuse_change(_mapper: object, _connection: object, version: QuestionnaireVersion) -> None:
    raise RuntimeError("a questionnaire version never changes: add another")
