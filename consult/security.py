"""Headers, cross-site request forgery and rate limits, from the first day and with no exception."""

import time
from contextlib import suppress
from functools import lru_cache

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect
from limits import RateLimitItem
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from consult import limit_counts  # noqa: F401 (registers the storage "process://")
from consult.config import Settings

csrf = CSRFProtect()


def _no_key() -> str:
    """Limits are per service or per account, never per address: each limit names its own key."""
    return "all"


class ViewLimiter(Limiter):
    """Limits stand at views only: nothing is looked up before a request finds its view."""

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)

    def count(self, limit: RateLimitItem, *identifiers: str) -> bool:
        """Counts what no view was called for, as the limit of a view would.

        False when the limit is reached, or nothing can be counted: a view has to see to it.
        """
        if self._storage_dead:
            return False
        try:
            return self.limiter.hit(limit, *identifiers)
        except self.limiter.storage.base_exceptions:
            return False


limiter = ViewLimiter(key_func=_no_key, default_limits=[])

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


_FIXED_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
_NO_STORE = ("Cache-Control", "no-store")
_HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")

#: For a file that somebody sent.
SANDBOX = "default-src 'none'; sandbox"


@lru_cache
def _policy(ancestors: str, actions: str) -> str:
    """The policy of a page that these ``ancestors`` may frame, whose forms lead to ``actions``."""
    directives = CONTENT_SECURITY_POLICY | {"frame-ancestors": ancestors, "form-action": actions}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def allow_framing(origins: list[str]) -> None:
    """Lets ``origins`` frame the page being answered; every other page refuses all framing."""
    g.frame_ancestors = " ".join(["'self'", *origins])


def allow_returning(origin: str) -> None:
    """Lets the forms of the page being answered lead, once sent, to ``origin`` besides us."""
    g.form_action = f"'self' {origin}"


def sandbox() -> None:
    """Takes every right from what is being answered: a file that somebody sent, should it open."""
    g.sandboxed = True


def _receive_body() -> None:
    """Waits for the whole body before anything touches the database.

    A view may look up its service, and so begin a transaction, before it reads what was sent: on
    a slow connection every other writer of SQLite would wait for that body.
    """
    with suppress(RequestEntityTooLarge):  # the view meets it again, and says it in its own way
        request.get_data()


def _set_headers(response: Response) -> Response:
    headers = response.headers
    for name, value in _FIXED_HEADERS:
        headers[name] = value
    ancestors = g.get("frame_ancestors", CONTENT_SECURITY_POLICY["frame-ancestors"])
    actions = g.get("form_action", CONTENT_SECURITY_POLICY["form-action"])
    policy = SANDBOX if "sandboxed" in g else _policy(ancestors, actions)
    headers["Content-Security-Policy"] = policy
    if "frame_ancestors" not in g:
        headers["X-Frame-Options"] = "DENY"
    headers.setdefault(*_NO_STORE)
    if current_app.config["SETTINGS"].secure:
        headers.set(*_HSTS)
    return response


def headers_for_all(settings: Settings) -> dict[str, str]:
    """What every answer carries that no view has changed."""
    policy = _policy(
        CONTENT_SECURITY_POLICY["frame-ancestors"], CONTENT_SECURITY_POLICY["form-action"]
    )
    hsts = [_HSTS] if settings.secure else []
    own = (("Content-Security-Policy", policy), ("X-Frame-Options", "DENY"), _NO_STORE)
    return dict((*own, *_FIXED_HEADERS, *hsts))


def _tell_when_to_return(response: Response) -> Response:
    """``Retry-After``, in seconds, for who was refused."""
    reached = limiter.current_limit
    if response.status_code == 429 and reached is not None:
        response.headers["Retry-After"] = str(max(0, int(reached.reset_at - time.time())))
    elif "retry_after" in g:
        response.headers["Retry-After"] = g.retry_after
    return response


class Sessions(SecureCookieSessionInterface):
    """Sessions in signed cookies; who sends no cookie costs no signature."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def init_app(app: Flask) -> None:
    """Security for every response of ``app``."""
    settings = app.config["SETTINGS"]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "process://"
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True  # nobody is refused for Redis
    app.before_request(_receive_body)
    app.session_interface = Sessions()
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_tell_when_to_return)
    app.after_request(_set_headers)
