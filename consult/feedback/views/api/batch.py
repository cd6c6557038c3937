"""Many pieces of feedback at once, from a server."""

from dataclasses import replace

from flask import g
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import RequestEntityTooLarge

from consult.db import db, utc_now
from consult.feedback.checks import FieldError, check_earlier
from consult.feedback.errors import (
    BatchTooLargeError,
    FeedbackRefusedError,
    Message,
)
from consult.feedback.services import Submission
from consult.feedback.services.batch import record_batch
from consult.feedback.views.api.blueprint import bp
from consult.feedback.views.api.errors import errors
from consult.feedback.views.api.reading import read_json, submission_from
from consult.feedback.views.api.schemas import MOST_ITEMS, Batch, BatchReceived
from consult.feedback.views.api.words import N_
from consult.feedback.views.intake import token_limit

#: Nobody is there to be answered or told from a machine: no contact, website, seconds.
NAMES = (
    "question_set",
    "lang",
    "page",
    "reference",
    "channel",
    "idempotency_key",
    "segment",
    "submitted_at",
)


@bp.route("/feedback/batch", methods=["POST"])
@bp.doc(
    operationId="sendBatch",
    summary=N_("Send up to 1,000 pieces of feedback"),
    description=N_(
        "For a server that holds feedback given elsewhere: by phone, at a counter, on paper, in "
        "another tool. All of it is stored or, when one item cannot be taken, none: the answer "
        "then names each fault by the item’s number, from 0, and the batch can be mended and sent "
        "again. Each item carries an idempotency key; one that is already stored is answered "
        "for and not stored again."
    ),
    requestBody={"required": True, "content": {"application/json": {"schema": Batch}}},
    security=[{"token": []}],
)
@errors(400, 401, 403, 404, 413, 415, 422, 429, 503)
@bp.response(200, BatchReceived, description=N_("All items are recorded."))
@token_limit
def send_batch(key: str) -> dict[str, object]:
    """Stores a batch, or nothing of it; answers for each item in order."""
    taken = record_batch(g.service, _submissions(), utc_now())
    db.session.commit()
    items = [{"id": one.id, "new": one.is_new, "masked": one.is_masked} for one in taken]
    return {"new": sum(one.is_new for one in taken), "items": items}


def _submissions() -> list[Submission]:
    try:
        fields = read_json()
    except RequestEntityTooLarge as error:
        raise BatchTooLargeError() from error
    items = fields.get("items")
    faults: dict[str, Message] = {
        str(name): _l("There is no field of this name.") for name in fields.keys() - {"items"}
    }
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_ITEMS:
        faults["items"] = _l("Give a list of 1 to 1,000 items.")
        raise FeedbackRefusedError(faults)
    submissions = []
    for number, item in enumerate(items):
        try:
            submissions.append(_submission(item))
        except FeedbackRefusedError as error:
            faults |= {f"items.{number}.{name}": words for name, words in error.fields.items()}
    if faults:
        raise FeedbackRefusedError(faults)
    return submissions


def _submission(item: object) -> Submission:
    if not isinstance(item, dict):
        raise FeedbackRefusedError({"answers": _l("Give the answers by the name of the question.")})
    try:
        given = check_earlier(item.get("submitted_at"), utc_now())
    except FieldError as error:
        raise FeedbackRefusedError({"submitted_at": error.message}) from error
    return replace(submission_from(item, NAMES), submitted_at=given)
