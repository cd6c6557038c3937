"""One piece of feedback: the operation that widgets, forms and servers use."""

from flask import g

from consult.db import utc_now
from consult.feedback import services
from consult.feedback.services import Submission
from consult.feedback.views.api.blueprint import bp
from consult.feedback.views.api.errors import errors
from consult.feedback.views.api.reading import key_of_header, read_fields, speak, submission_from
from consult.feedback.views.api.schemas import Feedback, FeedbackForm, Received
from consult.feedback.views.api.words import N_
from consult.feedback.views.intake import feedback_limit, thanks_url

BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": Feedback},
        "application/x-www-form-urlencoded": {"schema": FeedbackForm},
        "multipart/form-data": {"schema": FeedbackForm},
    },
}
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": N_(
        "The same as the field idempotency_key, for software that sends it this way. The field "
        "goes first."
    ),
    "schema": {"type": "string"},
}


@bp.route("/feedback", methods=["POST"])
@bp.doc(
    operationId="sendFeedback",
    summary=N_("Send feedback"),
    description=N_(
        "Takes one piece of feedback, from a site that the service allows or from a server. It is "
        "on disk before the answer leaves. Sent again with the same key, it counts once. A token "
        "is not needed; with one, the limit is the token’s own."
    ),
    requestBody=BODY,
    parameters=[KEY_HEADER],
    security=[{}, {"token": []}],
)
@errors(400, 401, 403, 404, 413, 415, 422, 429, 503)
@bp.alt_response(
    200, schema=Received, description=N_("The same feedback was already received."), success=True
)
@bp.response(201, Received, description=N_("The feedback is recorded."))
@feedback_limit
def send(key: str) -> tuple[dict[str, object], int]:
    """Takes one piece of feedback; it is on disk before the answer leaves.

    Answers 201, or 200 for a key already stored, with ``id``, ``thanks`` (an address), and
    ``masked``: true when what looked like personal information was masked in the comment.
    """
    received = services.receive(g.service, _submission(), utc_now())
    answer: dict[str, object] = {
        "id": str(received.public_id),
        "thanks": thanks_url(g.lang_code),
        "masked": received.is_masked,
    }
    return answer, 201 if received.is_new else 200


def _submission() -> Submission:
    fields = read_fields()
    speak(fields.get("lang"))
    if not fields.get("idempotency_key"):
        fields["idempotency_key"] = key_of_header()
    return submission_from(fields)
