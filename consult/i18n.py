"""Languages: they live in the address (``/fr/…``, ``/en/…``), French is the default."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

import flask_babel
from babel.dates import format_time
from flask import Blueprint, Flask, current_app, g, redirect, request, url_for
from flask_babel import Babel
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.catalogues import LANGUAGES, LOCALES
from consult.db import Localized
from consult.quebec_time import quebec_day

babel = Babel()
View = TypeVar("View", bound=Callable[..., Any])


def current_lang() -> str:
    """The language of the page being made: 'fr' or 'en'."""
    return str(g.get("lang_code", "fr"))


def bilingual_route(
    blueprint: Blueprint, fr: str, en: str, **options: Any
) -> Callable[[View], View]:
    """Registers a view at its French and its English address: ``/fr{fr}`` and ``/en{en}``.

    ``url_for`` picks the address of the current language, or of ``lang_code`` when given.
    """

    def register(view: View) -> View:
        for lang, path in (("fr", fr), ("en", en)):
            blueprint.add_url_rule(
                f"/{lang}{path}", view.__name__, view, defaults={"lang_code": lang}, **options
            )
        return view

    return register


def switch_url(lang: str) -> str:
    """The address of the current page in ``lang``; its home page where the page has no twin."""
    endpoint = request.endpoint
    if not endpoint or not current_app.url_map.is_endpoint_expecting(endpoint, "lang_code"):
        return f"/{lang}/"
    twin = url_for(endpoint, **{**(request.view_args or {}), "lang_code": lang})
    # Added here: ``url_for`` would obey what a query says in its own words (_scheme, _external …).
    query = urlencode(list(request.args.items(multi=True)))
    return f"{twin}?{query}" if query else twin


def _pull_lang_code(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "lang_code" in values:
        g.lang_code = values.pop("lang_code")


def _default_lang_code(endpoint: str, values: dict[str, Any]) -> None:
    if "lang_code" in values:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang_code"):
        values["lang_code"] = current_lang()


def format_date(moment: datetime) -> str:
    """A Québec date in words: '23 novembre 2026', 'November 23, 2026'."""
    return date_in_words(quebec_day(moment))


def date_in_words(day: date, pattern: str = "long") -> str:
    """A date in words, which breaks before the year at most; French says '1er' for the first."""
    words = str(flask_babel.format_date(day, pattern))
    if current_lang() == "fr" and words.startswith("1 "):
        words = f"1er{words[1:]}"
    return words.replace(" ", "\u00a0").replace(",\u00a0", ", ")


def format_moment(moment: datetime) -> str:
    """Québec time in words: '23 novembre 2026 à 16 h 30', 'November 23, 2026, 4:30 p.m.'."""
    local = flask_babel.to_user_timezone(moment)
    if current_lang() == "fr":
        clock = f"{local.hour}\u00a0h" + (f"\u00a0{local.minute:02d}" if local.minute else "")
        return f"{format_date(moment)} à {clock}"
    return f"{format_date(moment)}, {format_time(local, 'h:mm a', locale='en_CA')}"


def localize(value: Localized) -> str | Markup:
    """The text in the page's language, or the other side marked with its own ``lang``."""
    lang = current_lang()
    text = value.in_language(lang)
    if text and not getattr(value, lang).strip():
        other = "fr" if lang == "en" else "en"
        return Markup('<span lang="{}">{}</span>').format(other, text)
    return text


def _locale() -> str:
    return LOCALES[current_lang()]


def _template_globals() -> dict[str, Any]:
    lang = current_lang()
    other = "en" if lang == "fr" else "fr"
    return {"lang": lang, "other_lang": other, "lang_switch_url": switch_url(other)}


#: The filters of Flask-Babel that speak a language.
_BABEL_FILTERS = (
    *("datetimeformat", "dateformat", "timeformat", "timedeltaformat"),
    *("numberformat", "decimalformat", "currencyformat", "percentformat", "scientificformat"),
)


def _at_each_page(words: Callable[..., Any]) -> Callable[..., Any]:
    """The same filter, never worked out while a template is compiled.

    Jinja would put a number that stands in a template in words once and for all, in the language
    of whoever asked for the page first.
    """

    @pass_context
    @wraps(words)
    def spoken(_context: Context, *arguments: Any, **options: Any) -> Any:
        return words(*arguments, **options)

    return spoken


def init_app(app: Flask) -> None:
    """Wires languages into routing, Babel and templates; ``/`` leads to ``/fr/``."""
    babel.init_app(app, locale_selector=_locale)
    app.url_value_preprocessor(_pull_lang_code)
    app.url_defaults(_default_lang_code)
    app.context_processor(_template_globals)
    app.add_template_filter(format_date, "date_words")
    app.add_template_filter(date_in_words, "day_words")
    app.add_template_filter(format_moment, "moment_words")
    app.add_template_filter(localize, "localize")
    filters = app.jinja_env.filters
    for name in (*_BABEL_FILTERS, "date_words", "moment_words", "localize"):
        filters[name] = _at_each_page(filters[name])
    app.before_request(_language_of_unknown_pages)

    @app.get("/")
    def root() -> Response:
        return redirect("/fr/")


def _language_of_unknown_pages() -> None:
    """A page that does not exist still speaks the language of its address, or of its reader."""
    if "lang_code" not in g:
        first = request.path.split("/", 2)[1]
        asked = request.accept_languages.best_match(LANGUAGES) if first == "api" else None
        g.lang_code = first if first in LANGUAGES else asked or "fr"
