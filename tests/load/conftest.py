"""A really started server, on SQLite and on PostgreSQL, that a test may kill and start again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consult.db import Localized, db
from consult.organizations import services as organizations
from tests.conftest import make_settings, make_test_app
from tests.servers import free_port, wait_until

SECRET = "t" * 40


class LiveServer:
    """Gunicorn in a process group of its own, on a loopback port that outlives a restart."""

    def __init__(self, var_dir: Path, database_url: str, **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._launcher = subprocess.Popen(
            [sys.executable, "-m", "tests.load.launcher"],
            env={
                **os.environ,
                "CONSULT_SECRET_KEY": SECRET,
                "CONSULT_VAR_DIR": str(var_dir),
                "CONSULT_DATABASE_URL": database_url,
                "CONSULT_BASE_URL": self.url,
                "CONSULT_DATABASE_PATIENCE": "1",
                **environment,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._process: int | None = None

    def start(self) -> None:
        assert self._launcher.stdin
        assert self._launcher.stdout
        self._launcher.stdin.write(f"{self.port}\n")
        self._launcher.stdin.flush()
        self._process = int(self._launcher.stdout.readline())
        wait_until(self._listens, "the server")

    def kill(self) -> None:
        """Ends every process of the server at once (signal 9): nothing can be finished."""
        if self._process:
            os.killpg(self._process, signal.SIGKILL)
            self._process = None

    def end(self) -> None:
        """Kills the server, and lets go of what starts it."""
        self.kill()
        self._launcher.communicate(timeout=30)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'consult.db'}"
    postgres = request.getfixturevalue("postgres")
    url: str = postgres.create_database("consult_load")
    return url


@pytest.fixture
def service_key(database_url: str, tmp_path: Path) -> str:
    """The key of the one service of a new database."""
    app = make_test_app(make_settings(tmp_path, database_url))
    with app.app_context():
        db.create_all()
        name = Localized("Essai", "Trial")
        body = organizations.add_organization("essai", name, name)
        key = organizations.add_service(body, "essai", name).key
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return key


@pytest.fixture
def live_server_factory(database_url: str, tmp_path: Path) -> Iterator[Callable[..., LiveServer]]:
    """Starts a server on the test's database, with other settings if asked; kills it at the end."""
    started: list[LiveServer] = []

    def start(**environment: str) -> LiveServer:
        server = LiveServer(tmp_path, database_url, **environment)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.end()
