"""Adding to the audit trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.db import db
from consult.organizations.audit.actions import Action
from consult.organizations.audit.models import AuditEvent
from consult.organizations.models import Account, Organization

Changes = Mapping[str, tuple[Any, Any]]


def record_act(
    actor: Account | None,
    organization: Organization | None,
    action: Action,
    subject: str,
    now: datetime,
    changes: Changes | None = None,
) -> None:
    """Adds one act to the trail, within the transaction of the act itself.

    Args:
        actor: who did it; None when the site did it by itself.
        organization: the public body it concerns; None for the whole site.
        action: what was done.
        subject: to what, in words that stay readable once that is gone; nothing that identifies
            a citizen.
        now: when.
        changes: per field, (before, after); values JSON can hold.
    """
    event = AuditEvent(
        at=now,
        actor=actor,
        actor_name=actor.name if actor else "",
        organization=organization,
        action=action.value,
        subject=subject[:300],
        changes={field: list(pair) for field, pair in (changes or {}).items()},
    )
    db.session.add(event)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields whose value differs, with both values."""
    return {
        field: (before.get(field), value)
        for field, value in after.items()
        if before.get(field) != value
    }
