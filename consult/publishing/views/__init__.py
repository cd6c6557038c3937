"""The public's pages: home, "You said, we did", its feeds, and who follows it."""

from flask import Flask

from consult.publishing import jobs
from consult.publishing.views import following, pages, said
from consult.publishing.views.blueprint import bp

__all__ = ["bp", "following", "init_app", "pages", "said"]


def init_app(app: Flask) -> None:
    """Plugs the public's pages into ``app``, and the letters into its queue."""
    app.register_blueprint(bp)
    jobs.init_app(app)
