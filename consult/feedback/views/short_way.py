"""The short way in for what arrives all day: one piece of feedback, as JSON, without a token.

It does what ``POST /api/v1/services/<key>/feedback`` does, with the same services, before Flask's
own machinery, which takes longer than all the rest. It only ever answers that a piece is recorded.
Forms, tokens, refusals, limits and errors go the long way, as if they had not been read here.
"""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import cache, lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Flask, has_app_context
from limits import RateLimitItem, parse
from sqlalchemy.exc import SQLAlchemyError

from consult.catalogues import LANGUAGES
from consult.config import Settings
from consult.db import utc_now
from consult.feedback import queries, services
from consult.feedback.services import Received
from consult.feedback.views.api.reading import submission_from
from consult.feedback.views.intake import COUNTED, DATABASE_ERROR, SCOPE
from consult.organizations.origins import may_send, site_origin
from consult.security import headers_for_all, limiter

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

_PATH = re.compile(r"/api/v1/services/([A-Za-z0-9_-]{1,40})/feedback")
#: Bytes; a longer body goes the long way.
LONGEST = 32_000
#: What some senders add, and the long way understands.
_UNCOMMON = ("HTTP_AUTHORIZATION", "HTTP_IDEMPOTENCY_KEY", "HTTP_CONTENT_ENCODING")


class ShortWay:
    """Stands before ``long_way``, the application's own WSGI callable."""

    def __init__(self, app: Flask, long_way: Wsgi) -> None:
        settings: Settings = app.config["SETTINGS"]
        self._app, self._long_way = app, long_way
        self._base_url, self._own = settings.base_url, site_origin(settings.base_url)
        self._longest = min(LONGEST, settings.max_request_bytes)
        self._thanks_url = cache(self._build_thanks_url)
        self._headers = [*headers_for_all(settings).items(), ("Vary", "Origin")]

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        found = _PATH.fullmatch(environ["PATH_INFO"])
        if found is None or not self._is_common(environ):
            return self._long_way(environ, start_response)
        fields = _read(environ)
        if fields is None:
            return self._long_way(environ, start_response)
        try:
            # A context that stands is used, as Flask does for a request.
            with nullcontext() if has_app_context() else self._app.app_context():
                received = self._receive(found[1], environ, fields)
        except Exception as error:  # the long way meets it again, and tells it
            if isinstance(error, SQLAlchemyError):
                environ[DATABASE_ERROR] = error
            received = None
        if received is None:
            return self._long_way(environ, start_response)
        return self._answer(received, environ, fields["lang"], start_response)

    def _is_common(self, environ: Environ) -> bool:
        length = environ.get("CONTENT_LENGTH") or ""
        return (
            environ["REQUEST_METHOD"] == "POST"
            and environ.get("CONTENT_TYPE", "").partition(";")[0] == "application/json"
            and length.isdecimal()
            and int(length) <= self._longest
            and not environ.get("QUERY_STRING")
            and environ.keys().isdisjoint(_UNCOMMON)
        )

    def _receive(self, key: str, environ: Environ, fields: dict[str, Any]) -> Received | None:
        """What was stored; None when the long way has to see to it."""
        service = queries.served(key)
        if service is None or service.tells_others or fields.get("contact"):
            return None
        if not may_send(environ.get("HTTP_ORIGIN"), service, self._own):
            return None
        most = _per_minute(self._app.config["SETTINGS"].feedback_per_minute)
        if not limiter.count(most, key, SCOPE):
            return None
        environ[COUNTED] = True
        return services.receive(service, submission_from(fields, strict=True), utc_now())

    def _build_thanks_url(self, lang: str) -> str:
        path = self._app.url_map.bind("").build("publishing.you_said", {"lang_code": lang})
        return f"{self._base_url}{path}"

    def _answer(
        self, received: Received, environ: Environ, lang: str, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        told = {
            "id": str(received.public_id),
            "masked": received.is_masked,
            "thanks": self._thanks_url(lang),
        }
        body = json.dumps(told, separators=(",", ":")).encode() + b"\n"
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            *self._headers,
        ]
        if origin := environ.get("HTTP_ORIGIN"):
            headers.append(("Access-Control-Allow-Origin", origin))
            headers.append(("Access-Control-Expose-Headers", "Retry-After"))
        status = HTTPStatus.CREATED if received.is_new else HTTPStatus.OK
        start_response(f"{status.value} {status.phrase.upper()}", headers)
        return [body]


@lru_cache
def _per_minute(most: int) -> RateLimitItem:
    return parse(f"{most} per minute")


def _read(environ: Environ) -> dict[str, Any] | None:
    """The fields of the body, which can then be read again; None for what is no such object."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    environ["wsgi.input"] = BytesIO(body)
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or fields.get("lang") not in LANGUAGES:
        return None
    return fields
