"""The interface for widgets and servers: one file per operation, and its description."""

from flask import Flask

from consult.feedback.views.api import batch as _batch  # noqa: F401  its route
from consult.feedback.views.api import guide
from consult.feedback.views.api import questions as _questions  # noqa: F401
from consult.feedback.views.api import send as _send  # noqa: F401
from consult.feedback.views.api import take_out as _take_out  # noqa: F401
from consult.feedback.views.api.blueprint import bp
from consult.feedback.views.api.description import describe


def init_app(app: Flask) -> None:
    """Adds the operations, their description and the page that shows it."""
    describe(app, bp)
    app.register_blueprint(guide.bp)
