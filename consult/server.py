"""The web server: Gunicorn with threads, embedded so that one command starts it anywhere."""

from collections.abc import Callable

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication


class Server(BaseApplication):  # type: ignore[misc]
    """Serves one Flask application on one address until told to stop."""

    def __init__(
        self, app: Callable[[], Flask], host: str, port: int, workers: int, threads: int
    ) -> None:
        self._app = app
        self._options = {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "worker_tmp_dir": None,
            "keepalive": 5,
            "graceful_timeout": 10,
            "loglevel": "error",  # its warnings name the addresses of visitors
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app()


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, help="Processes; above 1, set Redis.")
@click.option("--threads", default=8, show_default=True, help="Threads of each process.")
@with_appcontext
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serves the site until stopped (Ctrl-C or SIGTERM)."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    Server(lambda: app, host, port, workers, threads).run()
