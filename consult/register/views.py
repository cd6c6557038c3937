"""The register’s pages."""

from flask import Blueprint, Flask

from consult.register import models  # noqa: F401 (tables)

bp = Blueprint("register", __name__, template_folder="templates")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
