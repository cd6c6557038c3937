"""Pages of another site that carry the feedback widget, under the strictest policy they may have.

They show a newcomer, and tests, that one pasted line is enough: another origin, no inline script,
no style of its own, and a link that works without JavaScript.

``/fr`` and ``/en`` carry the script tag; what stands in their query becomes attributes of it
(``/fr?set=trust&display=button``). ``/app`` adds and removes the element by a script of its own,
``/rtl`` is written from right to left, ``/hostile`` breaks what scripts rely on.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl
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
<html lang="{lang}"{direction}><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>
<body><main><h1>{title}</h1><p>{body}</p>
{widget}
</main></body></html>
"""
)

TAG = Markup(
    """<script src="{site}/{path}" data-service="{key}"{attributes} async></script>
<noscript><a href="{site}/{code}/services/{key}/{form}?page=/confirmation">{link}</a></noscript>"""
)

#: A page that shows and hides the element, as an application of one page does.
APP = Markup(
    """<script src="{site}/widget/{key}.js" async></script>
<p><button id="add">+</button> <button id="remove">−</button></p><div id="view"></div>
<script src="/app.js"></script>"""
)

APP_SCRIPT = """
const view = document.getElementById("view");
let kept;
document.getElementById("add").onclick = () => {
  const element = kept || document.createElement("consult-feedback");
  kept = undefined;
  view.append(element);
};
document.getElementById("remove").onclick = () => {
  kept = view.lastElementChild;
  kept?.remove();
};
"""

#: What old libraries and broken pages do to the language, at its worst.
HOSTILE_SCRIPT = """
const broken = () => { throw new Error("broken by the page"); };
for (const name of ["map", "forEach", "filter", "some", "every", "reduce", "find", "includes",
  "indexOf", "join", "push", "slice", "concat", "reverse", "flatMap", "toJSON"]) {
  Array.prototype[name] = broken;
}
for (const name of ["display", "method", "headers", "mode", "signal", "errors", "thanks",
  "masked", "contact", "set", "sets", "service", "rating", "hidden"]) {
  Object.prototype[name] = "polluted";
}
JSON.parse = JSON.stringify = broken;
String.prototype.trim = String.prototype.replaceAll = broken;
Element.prototype.show = Element.prototype.hide = broken;
"""


def host_page(site: str, key: str) -> WSGIApplication:
    """A WSGI application with the pages above, for the widget of service ``key`` of ``site``."""
    policy = f"default-src 'none'; script-src {site} 'self'; connect-src {site}; base-uri 'none'"
    scripts = {"/app.js": APP_SCRIPT, "/hostile.js": HOSTILE_SCRIPT}

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        path = environ["PATH_INFO"]
        kind, body = "javascript", scripts.get(path)
        if body is None:
            kind, body = "html", _page(site, key, path, environ.get("QUERY_STRING", ""))
        headers = [
            ("Content-Type", f"text/{kind}; charset=utf-8"),
            ("Content-Security-Policy", policy),
        ]
        start("200 OK", headers)
        return [body.encode()]

    return answer


def _page(site: str, key: str, path: str, query: str) -> str:
    code = "en" if path.startswith("/en") else "fr"
    given = dict(parse_qsl(query))
    script = given.pop("script", "widget.js")
    told = Markup("").join(Markup(' data-{}="{}"').format(*pair) for pair in given.items())
    texts = {**TEXTS[code], "direction": "", "head": ""}
    if path == "/rtl":
        texts |= {"lang": "ar", "direction": Markup(' dir="rtl"')}
    if path == "/hostile":
        texts["head"] = Markup('<script src="/hostile.js"></script>')
    if path == "/app":
        widget = APP.format(site=site, key=key)
    else:
        widget = TAG.format(
            site=site, key=key, code=code, path=script, attributes=told, **TEXTS[code]
        )
    return PAGE.format(widget=widget, **texts)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Keeps visits out of the terminal."""


def serve_host_page(site: str, key: str, port: int) -> WSGIServer:
    """Serves the pages on loopback in a thread; call ``shutdown()`` on what is returned."""
    server = make_server("127.0.0.1", port, host_page(site, key), handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
