"""Adding to the audit trail."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from consult.db import db, new_public_id
from consult.organizations.audit.actions import Action
from consult.organizations.audit.chain import add_chained
from consult.organizations.audit.models import AuditEvent
from consult.organizations.models import Account, Organization

Changes = Mapping[str, tuple[Any, Any]]

#: What no database keeps, or no page shows.
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

_ACTS = "acts for the audit trail"

#: By savepoint, how many of them stood before it.
_MARKS = "acts before each savepoint"


@dataclass(frozen=True)
class _Act:
    """One act of the open transaction."""

    actor: Account | None
    organization: Organization | None
    action: Action
    subject: str
    at: datetime
    changes: dict[str, Any]


def record_act(
    actor: Account | None,
    organization: Organization | None,
    action: Action,
    subject: str,
    now: datetime,
    changes: Changes | None = None,
) -> None:
    """Adds one act to the trail, within the transaction of the act itself.

    It stands in the trail once that transaction is committed: acts are chained one after the
    other, and nobody waits for another's before the end of their own.

    Args:
        actor: who did it; None when the site did it by itself.
        organization: the public body it concerns; None for the whole site.
        action: what was done.
        subject: to what, in words that stay readable once that is gone; nothing that identifies
            a citizen.
        now: when.
        changes: per field, (before, after); values JSON can hold.
    """
    pairs = {field: list(pair) for field, pair in (changes or {}).items()}
    kept = json.loads(json.dumps(pairs, default=str), object_hook=_keepable)
    session = db.session()
    if not session.in_transaction():  # so that giving up is noticed
        session.begin()
    act = _Act(actor, organization, action, _clean(subject)[:300], now, kept)
    session.info.setdefault(_ACTS, []).append(act)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields whose value differs, with both values."""
    return {
        field: (before.get(field), value)
        for field, value in after.items()
        if before.get(field) != value
    }


def _clean(words: str) -> str:
    return _UNKEEPABLE.sub("\ufffd", words)


def _keepable(found: dict[str, Any]) -> dict[str, Any]:
    def clean(value: Any) -> Any:
        if isinstance(value, list):
            return [clean(one) for one in value]
        return _clean(value) if isinstance(value, str) else value

    return {_clean(key): clean(value) for key, value in found.items()}


@event.listens_for(db.session, "before_commit")
def _add_to_the_trail(session: Session) -> None:
    """Chains the acts of the transaction that ends; a savepoint ends none."""
    if session.in_nested_transaction() or not session.info.get(_ACTS):
        return
    acts: list[_Act] = session.info.pop(_ACTS)
    session.flush()
    add_chained(session, [_event(act) for act in acts])


@event.listens_for(db.session, "after_transaction_create")
def _mark(session: Session, begun: SessionTransaction) -> None:
    """Notes how many acts stand before a savepoint."""
    if begun.nested:
        session.info.setdefault(_MARKS, {})[begun] = len(session.info.get(_ACTS, ()))


@event.listens_for(db.session, "after_transaction_end")
def _unmark(session: Session, ended: SessionTransaction) -> None:
    session.info.get(_MARKS, {}).pop(ended, None)


@event.listens_for(db.session, "after_soft_rollback")
def _forget(session: Session, given_up: SessionTransaction) -> None:
    """What was given up did not happen: all acts, or those since the savepoint."""
    at: SessionTransaction | None = given_up
    while at is not None and not at.nested:  # a flush that failed gives its savepoint up
        at = at.parent
    kept = session.info.get(_MARKS, {}).get(at, 0)
    del session.info.get(_ACTS, [])[kept:]


def _event(act: _Act) -> AuditEvent:
    return AuditEvent(
        public_id=new_public_id(),
        at=act.at,
        actor_id=act.actor.id if act.actor else None,
        actor_name=act.actor.name if act.actor else "",
        organization_id=act.organization.id if act.organization else None,
        action=act.action.value,
        subject=act.subject,
        changes=act.changes,
    )
