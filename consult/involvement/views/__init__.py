"""Pages of involvement activities and of what was learned."""

from flask import Flask

from consult.involvement.views import documents, library, lists, making, one
from consult.involvement.views.blueprint import bp

__all__ = ["documents", "init_app", "library", "lists", "making", "one"]


def init_app(app: Flask) -> None:
    """Plugs the pages of involvement activities into ``app``."""
    app.register_blueprint(bp)
