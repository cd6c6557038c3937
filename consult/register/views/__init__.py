"""The register’s pages that change it; workspace shows what it holds."""

from flask import Flask

from consult.register.views import files, outside, services
from consult.register.views.blueprint import bp

__all__ = ["files", "init_app", "outside", "services"]


def init_app(app: Flask) -> None:
    """Plugs the register's pages into ``app``."""
    app.register_blueprint(bp)
