"""Feedback on the web: the interface for widgets, the page without script, the staff's pages."""

from flask import Flask

from consult.feedback.views import api, blueprint, page, widget
from consult.feedback.views import asking as _asking  # noqa: F401  their routes
from consult.feedback.views import own_questions as _own_questions  # noqa: F401
from consult.feedback.views import staff as _staff  # noqa: F401


def init_app(app: Flask) -> None:
    """Plugs feedback into ``app``."""
    for module in (api, page, widget, blueprint):
        app.register_blueprint(module.bp)
