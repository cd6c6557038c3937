"""Feedback on the web: the interface for widgets, the page without script, the staff's pages."""

from flask import Flask

from consult.feedback.views import api, page, staff, widget


def init_app(app: Flask) -> None:
    """Plugs feedback into ``app``."""
    for module in (api, page, widget, staff):
        app.register_blueprint(module.bp)
