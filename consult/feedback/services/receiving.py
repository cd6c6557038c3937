"""Takes one piece of feedback in, durably, together with those that arrive at the same time.

A database waits for its disk once per transaction. What reaches this process while it waits is
written by the next transaction together: one wait for all of them. Each is acknowledged only when
its transaction is on disk.
"""

import threading
import uuid
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from consult.db import db, new_public_id
from consult.feedback import spam
from consult.feedback.models import Review
from consult.feedback.queries import Served
from consult.feedback.services.inserting import Inserter
from consult.feedback.services.record import BESIDE, Submission, checked, record, stored
from consult.privacy.redaction import MARKERS

#: Rows of one transaction at most.
MOST = 100

#: Transactions of one process at once. SQLite takes one writer; PostgreSQL confirms those that end
#: together with one wait for its disk.
LANES = {"sqlite": 1, "postgresql": 8}


class Received(NamedTuple):
    """What is on disk: its public identifier, its words, and whether this call stored it."""

    public_id: uuid.UUID
    comment: str
    is_new: bool

    @property
    def is_masked(self) -> bool:
        """True when markers stand for what looked like personal information in the comment."""
        return any(marker in self.comment for marker in MARKERS.values())


def receive(service: Served, submission: Submission, now: datetime) -> Received:
    """Stores feedback, or finds what its key stored before; it is on disk when this returns.

    It is a transaction of its own: what the session had begun is given up. What brings other rows
    along (an address to answer, a message for a webhook) is written alone.

    Raises:
        FeedbackRefusedError: some fields cannot be taken, or the key stored something else;
            nothing is stored.
    """
    values = checked(service, submission, now)
    beside = {name: values.pop(name) for name in BESIDE}
    if beside["contact"] or service.tells_others:
        known = record(service, submission, now)
        found = Received(known.item.public_id, known.item.comment, known.is_new)
        db.session.commit()
        return found
    if db.session.registry.has():
        db.session.rollback()
    row = _row(service, values, beside, now)
    if writer().store(row):
        return Received(row["public_id"], row["comment"], is_new=True)
    before = stored(service, values)
    if before is None:
        raise RuntimeError("a key was there, and then was not")
    return Received(before.item.public_id, before.item.comment, is_new=False)


def _row(
    service: Served, values: dict[str, Any], beside: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The parameters of the statement: the columns, and how an item is held if it repeats."""
    said = values["comment"], beside["website"], beside["seconds"]
    signals = spam.signals(*said, 0)
    return {
        **values,
        "public_id": new_public_id(),
        "service_id": service.id,
        "review": Review.HELD if signals else Review.CLEAR,
        "signals": signals,
        "held": Review.HELD,
        "if_repeated": spam.signals(*said, spam.MOST_REPEATS),
        "since": now - spam.REPEAT_WINDOW,
        "most": spam.MOST_REPEATS,
    }


@dataclass
class _Waiting:
    """A row that waits to be written; then whether it was, or what went wrong."""

    row: dict[str, Any]
    woken: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    is_new: bool | None = None
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.is_new is not None or self.error is not None


class Writer:
    """Writes for the threads of one process, in so many transactions at once as its lanes.

    Who finds a lane free writes; who finds none waits. A lane that gets free is handed on to the
    first of those who wait, who writes what all of them brought.
    """

    def __init__(self, engine: Engine, patience: int) -> None:
        self.free_lanes = LANES[engine.dialect.name]
        self.waiting: deque[_Waiting] = deque()
        self._inserter = Inserter(engine, patience)
        self._mutex = threading.Lock()

    def store(self, row: dict[str, Any]) -> bool:
        """True once the row is on disk; False when its key was stored before."""
        mine = _Waiting(row)
        with self._mutex:
            has_lane = self.free_lanes > 0
            if has_lane:
                self.free_lanes -= 1
            else:
                self.waiting.append(mine)
        if not has_lane:
            mine.woken.acquire()
        if not mine.is_done:
            self._write_with_others(mine)
        if mine.error is not None:
            raise mine.error
        return bool(mine.is_new)

    def _write_with_others(self, mine: _Waiting) -> None:
        with self._mutex:
            count = min(len(self.waiting), MOST)
            others = [self.waiting.popleft() for _ in range(count)]
        try:
            self._write([mine, *others])
        finally:
            for other in others:
                if other.is_done:
                    other.woken.release()
                else:  # this thread is told to end: another writes what is left
                    self.waiting.append(other)
            self.hand_on()

    def hand_on(self) -> None:
        """Gives the lane that got free to the first of those who wait."""
        with self._mutex:
            if self.waiting:
                self.waiting.popleft().woken.release()
            else:
                self.free_lanes += 1

    def _write(self, batch: list[_Waiting]) -> None:
        """One transaction for all. Where one row spoils it, each alone: only that one fails."""
        try:
            # In one order: two transactions with the same keys never wait for each other.
            rows = sorted((waiting.row for waiting in batch), key=_key_of)
            new = self._inserter.insert(rows)
        except Exception as error:
            if len(batch) > 1 and not isinstance(error, OperationalError | InterfaceError):
                for waiting in batch:
                    self._write([waiting])
                return
            for waiting in batch:
                waiting.error = error
        else:
            for waiting in batch:
                waiting.is_new = waiting.row["public_id"] in new


def _key_of(row: dict[str, Any]) -> tuple[int, str]:
    return row["service_id"], row["idempotency_key"]


def writer() -> Writer:
    """The one writer of this process to the application's database."""
    found: Writer | None = current_app.extensions.get("feedback_writer")
    if found is None:
        patience = current_app.config["SETTINGS"].database_patience
        found = current_app.extensions.setdefault("feedback_writer", Writer(db.engine, patience))
    return found
