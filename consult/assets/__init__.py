"""Style sheets, scripts and images: found by name, served compressed and cached for good.

``python -m consult.assets build`` makes them (:mod:`consult.assets.build`).
"""

import json
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, current_app
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from whitenoise import WhiteNoise

from consult.config import resource_folder

PREFIX = "static/"
HASHED = r"-[0-9a-f]{10}\.\w+$"


class AssetsNotBuiltError(RuntimeError):
    """The built files are missing: ``make assets`` makes them."""


def dist_folder() -> Path:
    """Where the built files are, in a checkout or in an installed package."""
    return resource_folder("static") / "dist"


def read_manifest(folder: Path) -> dict[str, str]:
    """The built file of each source, {'app.css': 'app-HASH.css', …}; empty before any build."""
    path = folder / "manifest.json"
    names: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return names


def asset_url(name: str) -> str:
    """The address of a built file by its source name: 'app.css' -> '/static/app-HASH.css'.

    Raises:
        AssetsNotBuiltError: it was not built when the application started.
    """
    manifest = current_app.extensions["assets"]
    if name not in manifest:
        raise AssetsNotBuiltError(f"{name} is not built. Run: make assets, then start again.")
    return f"/{PREFIX}{manifest[name]}"


def _headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def init_app(app: Flask) -> None:
    """Serves the built files under ``/static/`` and gives templates ``asset_url`` and components.

    The names are read now: the application keeps serving these, whatever is built meanwhile.
    The components of govuk-frontend-jinja are imported as
    ``govuk_frontend_jinja/components/NAME/macro.html``.
    """
    dist_folder().mkdir(parents=True, exist_ok=True)
    app.extensions["assets"] = read_manifest(dist_folder())
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=dist_folder(),
        prefix=PREFIX,
        autorefresh=app.debug,
        allow_all_origins=False,
        add_headers_function=_headers,
        immutable_file_test=HASHED,
    )
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    own = app.jinja_env.loader
    app.jinja_env.loader = ChoiceLoader([own, components] if own else [components])
    app.jinja_env.globals["asset_url"] = asset_url
