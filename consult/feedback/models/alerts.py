"""What the team is warned of, and who asked for it."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import JSONColumn, UTCDateTime, db, enum_column, utc_now
from consult.organizations.models import Account, Service


class AlertKind(enum.StrEnum):
    """A real drop of the score; a burst of one word or theme; silence where answers came."""

    DROP = "drop"
    BURST = "burst"
    SILENCE = "silence"


class Alert(db.Model):
    """Something found once: ``key`` names it within its service and kind, ``details`` says it."""

    __tablename__ = "feedback_alerts"
    __table_args__ = (
        UniqueConstraint("service_id", "kind", "key"),
        Index("ix_feedback_alerts_service_id_found_at", "service_id", "found_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    kind: Mapped[AlertKind] = mapped_column(enum_column(AlertKind))
    key: Mapped[str] = mapped_column(String(120))
    details: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    found_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    service: Mapped[Service] = relationship()


class AlertSubscription(db.Model):
    """What a member of staff wants to hear by e-mail of one service, in which language.

    ``told_until`` and ``digest_until``: what was found, or came in, before was already told.
    """

    __tablename__ = "alert_subscriptions"
    __table_args__ = (UniqueConstraint("account_id", "service_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), index=True)
    lang: Mapped[str] = mapped_column(String(2), default="fr")
    drop: Mapped[bool] = mapped_column(default=False)
    burst: Mapped[bool] = mapped_column(default=False)
    silence: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[bool] = mapped_column(default=False)
    told_until: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    digest_until: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    account: Mapped[Account] = relationship()
    service: Mapped[Service] = relationship()
