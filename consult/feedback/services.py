"""Verbs of feedback: take it in once and only once, and say from which sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from consult.db import db
from consult.feedback import queries
from consult.feedback.checks import CHECKS, FieldError
from consult.feedback.errors import FeedbackRefusedError, Message
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Service
from consult.privacy.redaction import MARKERS


@dataclass(frozen=True)
class Submission:
    """Feedback as it came: nothing in it is believed before it is checked.

    ``submitted_at`` is only for feedback given earlier, elsewhere (an import, a demonstration).
    """

    rating: object = None
    comment: object = None
    lang: object = "fr"
    page: object = None
    idempotency_key: object = None
    segment: object = None
    channel: str = "widget"
    submitted_at: datetime | None = None


class Recorded(NamedTuple):
    """The stored item, and whether this call stored it."""

    item: FeedbackItem
    is_new: bool

    @property
    def is_masked(self) -> bool:
        """True when markers stand for what looked like personal information in the comment."""
        return any(marker in self.item.comment for marker in MARKERS.values())


def _checked(submission: Submission, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {}
    refused: dict[str, Message] = {}
    for name, check in CHECKS.items():
        try:
            values[name] = check(getattr(submission, name))
        except FieldError as error:
            refused[name] = error.message
    if not refused and values["rating"] is None and not values["comment"]:
        refused["rating"] = _l("Choose a rating from 1 to 5, or write a comment.")
    if refused:
        raise FeedbackRefusedError(refused)
    return values | {
        "channel": submission.channel,
        "submitted_at": submission.submitted_at or now,
    }


def record(service: Service, submission: Submission, now: datetime) -> Recorded:
    """Stores feedback for a service, or finds what the same idempotency key stored before.

    Two senders racing with one key both get the one row: the table's constraint decides.

    Raises:
        FeedbackRefusedError: some fields cannot be taken, or the key stored something else;
            nothing is stored.
    """
    values = _checked(submission, now)
    if known := _stored(service, values):
        return known
    item = FeedbackItem(service=service, **values)
    try:
        with db.session.begin_nested():
            db.session.add(item)
    except IntegrityError:
        known = _stored(service, values)
        if known is None:
            raise
        return known
    return Recorded(item, is_new=True)


def _stored(service: Service, values: dict[str, Any]) -> Recorded | None:
    """What the key of ``values`` stored; other words under the same key are never dropped."""
    item = queries.item_by_key(service, values["idempotency_key"])
    if item is None:
        return None
    if (item.rating, item.comment) != (values["rating"], values["comment"]):
        message = _l(
            "A first version of your feedback was already received. Send again to add this one."
        )
        raise FeedbackRefusedError({"idempotency_key": message})
    return Recorded(item, is_new=False)


def record_all(service: Service, submissions: Iterable[Submission], now: datetime) -> int:
    """Stores a batch in one statement, leaving out keys already stored; returns how many were new.

    Raises:
        FeedbackRefusedError: one of them cannot be taken; nothing is stored.
    """
    by_key = {row["idempotency_key"]: row for row in (_checked(s, now) for s in submissions)}
    for key in queries.known_keys(service, by_key):
        del by_key[key]
    if by_key:
        rows = [{"service_id": service.id, **row} for row in by_key.values()]
        db.session.execute(insert(FeedbackItem), rows)
    return len(by_key)


def set_allowed_origins(service: Service, origins: Iterable[str]) -> None:
    """Names the sites that may show a service's widget, each as ``parse_origin`` gives it."""
    service.allowed_origins = list(dict.fromkeys(origins))
