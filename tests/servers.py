"""Real servers for tests: PostgreSQL and Redis, started on loopback in a folder of their own."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import redis

#: Tests end processes, never the machine: what a process wrote outlives it without these.
NOT_FOR_POWER_CUTS = ["fsync=off", "full_page_writes=off"]


class ServerMissingError(RuntimeError):
    """A program the tests need is not installed; the message names its Debian package."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Returns once ``ready()`` is true; raises ``TimeoutError`` after ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return
        time.sleep(0.05)
    raise TimeoutError(f"{what} did not start in {seconds} s")


def find_program(name: str, package: str) -> str:
    """Path of a program, Debian's versioned PostgreSQL folders included."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = str(debian[0]) if debian else shutil.which(name)
    if not found:
        raise ServerMissingError(f"{name} is not installed: apt-get install {package}")
    return found


class PostgresServer:
    """A PostgreSQL cluster that lives as long as the test session."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.user = "postgres" if os.geteuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        data = self.folder / "data"
        if not data.exists():
            data.mkdir(parents=True)
            self._give_away(data)
            self._run("initdb", "-D", str(data), "-U", "consult", "--auth=trust", "-E", "UTF8",
                      "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        postgres = find_program("postgres", "postgresql")
        settings = ["listen_addresses=127.0.0.1", f"port={self.port}", "max_connections=100"]
        settings.append(f"unix_socket_directories={data}")
        settings += NOT_FOR_POWER_CUTS
        options = [word for setting in settings for word in ("-c", setting)]
        self.process = subprocess.Popen(
            [postgres, "-D", str(data), *options],
            user=self.user,
            cwd=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self._answers, "PostgreSQL")

    def stop(self) -> None:
        """Ends the server without waiting for clients that are still connected."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)

    def create_database(self, name: str) -> str:
        """Creates an empty database and returns its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def url(self, name: str) -> str:
        return f"postgresql://consult@127.0.0.1:{self.port}/{name}"

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _give_away(self, folder: Path) -> None:
        """PostgreSQL refuses to run as root: its folder, and the way to it, go to its own user."""
        if self.user is None:
            return
        owner = pwd.getpwnam(self.user)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        for parent in folder.parents:
            if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o711)

    def _run(self, program: str, *arguments: str) -> None:
        command = [find_program(program, "postgresql"), *arguments]
        subprocess.run(command, user=self.user, cwd=self.folder, check=True, capture_output=True)


class RedisServer:
    """A Redis server without persistence, for one test session."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = find_program("redis-server", "redis-server")
        arguments = [
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self.process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL)
        wait_until(self._answers, "Redis")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(30)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def _answers(self) -> bool:
        try:
            return bool(redis.Redis(port=self.port).ping())
        except redis.ConnectionError:
            return False
