"""Pages."""

from flask import Blueprint, Flask

from consult.surveys import queries  # noqa: F401  (the tables, until the pages that read them)

bp = Blueprint("surveys", __name__, template_folder="templates")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
