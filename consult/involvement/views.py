"""Pages of involvement activities and of what was learned."""

from flask import Blueprint, Flask

from consult.involvement import models  # noqa: F401 (tables)

bp = Blueprint("involvement", __name__, template_folder="templates")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
