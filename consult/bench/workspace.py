"""``consult bench workspace``: each page of a team's day, on the demo and amid a whole government.

The demo is loaded into one database and copied into another, where a mass of other public bodies
stands beside it. The same person asks for the same pages of both, by turns.
"""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import click
from flask import Flask
from sqlalchemy import inspect, select

from consult.backup.archive import check, write_archive
from consult.backup.restoring import put_rows
from consult.bench.mass import Mass, add_mass
from consult.bench.pages import Times, medians, signed_in, timed
from consult.bench.table import Line
from consult.db import db, utc_now
from consult.demo.load import DEMO_SERVICE, load_content, request_analyses
from consult.feedback.services.totals import count_all
from consult.jobs import queue
from consult.jobs.models import Job

#: Amid the mass, a page may take so many times what it takes on the demo.
LIMIT = 2.0

#: What a person reads in a day; the public's pages first.
PAGES = {
    "home": "/fr/",
    "consultations": "/fr/consultations",
    "you said, we did": "/fr/vous-avez-dit-nous-avons-fait",
    "today": "/fr/equipe",
    "the team's services": "/fr/equipe/services",
    "a service": f"/fr/equipe/services/{DEMO_SERVICE}",
    "its inbox": f"/fr/equipe/services/{DEMO_SERVICE}/avis",
    "the team's consultations": "/fr/equipe/consultations",
    "analyses": "/fr/analyses",
    "targets": "/fr/cibles",
    "register of services": "/fr/equipe/registre/services",
    "register of consultations": "/fr/equipe/registre/consultations",
    "involvement": "/fr/equipe/participation",
    "shared learnings": "/fr/equipe/apprentissages",
    "board": "/fr/ameliorations/tableau",
    "audit trail": "/fr/equipe/journal",
    "improvements": "/fr/ameliorations",
}


@dataclass(frozen=True)
class Sizes:
    """What stands beside the demo, and over how many turns medians are taken."""

    mass: Mass
    rounds: int


def measure_workspace(demo_url: str, mass_url: str, sizes: Sizes) -> Iterator[Line]:
    """Fills two empty PostgreSQL databases, measures, and empties them again."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _application(demo_url, Path(folder) / "demo") as demo,
        _application(mass_url, Path(folder) / "mass") as amid,
    ):
        click.echo("the demo and its analyses …", err=True)
        with demo.app_context():
            account_id = _load_demo()
            archive = Path(folder) / "demo.zip"
            _copy_out(archive)
        click.echo(f"{sizes.mass.feedback:,} pieces of feedback beside it …", err=True)
        with amid.app_context():
            _copy_in(archive)
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as own:
                add_mass(own, sizes.mass)
            count_all(utc_now())  # as the worker does
            db.session.remove()
        click.echo("pages …", err=True)
        yield from _pages(demo, amid, account_id, sizes.rounds)


@contextmanager
def _application(database_url: str, folder: Path) -> Iterator[Flask]:
    """An application on its own empty database, emptied again at the end."""
    from consult import Settings, create_app

    settings = Settings(secret_key=secrets.token_hex(32), var_dir=folder, database_url=database_url)
    if not settings.sqlalchemy_url.startswith("postgresql"):
        raise click.UsageError("The benchmark measures PostgreSQL only.")
    app = create_app(settings)
    with app.app_context():
        if inspect(db.engine).get_table_names():
            db.engine.dispose()
            raise click.UsageError("A database is not empty: give two that are only for this.")
        db.create_all()
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.drop_all()
            db.engine.dispose()


def _load_demo() -> str:
    """Loads the demo and analyses it; the identifier of its account."""
    actor = load_content("http://127.0.0.1:1", secrets.token_hex(8), utc_now(), lambda _step: None)
    jobs = [job.id for job in request_analyses(actor, utc_now())]
    account_id = actor.get_id()
    db.session.commit()
    for job in jobs:
        queue.run(job)
    failed = db.session.scalars(select(Job.error).where(Job.error != "")).all()
    if failed:
        raise click.ClickException(f"an analysis of the demo failed: {failed[0]}")
    db.session.commit()
    return account_id


def _copy_out(archive: Path) -> None:
    with db.engine.connect() as connection:
        write_archive(
            archive,
            connection,
            list(db.metadata.sorted_tables),
            archive.with_name("no-files"),
            revision="",
            mark="",
            made_at="",
            tell=lambda _table: None,
        )


def _copy_in(archive: Path) -> None:
    with ZipFile(archive) as opened, db.engine.begin() as connection:
        put_rows(connection, opened, check(opened), lambda _table: None)


def _pages(demo: Flask, amid: Flask, account_id: str, rounds: int) -> Iterator[Line]:
    small: Times = {}
    large: Times = {}
    clients = [(signed_in(demo, account_id), small), (signed_in(amid, account_id), large)]
    for number in range(rounds + 1):
        for what, path in PAGES.items():
            for client, times in clients[:: 1 if number % 2 else -1]:
                timed(times if number else {}, what, lambda: client.get(path))  # noqa: B023
    before, after = medians(small), medians(large)
    for what in PAGES:
        yield Line(what, "ms", "the demo", before[what], after[what], LIMIT)
