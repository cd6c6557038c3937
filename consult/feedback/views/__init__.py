"""Feedback on the web: the interface for widgets, the page without script, the staff's pages."""

from flask import Flask

from consult.feedback import jobs
from consult.feedback.views import alerts, api, blueprint, page, widget
from consult.feedback.views import staff as _staff  # noqa: F401  its routes
from consult.feedback.views import webhooks as _webhooks  # noqa: F401  its routes


def init_app(app: Flask) -> None:
    """Plugs feedback into ``app``."""
    for module in (alerts, api, page, widget, blueprint):
        app.register_blueprint(module.bp)
    jobs.init_app(app)
