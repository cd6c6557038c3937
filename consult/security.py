"""Headers, cross-site request forgery and rate limits, from the first day and with no exception."""

from contextlib import suppress
from functools import lru_cache

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from consult import limit_counts  # noqa: F401 (registers the storage "process://")

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
    ancestors = g.get("frame_ancestors", CONTENT_SECURITY_POLICY["frame-ancestors"])
    actions = g.get("form_action", CONTENT_SECURITY_POLICY["form-action"])
    policy = SANDBOX if "sandboxed" in g else _policy(ancestors, actions)
    headers["Content-Security-Policy"] = policy
    if "frame_ancestors" not in g:
        headers["X-Frame-Options"] = "DENY"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SETTINGS"].secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def _tell_when_to_return(response: Response) -> Response:
    """``Retry-After`` for who was refused only: the limiter tells it to everyone it counts."""
    if "retry_after" in g:
        response.headers["Retry-After"] = g.retry_after
    elif response.status_code != 429:
        response.headers.pop("Retry-After", None)
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
    app.config["RATELIMIT_HEADERS_ENABLED"] = True
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True  # nobody is refused for Redis
    app.before_request(_receive_body)
    app.session_interface = Sessions()
    csrf.init_app(app)
    app.after_request(_tell_when_to_return)  # what is registered first has the last word
    limiter.init_app(app)
    app.after_request(_set_headers)
