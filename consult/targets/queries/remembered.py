"""Figures of all public bodies, kept for a few seconds: many ask for them, and they move slowly."""

from collections.abc import Hashable
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, UOWTransaction

from consult.analysis.improvements.models import Improvement
from consult.db import db
from consult.involvement.models import Activity
from consult.organizations.models import Organization, Service
from consult.register.models import OutsideConsultation
from consult.surveys.models import Consultation
from consult.targets.queries.figures import Entry, Figure

#: What another process changed, and feedback that came in, shows within so many seconds; what this
#: one changed, at once.
KEPT_SECONDS = 20.0

#: What the figures are made of, feedback aside.
_MADE_OF = (Organization, Service, Activity, Improvement, Consultation, OutsideConsultation)

Told = tuple[Figure, list[Entry]]

_kept: WeakKeyDictionary[Engine, dict[Hashable, tuple[float, Told]]] = WeakKeyDictionary()


def remembered(key: Hashable) -> Told | None:
    """What was worked out under this key a few seconds ago at most."""
    since, told = _kept.get(db.engine, {}).get(key, (0.0, None))
    return told if told is not None and monotonic() - since < KEPT_SECONDS else None


def remember(key: Hashable, told: Told) -> None:
    """Keeps it; what is too old goes."""
    now = monotonic()
    kept = _kept.setdefault(db.engine, {})
    for old in [one for one, (since, _told) in kept.items() if now - since >= KEPT_SECONDS]:
        kept.pop(old, None)
    kept[key] = now, told


@event.listens_for(Session, "after_flush")
def _note_change(session: Session, _context: UOWTransaction) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, _MADE_OF) for row in changed):
        session.info["moves_targets"] = True


@event.listens_for(Session, "after_commit")
def _forget(session: Session) -> None:
    if session.info.pop("moves_targets", False):
        for kept in list(_kept.values()):
            kept.clear()
