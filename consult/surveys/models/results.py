"""Tables of results: counts kept ready, and the figures an editor publishes."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import JSONColumn, Localized, UTCDateTime, db, localized, new_public_id, utc_now
from consult.surveys.models.consultations import Consultation, QuestionnaireVersion


class CountsTable(db.Model):
    """Counts of a consultation's answers as they were at ``covers_until``, the latest change seen.

    ``key`` says of what ('questions', 'signals'); ``counts`` is what the counting wrote. It can
    always be made again from the responses.
    """

    __tablename__ = "counts_tables"
    __table_args__ = (UniqueConstraint("consultation_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    key: Mapped[str] = mapped_column(String(200))
    covers_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    counts: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    consultation: Mapped[Consultation] = relationship()


class Highlight(db.Model):
    """A figure the editor publishes, with all that is needed to work it out again.

    The share of ``choices`` (several are added up) among the ``base`` people who answered
    ``question`` and match ``filters`` (a dimension to a value: 'region', 'channel', 'lang').
    ``count`` and ``base`` are as they were at ``computed_at``.
    """

    __tablename__ = "highlights"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"))
    question: Mapped[str] = mapped_column(String(80))
    choices: Mapped[list[str]] = mapped_column(JSONColumn)
    filters: Mapped[dict[str, str]] = mapped_column(JSONColumn, default=dict)
    words: Mapped[Localized] = localized("words")
    count: Mapped[int]
    base: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    computed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    consultation: Mapped[Consultation] = relationship()
    version: Mapped[QuestionnaireVersion] = relationship()
