"""Pages."""

from flask import Blueprint, Flask, render_template

from consult.i18n import bilingual_route

bp = Blueprint("publishing", __name__, template_folder="templates")


@bilingual_route(bp, "/", "/")
def home() -> str:
    return render_template("publishing/home.html")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
