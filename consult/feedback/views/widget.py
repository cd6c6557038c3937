"""The widget's script, at a short address that stays the same."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext as _l

from consult.config import resource_folder
from consult.errors import DomainError

bp = Blueprint("feedback_widget", __name__)


class WidgetNotBuiltError(DomainError):
    """The assets were never built here."""

    status = 503
    code = "widget-not-built"
    message = _l("The widget is not built on this server. Run: python -m consult.assets build")


@dataclass(frozen=True)
class Script:
    """A script ready to send: plain, compressed, and the mark that tells its version."""

    plain: bytes
    compressed: bytes
    etag: str


@lru_cache(maxsize=1)
def _read_script(_modified_ns: int) -> Script:
    plain = (resource_folder("static") / "dist" / "widget.js").read_bytes()
    digest = hashlib.sha256(plain).hexdigest()[:20]
    return Script(plain, gzip.compress(plain, 9, mtime=0), digest)


def built_script() -> Script:
    """The built widget, read again only when it was built again.

    Raises:
        WidgetNotBuiltError: there is none.
    """
    try:
        stat = (resource_folder("static") / "dist" / "widget.js").stat()
    except FileNotFoundError as error:
        raise WidgetNotBuiltError() from error
    return _read_script(stat.st_mtime_ns)


@bp.get("/widget.js")
def script() -> Response:
    """The script any allowed site may load; kept five minutes, then asked for by its mark."""
    built = built_script()
    compressed = request.accept_encodings.quality("gzip") > 0
    response = Response(built.compressed if compressed else built.plain, mimetype="text/javascript")
    if compressed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{built.etag}-gzip" if compressed else built.etag)
    response.cache_control.public = True
    response.cache_control.max_age = 300
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.make_conditional(request)
    return response
