"""``consult demo``: one command from nothing to a site one can click through."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select

from consult.config import Settings
from consult.db import db, utc_now
from consult.demo.host import serve_host_page
from consult.demo.load import (
    DEMO_SERVICE,
    allow_origin,
    load_content,
    request_analyses,
    staff_account,
)
from consult.jobs import queue
from consult.jobs.models import Job, JobState
from consult.organizations import queries as organizations

ADDRESSES = """
  Pour la population / for citizens
    {site}/fr/                  {site}/en/
  La languette d'avis sur un autre site / the widget on another site
    {host}/fr   {host}/en
  Pour le personnel / for staff
    {site}/fr/analyses          {site}/en/analyses
    {email}  ·  {password}

  Ctrl-C pour arrêter / to stop
"""


PORT = click.IntRange(1, 65_534)


def _say(step: str) -> None:
    click.echo(f"  {step}")


def _password(settings: Settings) -> str:
    """The demo's staff password, made once and kept in the var folder."""
    path = settings.var_dir / "demo-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text().strip()


@contextmanager
def _process(*arguments: str, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """Another ``consult`` command running beside this one, ended with it."""
    environment = {
        **os.environ,
        "CONSULT_SECRET_KEY": settings.secret_key,
        "CONSULT_VAR_DIR": str(settings.var_dir.resolve()),
        "CONSULT_BASE_URL": settings.base_url,
        "CONSULT_DEMO_NOTICE": "true",
    }
    command = [str(Path(sys.executable).with_name("consult")), *arguments]
    process = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def _prepare(origin: str) -> list[int]:
    """Migrates and, the first time, fills the database; returns the jobs to wait for."""
    upgrade()
    if organizations.account_by_email(staff_account.email):
        allow_origin(origin)
        db.session.commit()
        return []
    started = time.monotonic()
    actor = load_content(origin, _password(current_app.config["SETTINGS"]), utc_now(), say=_say)
    jobs = request_analyses(actor, utc_now())
    db.session.commit()
    for job in jobs:
        queue.announce(job)
    _say(f"contenu chargé / content loaded ({time.monotonic() - started:.1f} s)")
    return [job.id for job in jobs]


def _require_free(port: int, option: str) -> None:
    """Stops with one line when something else listens on ``port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise click.UsageError(
                f"le port {port} est pris : choisissez-en un autre / port {port} is taken: "
                f"choose another ({option})"
            ) from error


def _wait_until_served(server: subprocess.Popen[bytes], port: int) -> None:
    """Returns once the site takes visitors."""
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise click.ClickException("the site did not start: see the lines above")


def _widget_key() -> str:
    service = organizations.service_by_slug(DEMO_SERVICE)
    if service is None:
        raise click.ClickException("the demo is not whole: delete its var folder and start again")
    key = service.key
    db.session.remove()
    return key


def _wait_for(jobs: list[int], worker: subprocess.Popen[bytes]) -> None:
    """Shows the progress of the first analyses until they end."""
    if not jobs:
        return
    with click.progressbar(length=100 * len(jobs), label="  analyse / analysis") as bar:
        while worker.poll() is None:
            rows = db.session.execute(select(Job.state, Job.progress).where(Job.id.in_(jobs))).all()
            db.session.rollback()
            bar.update(int(100 * sum(row.progress for row in rows)) - bar.pos)
            if all(row.state not in (JobState.QUEUED, JobState.RUNNING) for row in rows):
                bar.update((bar.length or 0) - bar.pos)
                break
            time.sleep(0.3)


@click.command("demo")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port of the site.")
@click.option("--host-port", type=PORT, help="Port of the other site; the next one if not given.")
@with_appcontext
def demo(port: int, host_port: int | None) -> None:
    """Loads the demo the first time, then serves it until stopped."""
    host_port = host_port or port + 1
    _require_free(port, "PORT, --port")
    _require_free(host_port, "PORT, --host-port")
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        _run(port, host_port)
    except KeyboardInterrupt:
        click.echo("\n  Arrêt / stopping")


def _run(port: int, host_port: int) -> None:
    site, host = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{host_port}"
    settings = current_app.config["SETTINGS"].model_copy(update={"base_url": site})
    jobs = _prepare(host)
    with (
        _process("worker", settings=settings) as worker,
        _process("serve", "--port", str(port), settings=settings) as server,
    ):
        _wait_for(jobs, worker)
        _wait_until_served(server, port)
        other_site = serve_host_page(site, _widget_key(), host_port)
        account = {"email": staff_account.email, "password": _password(settings)}
        click.echo(ADDRESSES.format(site=site, host=host, **account))
        try:
            server.wait()
        finally:
            other_site.shutdown()
