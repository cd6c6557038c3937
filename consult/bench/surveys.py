"""``consult bench surveys``: one run in which everything is compared, turn by turn."""

import random
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import inspect

from consult.bench.content import make_consultation
from consult.bench.exporting import measure_export
from consult.bench.pages import Times, medians, signed_in, take_part, timed
from consult.bench.table import Line
from consult.db import Localized, db, utc_now
from consult.organizations import services as organizations
from consult.surveys.models import Consultation
from consult.surveys.results.keeping import recount

#: Names in addresses: of the consultation without answers, with a few, with many.
NONE, FEW, MANY = "none", "few", "many"

#: What a person does, and the highest ratio promised between many answers and none.
STEPS = {"open": "open a page (GET)", "save": "save a page (POST)", "send": "send the answers"}
PAGE_LIMIT, RESULTS_LIMIT = 1.2, 3.0

Say = Callable[[str], None]


@dataclass(frozen=True)
class Sizes:
    """Answers of the large consultation and of the small one; rounds; exports of each format."""

    many: int
    few: int
    rounds: int
    exports: int


def measure_surveys(database_url: str, sizes: Sizes, say: Say) -> list[Line]:
    """Fills an empty PostgreSQL database, measures, and empties it again."""
    with tempfile.TemporaryDirectory() as folder, _application(database_url, Path(folder)) as app:
        say(f"{sizes.many:,} and {sizes.few:,} answers to 20 questions …")
        with app.app_context():
            account_id = _fill(sizes, utc_now())
        say("pages …")
        lines = _pages(app, sizes)
        say("results …")
        lines += _results(app, account_id, sizes)
        for kind in ("csv", "json", "xlsx"):
            say(f"export in {kind} …")
            lines += _export(database_url, kind, sizes)
    return lines


@contextmanager
def _application(database_url: str, folder: Path) -> Iterator[Flask]:
    """The application on its tables, which are dropped at the end."""
    from consult import Settings, create_app

    settings = Settings(secret_key=secrets.token_hex(32), var_dir=folder, database_url=database_url)
    if not settings.sqlalchemy_url.startswith("postgresql"):
        raise click.UsageError("The benchmark measures PostgreSQL only.")
    app = create_app(settings)
    with app.app_context():
        engine = db.engine
        try:
            if inspect(engine).get_table_names():
                raise click.UsageError("The database is not empty: give one that is only for this.")
            db.create_all()
        except BaseException:
            engine.dispose()
            raise
    try:
        yield app
    finally:
        with app.app_context():
            db.drop_all()
            engine.dispose()


def _fill(sizes: Sizes, now: datetime) -> str:
    """Makes everything; returns the identifier of the account that reads it."""
    actor = organizations.create_account(
        "mesure@example.org", "Mesure", secrets.token_hex(16), is_central=True
    )
    body = organizations.add_organization("mesure", Localized("Mesure", "Measure"), Localized())
    for slug, answers in ((NONE, 0), (FEW, sizes.few), (MANY, sizes.many)):
        made = make_consultation(actor, body, slug, answers, now)
        recount(made.id, lambda _step, _share: None, utc_now())
        db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    return str(actor.get_id())


def _pages(app: Flask, sizes: Sizes) -> list[Line]:
    """People answer the consultation without answers and the one with many, by turns."""
    none: Times = {}
    many: Times = {}
    draw = random.Random(1)
    for number in range(sizes.rounds + 1):
        by_turns = [(NONE, none), (MANY, many)]
        for slug, times in by_turns[:: 1 if number % 2 else -1]:
            take_part(app, slug, draw, times if number else {})  # the first warms up
    before, after = medians(none), medians(many)
    return [
        Line(words, "ms", "0 answers", before[step], after[step], PAGE_LIMIT)
        for step, words in STEPS.items()
    ]


def _results(app: Flask, account_id: str, sizes: Sizes) -> list[Line]:
    """The staff's results, then the public's once both consultations are closed."""
    few: Times = {}
    many: Times = {}
    staff, public = signed_in(app, account_id), app.test_client()
    for what, client, path in (
        ("staff results page", staff, "/en/staff/consultations/{}/results"),
        ("public results page", public, "/en/consultations/{}/results"),
    ):
        for number in range(sizes.rounds + 1):
            for slug, times in ((FEW, few), (MANY, many)):
                address = path.format(slug)
                timed(times if number else {}, what, lambda: client.get(address))  # noqa: B023
        with app.app_context():
            _close()
    before, after = medians(few), medians(many)
    reference = f"{sizes.few:,} answers"
    return [
        Line(what, "ms", reference, before[what], after[what], RESULTS_LIMIT) for what in before
    ]


def _close() -> None:
    now = utc_now()
    for consultation in db.session.scalars(db.select(Consultation)):
        consultation.closes_at = now - timedelta(minutes=1)
        consultation.results_published_at = now
    db.session.commit()


def _export(database_url: str, kind: str, sizes: Sizes) -> list[Line]:
    figures = measure_export(database_url, MANY, kind, sizes.exports)
    return [
        Line(
            f"export in {kind}",
            "rows/s",
            "bare COPY",
            sizes.many / figures.copy_seconds,
            sizes.many / figures.seconds,
        ),
        Line(
            f"memory grown by it ({kind})",
            "MB",
            "size of the file",
            figures.size_mb,
            figures.grown_mb,
        ),
    ]
