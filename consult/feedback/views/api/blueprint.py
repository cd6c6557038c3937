"""What every operation shares: the service, the sites allowed, the token, the errors."""

from datetime import date

from flask import Response, current_app, g, request
from flask_limiter.errors import RateLimitExceeded
from flask_smorest import Blueprint
from sqlalchemy.exc import OperationalError

from consult.catalogues import LANGUAGES
from consult.db import db, utc_now
from consult.errors import DomainError, problem
from consult.feedback import queries
from consult.feedback.errors import (
    FeedbackRefusedError,
    ForeignOriginError,
    TokenNeededError,
    TooManyError,
    UnknownServiceError,
    UnknownTokenError,
)
from consult.feedback.models import ApiToken
from consult.feedback.queries import Served
from consult.feedback.queries.tokens import live_token
from consult.feedback.services.tokens import note_use, token_hash
from consult.feedback.views.intake import DATABASE_ERROR
from consult.organizations.origins import may_send, site_origin
from consult.security import csrf

bp = Blueprint("feedback_api", __name__, url_prefix="/api/v1/services/<key>")
csrf.exempt(bp)

#: Operations whose answers every site may read; those for servers; what browsers may add.
OPEN_TO_ALL = frozenset({"feedback_api.questions"})
NEED_TOKEN = frozenset({"feedback_api.send_batch", "feedback_api.take_out"})
BROWSERS_MAY_SEND = "Content-Type, Idempotency-Key"


@bp.before_request
def prepare() -> Response | None:
    """Takes the sender's language, the service, then the site that asks and the token given.

    A browser's question beforehand (OPTIONS) is answered here. No site is ever told that it may
    send a token: tokens are for servers.
    """
    g.lang_code = request.accept_languages.best_match(LANGUAGES) or "fr"
    service = queries.served((request.view_args or {})["key"])
    if service is None:
        raise UnknownServiceError()
    g.service = service
    _let_site_in(service)
    if request.method == "OPTIONS":
        return _may_send()
    if DATABASE_ERROR in request.environ:
        raise request.environ[DATABASE_ERROR]
    if "Authorization" in request.headers:
        g.api_token = _token(service)
    elif request.endpoint in NEED_TOKEN:
        raise TokenNeededError()
    return None


def _let_site_in(service: Served) -> None:
    if request.endpoint in OPEN_TO_ALL:
        g.allowed_origin = "*"
        return
    origin = request.headers.get("Origin")
    if not may_send(origin, service, site_origin(current_app.config["SETTINGS"].base_url)):
        raise ForeignOriginError()
    if origin:
        g.allowed_origin = origin


def _may_send() -> Response:
    """Tells a browser beforehand what the site it shows may send."""
    headers = {
        "Access-Control-Allow-Methods": "GET" if request.endpoint in OPEN_TO_ALL else "POST",
        "Access-Control-Allow-Headers": BROWSERS_MAY_SEND,
        "Access-Control-Max-Age": "7200",
    }
    return Response(status=204, headers=headers, mimetype="text/plain")


def _token(service: Served) -> ApiToken:
    """The token that the request carries; its day of use is noted, once a day."""
    given = request.authorization
    secret = given.token if given is not None and given.type == "bearer" else None
    token = live_token(service, token_hash(secret)) if secret else None
    if token is None:
        raise UnknownTokenError()
    today = utc_now().date()
    if token.last_used_on != today:
        token_id = token.id
        _note_use(token_id, today)
        token = db.session.get_one(ApiToken, token_id)
    return token


def _note_use(token_id: int, today: date) -> None:
    """In a transaction that begins with it: one that has read may not write later on SQLite.

    Nobody is refused because the database could not take this note.
    """
    db.session.rollback()
    try:
        note_use(token_id, today)
        db.session.commit()
    except OperationalError:
        db.session.rollback()


@bp.after_request
def share_with_allowed_sites(response: Response) -> Response:
    """Answers, errors too, can be read by the page that asked when its site is allowed."""
    if request.endpoint not in OPEN_TO_ALL:
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


@bp.errorhandler(TokenNeededError)
@bp.errorhandler(UnknownTokenError)
def ask_for_token(error: DomainError) -> Response:
    db.session.rollback()
    answer = problem(error.status, error.code, str(error.message))
    fault = ', error="invalid_token"' if isinstance(error, UnknownTokenError) else ""
    answer.headers["WWW-Authenticate"] = f'Bearer realm="consult"{fault}'
    return answer


@bp.errorhandler(RateLimitExceeded)
def ask_to_wait(_error: RateLimitExceeded) -> Response:
    db.session.rollback()
    return problem(TooManyError.status, TooManyError.code, str(TooManyError.message))
