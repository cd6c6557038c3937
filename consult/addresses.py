"""What an address may hold, so that no address a person makes up troubles the database."""

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

#: The greatest number an integer column holds on every database.
GREATEST_NUMBER = 2**31 - 1

#: Lists are never asked further than this page.
LAST_PAGE = 100_000


class NumberConverter(IntegerConverter):
    """``<int:…>`` in a route; a greater number than a column holds is an unknown address."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **{"max": GREATEST_NUMBER, **kwargs})


def asked_page() -> int:
    """The page of a list that the address asks for with ``page``, from 1; 1 when it is no number.

    Any number is taken: past the end of a list its page is empty.
    """
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)


def _refuse_nul() -> None:
    """No page of ours writes this character in an address, and PostgreSQL stores it nowhere."""
    values = (value for values in request.args.listvalues() for value in values)
    if "\0" in request.path or any("\0" in value for value in values):
        abort(404)


def init_app(app: Flask) -> None:
    """Applies these rules to every route of ``app``; call it before the slices add theirs."""
    app.url_map.converters["int"] = NumberConverter
    app.before_request(_refuse_nul)
