"""Broken rules are named exceptions; here they become a page or a problem document (RFC 9457)."""

import logging
import traceback
from typing import ClassVar

from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from consult.db import db

log = logging.getLogger(__name__)


class DomainError(Exception):
    """A rule of the domain that was broken; ``message`` says what happened and what to do."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "rule-broken"
    message: LazyString | str = _l("This action is not possible at the moment.")

    def __init__(self, message: LazyString | str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(type(self).code))


class NotAllowedError(DomainError):
    """The person's role does not give this right."""

    status = 403
    code = "not-allowed"
    message = _l("Your role does not give access to this page. Ask an administrator of your body.")


def without_words(error: BaseException) -> str:
    """An error as a log may keep it: its type and where it came from, never its message.

    A message may repeat what a person wrote.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{frames}"


#: What a problem document says where the rule that was broken has no words of its own.
_DETAILS = {
    400: _l("This request could not be understood. Check it and send it again."),
    401: _l("You have to say who you are first."),
    403: _l("This is not open to you."),
    404: _l("There is nothing at this address. Check it."),
    405: _l("This address cannot be used this way. The Allow header tells how it can."),
    409: _l("Something changed in the meantime. Send the request again."),
    413: _l("This is too large to be received."),
    415: _l("This kind of content is not taken here."),
    429: _l("Too many requests at once. Wait a minute, then try again."),
    503: _l("The service is not available for the moment. Try again in a few minutes."),
}
_OUR_DOING = _l("Something went wrong on our side. Try again in a few minutes.")


def _detail(status: int) -> str:
    return str(_DETAILS.get(status) or (_OUR_DOING if status >= 500 else _DETAILS[400]))


def wants_problem_document() -> bool:
    return request.path.startswith("/api/")


def problem(status: int, code: str, detail: str, **members: object) -> Response:
    """An ``application/problem+json`` answer; ``code`` names the problem type for machines."""
    body = {"type": f"urn:consult:problem:{code}", "status": status, "detail": detail, **members}
    response = jsonify(body)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _respond(status: int, code: str, message: str | None) -> Response | tuple[str, int]:
    if wants_problem_document():
        return problem(status, code, message or _detail(status))
    return render_template("errors/error.html", status=status, message=message), status


def _domain_error(error: DomainError) -> Response | tuple[str, int]:
    db.session.rollback()
    return _respond(error.status, error.code, str(error.message))


def csrf_error(_error: CSRFError) -> Response | tuple[str, int]:
    """A form whose token is too old or was never given."""
    message = _l(
        "This page stayed open too long, or cookies are blocked. "
        "Go back, reload the page and try again."
    )
    return _respond(400, "csrf", str(message))


def http_error(error: HTTPException) -> Response | tuple[str, int]:
    """The page or the problem document of any HTTP error."""
    db.session.rollback()
    answer = _respond(error.code or 500, error.name.lower().replace(" ", "-"), None)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response = answer if isinstance(answer, Response) else Response(*answer)
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return response
    return answer


def _database_away(error: SQLAlchemyError) -> Response | tuple[str, int]:
    db.session.rollback()
    log.error("database unavailable: %s", without_words(error))
    g.database_away = True
    words = _l("Our database does not answer. Send the same again in a moment: it will count once.")
    answer = _respond(503, "database-unavailable", str(words) if wants_problem_document() else None)
    g.retry_after = "10"
    return answer


def _conflict(error: IntegrityError) -> Response | tuple[str, int]:
    """Two requests at once made the same thing: a constraint let the first one through."""
    db.session.rollback()
    log.warning("refused by a constraint: %s", without_words(error))
    return _respond(409, "conflict", None)


def _unstorable(error: DataError) -> Response | tuple[str, int]:
    """Something was asked for by a value that no column holds: NUL, a number too great."""
    db.session.rollback()
    log.warning("a value the database does not take: %s", without_words(error))
    return _respond(400, "unstorable-value", None)


def _unexpected(error: Exception) -> Response | tuple[str, int]:
    db.session.rollback()
    log.error("unexpected %s", without_words(error))
    return http_error(InternalServerError())


def init_app(app: Flask) -> None:
    """No error ever shows a stack trace: each has a page in the reader's language."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("consult").setLevel(app.config["SETTINGS"].log_level)
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, csrf_error)
    app.register_error_handler(HTTPException, http_error)
    for away in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(away, _database_away)
    app.register_error_handler(IntegrityError, _conflict)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _unexpected)
