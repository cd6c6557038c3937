"""The worker's command."""

import click
from flask import current_app
from flask.cli import with_appcontext

from consult.jobs import queue


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Does background jobs until stopped (Ctrl-C or SIGTERM)."""
    queue.work(current_app._get_current_object())  # type: ignore[attr-defined]
