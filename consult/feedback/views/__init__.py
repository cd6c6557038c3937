"""Feedback on the web: the interface for widgets, the page without script, the staff's pages."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Plugs feedback into ``app``."""
