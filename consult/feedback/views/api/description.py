"""The OpenAPI 3.1 description of the interface, made from its schemas, in both languages."""

from typing import Any

from flask import Blueprint as FlaskBlueprint
from flask import Flask, Response, current_app, jsonify, request
from flask_babel import force_locale, gettext
from flask_smorest import Api, Blueprint

from consult.catalogues import LANGUAGES, LOCALES
from consult.feedback.views.api.errors import ERRORS
from consult.feedback.views.api.schemas import Problem
from consult.feedback.views.api.words import N_

bp = FlaskBlueprint("api_description", __name__)

VERSION = "1.0.0"

#: What of a description is words for people.
_WORDS = frozenset({"summary", "description", "title"})

TITLE = N_("Feedback on digital services")
ABOUT = N_(
    "Feedback comes in here from widgets, forms and servers, and a service takes its own out. "
    "No account or cookie is asked of those who give feedback, and no address is kept."
)
TOKEN = N_("A token that an administrator of the service makes, for its servers alone.")


class QuietApi(Api):
    """flask-smorest without its own errors and pages: ours are everywhere the same."""

    ERROR_SCHEMA = Problem

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Errors are told by ``consult.errors``."""


def describe(app: Flask, operations: Blueprint) -> None:
    """Registers the operations in ``app``, with their description at /api/v1/openapi.json."""
    api = QuietApi()
    about = {
        "title": TITLE,
        "version": VERSION,
        "openapi_version": "3.1.0",
        "info": {"description": ABOUT},
        "servers": [{"url": app.config["SETTINGS"].base_url}],
    }
    api.init_app(app, spec_kwargs=about)
    components = api.spec.components
    components.security_scheme("token", {"type": "http", "scheme": "bearer", "description": TOKEN})
    for status, (description, headers) in ERRORS.items():
        content = {"application/problem+json": {"schema": Problem}}
        response = {"description": description, "content": content, "headers": headers}
        components.response(f"Error{status}", response)
    api.register_blueprint(operations)
    for unused in ("Error", "PaginationMetadata"):  # flask-smorest's, for what we do not use
        components.schemas.pop(unused, None)
    app.extensions["api_description"] = {"spec": api.spec}
    app.register_blueprint(bp)


def description(lang: str) -> dict[str, Any]:
    """The description in a language; made once for each."""
    made: dict[str, Any] = current_app.extensions["api_description"]
    if lang not in made:
        with force_locale(LOCALES[lang]):
            made[lang] = _in_words(made["spec"].to_dict())
    found: dict[str, Any] = made[lang]
    return found


def _in_words(part: Any) -> Any:
    """A part of the description with its words translated."""
    if isinstance(part, dict):
        return {
            name: gettext(value)
            if name in _WORDS and isinstance(value, str) and value
            else _in_words(value)
            for name, value in part.items()
        }
    return [_in_words(value) for value in part] if isinstance(part, list | tuple) else part


@bp.get("/api/v1/openapi.json")
def openapi() -> Response:
    """The description, for machines; ``lang`` or the browser's languages choose its words."""
    asked = request.args.get("lang")
    lang = asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES)
    answer = jsonify(description(lang or "fr"))
    answer.vary.add("Accept-Language")
    answer.cache_control.public = True
    answer.cache_control.max_age = 300
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
