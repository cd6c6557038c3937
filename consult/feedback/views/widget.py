"""The widget's script: for any service, for one service, and as it was handed out."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, abort, current_app, request

from consult.feedback import queries, services
from consult.feedback.errors import UnknownServiceError
from consult.feedback.question_sets import DEFAULT, READY
from consult.organizations import queries as organizations
from consult.organizations.models import Service

bp = Blueprint("feedback_widget", __name__)

#: Seconds. A short address is asked for again after five minutes; a content never changes.
SHORT, A_YEAR = 300, 31_536_000


@dataclass(frozen=True)
class Script:
    """A script ready to send: plain, compressed, and the mark that tells its version."""

    plain: bytes
    compressed: bytes
    etag: str


@lru_cache(maxsize=128)
def _prepare(content: str) -> Script:
    plain = content.encode()
    digest = hashlib.sha256(plain).hexdigest()[:20]
    return Script(plain, gzip.compress(plain, 9, mtime=0), digest)


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)


def _service(key: str) -> Service:
    service = organizations.service_by_key(key)
    if service is None:
        raise UnknownServiceError()
    return service


def _send(content: str, max_age: int) -> Response:
    """The script, which any page may load and check; compressed for who takes it so."""
    script = _prepare(content)
    compressed = request.accept_encodings.quality("gzip") > 0
    response = Response(
        script.compressed if compressed else script.plain, mimetype="text/javascript"
    )
    if compressed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{script.etag}-gzip" if compressed else script.etag)
    response.cache_control.public = True
    response.cache_control.max_age = max_age
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.make_conditional(request)
    return response


@bp.get("/widget.js")
def script() -> Response:
    """The script for any service, which asks the default questions."""
    return _send(services.any_service_script(_base_url(), READY[DEFAULT]), SHORT)


@bp.get("/widget/set/<name>.js")
def set_script(name: str) -> Response:
    """The same with another ready set: for a page that names it, by address or by attribute."""
    if name not in READY:
        abort(404)
    return _send(services.any_service_script(_base_url(), READY[name]), SHORT)


@bp.get("/widget/<key>.js")
def service_script(key: str) -> Response:
    """The script of one service, which follows its settings."""
    return _send(services.service_script(_service(key), _base_url()), SHORT)


@bp.get("/widget/<key>/<digest>.js")
def kept_script(key: str, digest: str) -> Response:
    """A script as it was handed out: it never changes, whatever the service's settings become."""
    content = queries.handed_out(_service(key), digest)
    if content is None:
        abort(404)
    response = _send(content, A_YEAR)
    response.cache_control.immutable = True
    return response
