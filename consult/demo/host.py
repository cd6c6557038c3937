"""A page of another site that carries the feedback widget, under the strictest policy it may have.

It shows a newcomer, and a test, that one pasted line is enough: another origin, no inline script,
no style of its own, and a link that works without JavaScript.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from markupsafe import Markup

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

TEXTS = {
    "fr": {
        "lang": "fr-CA",
        "title": "Votre demande est envoyée",
        "body": "Ceci est la page d’un service fictif, sur un autre site que consult.",
        "link": "Donner votre avis sur ce service",
        "form": "avis",
    },
    "en": {
        "lang": "en-CA",
        "title": "Your application is sent",
        "body": "This is the page of a fictitious service, on another site than consult.",
        "link": "Give feedback on this service",
        "form": "feedback",
    },
}

PAGE = Markup(
    """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>{title}</h1><p>{body}</p>
<script src="{site}/widget.js" data-service="{key}" async></script>
<noscript><a href="{site}/{code}/services/{key}/{form}?page=/confirmation">{link}</a></noscript>
</main></body></html>
"""
)


def host_page(site: str, key: str) -> WSGIApplication:
    """A WSGI application that answers ``/fr`` and ``/en`` with the widget of service ``key``."""
    policy = f"default-src 'none'; script-src {site}; connect-src {site}; base-uri 'none'"

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        code = "en" if environ["PATH_INFO"].startswith("/en") else "fr"
        page = PAGE.format(site=site, key=key, code=code, **TEXTS[code])
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Security-Policy", policy),
        ]
        start("200 OK", headers)
        return [page.encode()]

    return answer


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Keeps visits out of the terminal."""


def serve_host_page(site: str, key: str, port: int) -> WSGIServer:
    """Serves the page on loopback in a thread; call ``shutdown()`` on what is returned."""
    server = make_server("127.0.0.1", port, host_page(site, key), handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
