"""Feedback on the web: the interface for widgets, the page without script, the staff's pages."""

from flask import Flask

from consult.feedback.views import api, blueprint, page, widget
from consult.feedback.views import staff as _staff  # noqa: F401  its routes
from consult.feedback.views import tokens as _tokens  # noqa: F401


def init_app(app: Flask) -> None:
    """Plugs feedback into ``app``."""
    api.init_app(app)
    for module in (page, widget, blueprint):
        app.register_blueprint(module.bp)
