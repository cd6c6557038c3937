"""The table of the audit trail."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import JSONColumn, UTCDateTime, db, new_public_id
from consult.organizations.models import Account, Organization


class AuditEvent(db.Model):
    """One act of a person, or of the site itself when ``actor`` is missing.

    ``action`` is a name of ``audit.actions``, ``subject`` what it was done to, in words that stay
    readable once that is gone; ``changes`` maps each field to [before, after]. ``digest`` chains
    the event to the one before (``audit.chain``). No row is ever changed or taken out: the
    database itself refuses (``audit.guards``).
    """

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_organization_id_id", "organization_id", "id"),
        Index("ix_audit_events_at", "at"),
        Index("ix_audit_events_actor_id_id", "actor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    actor_name: Mapped[str] = mapped_column(String(120))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(300))
    changes: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    digest: Mapped[str] = mapped_column(String(64))
    actor: Mapped[Account | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
