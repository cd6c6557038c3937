"""Many pieces of feedback at once, from a server that vouches for them: all of them or none."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from consult.db import db, new_public_id
from consult.feedback.errors import FeedbackRefusedError, Message
from consult.feedback.models import FeedbackItem
from consult.feedback.queries.items import Stored, stored_by_key
from consult.feedback.services.record import SAID, RowMaker, Submission
from consult.organizations.models import Service
from consult.privacy.redaction import MARKERS


class Taken(NamedTuple):
    """What became of one piece: its public identifier, whether it is new, whether words went."""

    id: str
    is_new: bool
    is_masked: bool


def record_batch(service: Service, submissions: Sequence[Submission], now: datetime) -> list[Taken]:
    """Stores what is not stored yet, in one statement; answers for each piece, in order.

    The idempotency key tells what is already stored, as for a single piece, so a batch sent again
    changes nothing. No signal of spam is looked for and no contact is kept.

    Raises:
        FeedbackRefusedError: some cannot be taken; ``fields`` are named 'items.3.rating'. Nothing
            is stored.
    """
    rows = _rows(service, submissions, now)
    try:
        with db.session.begin_nested():
            return _store(service, rows)
    except IntegrityError:  # another sender stored one of the keys in between: now it is known
        with db.session.begin_nested():
            return _store(service, rows)


def _rows(
    service: Service, submissions: Sequence[Submission], now: datetime
) -> list[dict[str, Any]]:
    rows, maker = list[dict[str, Any]](), RowMaker(service, now)
    refused: dict[str, Message] = {}
    for number, submission in enumerate(submissions):
        try:
            if submission.idempotency_key in (None, ""):
                message = _l("Give each item an idempotency key, so that none counts twice.")
                raise FeedbackRefusedError({"idempotency_key": message})
            rows.append(maker.row(submission))
        except FeedbackRefusedError as error:
            refused |= {f"items.{number}.{name}": words for name, words in error.fields.items()}
    if refused:
        raise FeedbackRefusedError(refused)
    return rows


def _store(service: Service, rows: Sequence[dict[str, Any]]) -> list[Taken]:
    stored = stored_by_key(service, [row["idempotency_key"] for row in rows])
    fresh: dict[str, dict[str, Any]] = {}
    taken, refused = [], dict[str, Message]()
    for number, row in enumerate(rows):
        key = row["idempotency_key"]
        known = stored.get(key)
        said = known.said if known else fresh.get(key)
        if said is not None and any(said[name] != row[name] for name in SAID):
            refused[f"items.{number}.idempotency_key"] = _l("Another item has this key.")
        elif known is None and key not in fresh:
            fresh[key] = {"service_id": service.id, "public_id": new_public_id(), **row}
        taken.append(_taken(known, fresh.get(key, row), is_new=said is None))
    if refused:
        raise FeedbackRefusedError(refused)
    if fresh:
        db.session.execute(insert(FeedbackItem), list(fresh.values()))
    return taken


def _taken(known: Stored | None, row: Mapping[str, Any], *, is_new: bool) -> Taken:
    public_id = known.public_id if known else row["public_id"]
    masked = any(marker in row["comment"] for marker in MARKERS.values())
    return Taken(str(public_id), is_new, masked)
