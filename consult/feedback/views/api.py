"""The interface widgets and servers send feedback to. No cookie, no address kept, once per key."""

from flask import Blueprint, Response, current_app, g, request
from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from flask_limiter.errors import RateLimitExceeded
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from consult.catalogues import LANGUAGES
from consult.db import db, utc_now
from consult.errors import problem
from consult.feedback import queries, services
from consult.feedback.errors import (
    FeedbackRefusedError,
    ForeignOriginError,
    TooLargeError,
    TooManyError,
    UnknownServiceError,
    UnreadableBodyError,
    UnsupportedTypeError,
)
from consult.feedback.services import Submission
from consult.feedback.views.intake import feedback_limit, read_form, thanks_url
from consult.organizations.origins import may_send, site_origin
from consult.security import csrf

bp = Blueprint("feedback_api", __name__)
csrf.exempt(bp)

PATH = "/api/v1/services/<key>/feedback"
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@bp.before_request
def prepare() -> None:
    """Takes the sender's language, then the service once the asking site is known to be allowed."""
    g.lang_code = request.accept_languages.best_match(LANGUAGES) or "fr"
    service = queries.served((request.view_args or {})["key"])
    if service is None:
        raise UnknownServiceError()
    origin = request.headers.get("Origin")
    if not may_send(origin, service, site_origin(current_app.config["SETTINGS"].base_url)):
        raise ForeignOriginError()
    g.service = service
    if origin:
        g.allowed_origin = origin


@bp.after_request
def share_with_allowed_sites(response: Response) -> Response:
    """Answers, errors too, can be read by the page that asked when its site is allowed."""
    response.vary.add("Origin")
    if "allowed_origin" in g:
        response.headers["Access-Control-Allow-Origin"] = g.allowed_origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response


@bp.errorhandler(FeedbackRefusedError)
def explain_refusal(error: FeedbackRefusedError) -> Response:
    db.session.rollback()
    fields = {name: str(message) for name, message in error.fields.items()}
    return problem(error.status, error.code, str(error.message), errors=fields)


@bp.errorhandler(RateLimitExceeded)
def ask_to_wait(_error: RateLimitExceeded) -> Response:
    db.session.rollback()
    return problem(TooManyError.status, TooManyError.code, str(TooManyError.message))


@bp.route(PATH, methods=["OPTIONS"], provide_automatic_options=False)
def ask_first(key: str) -> Response:
    """Tells a browser beforehand that the site it shows may send feedback."""
    headers = {
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": "7200",
    }
    return Response(status=204, headers=headers, mimetype="text/plain")


@bp.route(PATH, methods=["POST"], provide_automatic_options=False)
@feedback_limit
def send(key: str) -> tuple[dict[str, object], int]:
    """Takes one piece of feedback; it is on disk before the answer leaves.

    Body, as JSON: ``answers`` (by question name), ``question_set``, ``lang`` ('fr', 'en'), ``page``
    (path the person came from), ``reference``, ``channel``, ``idempotency_key``, ``contact`` (an
    e-mail address, where the service asks for one); as a form, each answer is a field. ``rating``
    and ``comment`` may stand beside the others in JSON too.
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
    try:
        fields = _fields()
    except RequestEntityTooLarge as error:
        raise TooLargeError() from error
    lang = fields.get("lang", g.lang_code)
    if lang in LANGUAGES:
        g.lang_code = lang
        refresh()
    answers = fields.get("answers", {})
    if not isinstance(answers, dict):
        raise FeedbackRefusedError({"answers": _l("Give the answers by the name of the question.")})
    beside = {str(name): fields[name] for name in ("rating", "comment") if name in fields}
    return Submission(
        answers={**beside, **answers},
        question_set=fields.get("question_set"),
        lang=lang,
        page=fields.get("page"),
        reference=fields.get("reference"),
        channel=fields.get("channel", "widget"),
        idempotency_key=fields.get("idempotency_key"),
        contact=fields.get("contact"),
    )


def _fields() -> dict[str, object]:
    if request.is_json:
        return _read_json()
    if request.mimetype in FORM_TYPES:
        return read_form()
    raise UnsupportedTypeError()


def _read_json() -> dict[str, object]:
    try:
        fields = request.get_json()
    except (BadRequest, RecursionError) as error:
        raise UnreadableBodyError() from error
    if not isinstance(fields, dict):
        raise UnreadableBodyError()
    return fields
