"""Following the chain of the audit trail from its first event to its last."""

from dataclasses import dataclass

from sqlalchemy import select

from consult.db import db
from consult.organizations.audit.chain import START, digest_of
from consult.organizations.audit.models import AuditEvent

_BATCH = 1_000


@dataclass(frozen=True)
class Found:
    """How many events follow each other, the digest of the last, and the first that does not."""

    events: int
    digest: str
    broken: AuditEvent | None = None


def verify() -> Found:
    """Reads the whole trail, some events at a time."""
    count, digest, last = 0, START, 0
    while True:
        query = select(AuditEvent).where(AuditEvent.id > last).order_by(AuditEvent.id)
        events = db.session.scalars(query.limit(_BATCH)).all()
        for event in events:
            if digest_of(digest, event) != event.digest:
                return Found(count, digest, event)
            count, digest = count + 1, event.digest
        if not events:
            return Found(count, digest)
        last = events[-1].id
        db.session.expunge_all()
