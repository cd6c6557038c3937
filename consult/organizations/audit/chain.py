"""What chains each event of the audit trail to the one before, so that a change is noticed.

The digest of an event is SHA-256 (FIPS 180-4) over the digest before it, a line break, and its
content as JSON with sorted keys and no space. Who wants to be sure of the whole trail notes its
last digest elsewhere, from time to time.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult.organizations.audit.models import AuditEvent

#: What stands before the first event.
START = "0" * 64

#: Events are added one transaction after the other: any number, the same for all.
_LOCK = 6_110_010


def digest_of(before: str, event: AuditEvent) -> str:
    """The digest of an event that follows the digest ``before``."""
    content = [
        event.public_id.hex,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.actor_name,
        event.organization_id,
        event.action,
        event.subject,
        _plain(event.changes),
    ]
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{before}\n{written}".encode()).hexdigest()


def add_chained(session: Session, events: list[AuditEvent]) -> None:
    """Adds events at the end of the chain; other transactions wait from here to the commit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    latest = select(AuditEvent.digest).order_by(AuditEvent.id.desc()).limit(1)
    before = session.scalar(latest) or START
    for event in events:
        event.digest = before = digest_of(before, event)
        session.add(event)
    session.flush()  # in the order they were added


def _plain(value: Any) -> Any:
    """The value, its numbers written one way whatever the database makes of them."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(float(value))
    return value
