"""How a service takes feedback, kept for a few seconds: a post asks the database nothing for it."""

from dataclasses import dataclass
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event, exists, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, UOWTransaction

from consult.db import db
from consult.feedback.models import FeedbackSettings, Webhook
from consult.feedback.question_sets import DEFAULT
from consult.organizations.models import Service

#: A change made by another process holds here within so many seconds; one of this process, at once.
KEPT_SECONDS = 5.0
#: Services kept at most; all are asked for again when there are more.
MOST = 10_000


@dataclass(frozen=True)
class Served:
    """What taking feedback in needs of a service: who may send, what is asked, who else is told."""

    id: int
    key: str
    allowed_origins: tuple[str, ...]
    question_set: str
    asks_contact: bool
    tells_others: bool


_kept: WeakKeyDictionary[Engine, dict[str, tuple[float, Served]]] = WeakKeyDictionary()

_QUERY = (
    select(
        Service.id,
        Service.allowed_origins,
        FeedbackSettings.question_set,
        FeedbackSettings.asks_contact,
        exists()
        .where(Webhook.service_id == Service.id, Webhook.disabled_at.is_(None))
        .label("tells_others"),
    )
    .select_from(Service)
    .outerjoin(FeedbackSettings, FeedbackSettings.service_id == Service.id)
)


def served(key: str) -> Served | None:
    """The service with this public key; None when there is none, which is never kept."""
    kept = _kept.setdefault(db.engine, {})
    now = monotonic()
    since, found = kept.get(key, (0.0, None))
    if found is not None and now - since < KEPT_SECONDS:
        return found
    try:
        fresh = _read(key)
    except OperationalError:
        if found is None:
            raise
        return found  # while the database is away, what was known lets the sender be told so
    if fresh is not None:
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = (now, fresh)
    return fresh


def _read(key: str) -> Served | None:
    """On a connection of its own, given back at once: no write waits for what a request reads."""
    with db.engine.connect().execution_options(reads_only=True, is_awaited=True) as connection:
        row = connection.execute(_QUERY.where(Service.key == key)).first()
    if row is None:
        return None
    return Served(
        row.id,
        key,
        tuple(row.allowed_origins),
        row.question_set or DEFAULT,
        bool(row.asks_contact),
        bool(row.tells_others),
    )


@event.listens_for(Session, "after_flush")
def _note_change(session: Session, _context: UOWTransaction) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, Service | FeedbackSettings | Webhook) for row in changed):
        session.info["serves_otherwise"] = True


@event.listens_for(Session, "after_commit")
def _forget(session: Session) -> None:
    if session.info.pop("serves_otherwise", False):
        for kept in list(_kept.values()):
            kept.clear()
