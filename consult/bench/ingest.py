"""``consult bench ingest``: feedback taken in per second, beside the barest view that could.

Both are started as ``consult serve`` is, write into the same table of the same database, and are
asked by turns, so that what else the machine does weighs on both alike.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click
from sqlalchemy import inspect

from consult.bench.load import Turn, gets, measure, posts
from consult.bench.table import Line
from consult.config import Settings
from consult.db import Localized, db
from consult.organizations import services as organizations

#: What is promised: of the bare view's posts per second, consult takes at least this share.
SHARE = 0.75

Say = Callable[[str], None]
Ask = Callable[[int], Turn]


@dataclass(frozen=True)
class Sizes:
    """Turns of each server, seconds of a turn, and how each server is started."""

    rounds: int
    seconds: float
    workers: int
    threads: int


def measure_ingest(database_url: str | None, sizes: Sizes, say: Say) -> list[Line]:
    """On SQLite in a folder of its own, then on an empty PostgreSQL when its address is given."""
    lines: list[Line] = []
    for name, address in (("SQLite", ""), ("PostgreSQL", database_url)):
        if address is None:
            continue
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            settings = _settings(Path(folder), address)
            key, service_id = stack.enter_context(_tables(settings))
            ours = stack.enter_context(_consult(settings, sizes))
            bare = stack.enter_context(_bare(settings, service_id, sizes))
            say(f"posts on {name} …")
            path = f"/api/v1/services/{key}/feedback"
            lines += _compare(
                f"posts on {name}",
                "bare view",
                lambda seed: measure(bare, posts("/feedback", seed), 201, sizes.seconds),  # noqa: B023
                lambda seed: measure(ours, posts(path, seed), 201, sizes.seconds),  # noqa: B023
                sizes.rounds,
            )
            if not address:
                say("the widget's script …")
                lines += _compare(
                    "widget script",
                    "Flask's static file",
                    lambda _: measure(bare, gets("/static/widget.js"), 200, sizes.seconds),  # noqa: B023
                    lambda _: measure(ours, gets("/widget.js"), 200, sizes.seconds),  # noqa: B023
                    sizes.rounds,
                )
    return lines


def _compare(what: str, reference: str, bare: Ask, ours: Ask, rounds: int) -> list[Line]:
    """Both by turns, the first turn of each left out; medians of the turns."""
    turns: dict[Ask, list[Turn]] = {bare: [], ours: []}
    for number in range(rounds + 1):
        for ask in (bare, ours)[:: 1 if number % 2 else -1]:
            turn = ask(number)
            if number:
                turns[ask].append(turn)
    figures = {
        ask: [
            median(getattr(turn, name) for turn in found) for name in ("per_second", "p50", "p99")
        ]
        for ask, found in turns.items()
    }
    (rate, p50, p99), (our_rate, our_p50, our_p99) = figures[bare], figures[ours]
    share = SHARE if what.startswith("posts") else None
    return [
        Line(what, "per second", reference, rate, our_rate, least=share),
        Line(f"{what}, half within", "ms", reference, p50, our_p50),
        Line(f"{what}, 99 % within", "ms", reference, p99, our_p99),
    ]


def _settings(folder: Path, database_url: str) -> Settings:
    return Settings(secret_key=secrets.token_hex(32), var_dir=folder, database_url=database_url)


@contextmanager
def _tables(settings: Settings) -> Iterator[tuple[str, int]]:
    """The key and the id of the one service of a new database, emptied again at the end."""
    from consult import create_app

    app = create_app(settings)
    with app.app_context():
        if inspect(db.engine).get_table_names():
            raise click.UsageError("The database is not empty: give one that nothing else uses.")
        db.create_all()
        name = Localized("Mesure", "Measure")
        body = organizations.add_organization("mesure", name, Localized())
        service = organizations.add_service(body, "mesure", name)
        key, service_id = service.key, service.id
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    try:
        yield key, service_id
    finally:
        with app.app_context():
            db.drop_all()
            db.engine.dispose()


@contextmanager
def _started(command: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    """A server in a process group of its own; its port, once it listens."""
    process = subprocess.Popen(command, env={**os.environ, **environment}, start_new_session=True)  # noqa: S603
    try:
        deadline = time.monotonic() + 60
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise click.ClickException("A server to measure did not start.")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _consult(settings: Settings, sizes: Sizes) -> Iterator[int]:
    port = _free_port()
    environment = {
        "CONSULT_SECRET_KEY": settings.secret_key,
        "CONSULT_VAR_DIR": str(settings.var_dir),
        "CONSULT_DATABASE_URL": settings.database_url,
        "CONSULT_FEEDBACK_PER_MINUTE": "100000000",  # counted, never reached
        "CONSULT_REDIS_URL": "",
    }
    command = [sys.executable, "-c", "from consult.cli import main; main()", "serve"]
    command += [f"--port={port}", f"--workers={sizes.workers}", f"--threads={sizes.threads}"]
    with _started(command, port, environment):
        yield port


@contextmanager
def _bare(settings: Settings, service_id: int, sizes: Sizes) -> Iterator[int]:
    port = _free_port()
    environment = {
        "BARE_DATABASE_URL": settings.sqlalchemy_url.replace("+psycopg", ""),
        "BARE_SERVICE_ID": str(service_id),
        "BARE_PORT": str(port),
        "BARE_WORKERS": str(sizes.workers),
        "BARE_THREADS": str(sizes.threads),
    }
    with _started([sys.executable, "-m", "consult.bench.bare"], port, environment):
        yield port
