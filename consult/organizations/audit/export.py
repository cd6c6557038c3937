"""The audit trail as a file, written while it is read."""

import csv
import io
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any

from consult.db import db
from consult.organizations.audit.models import AuditEvent
from consult.spreadsheet_cells import formula_safe

HEADER = ("id", "at", "who", "organization", "action", "subject", "changes", "digest")

Batches = Iterator[Sequence[AuditEvent]]


def as_csv(batches: Batches) -> Generator[bytes]:
    """UTF-8 with a mark for spreadsheets; times are UTC, changes JSON."""
    yield b"\xef\xbb\xbf" + _lines([HEADER])
    for events in batches:
        lines = _lines(_cells(event) for event in events)
        db.session.rollback()
        yield lines


def as_json(batches: Batches) -> Generator[bytes]:
    """A JSON array, an event per line."""
    before = "[\n"
    for events in batches:
        written = [json.dumps(_told(event), ensure_ascii=False) for event in events]
        db.session.rollback()
        yield (before + ",\n".join(written)).encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _told(event: AuditEvent) -> dict[str, Any]:
    return {
        "id": str(event.public_id),
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "who": event.actor_name,
        "organization": event.organization.slug if event.organization else "",
        "action": event.action,
        "subject": event.subject,
        "changes": event.changes,
        "digest": event.digest,
    }


def _cells(event: AuditEvent) -> list[str]:
    told = _told(event)
    told["changes"] = json.dumps(event.changes, ensure_ascii=False) if event.changes else ""
    return [formula_safe(told[name]) for name in HEADER]


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    content = io.StringIO()
    csv.writer(content).writerows(rows)
    return content.getvalue().encode()
