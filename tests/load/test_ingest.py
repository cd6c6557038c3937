"""Many people at once, and a server that dies: what was acknowledged is there, once."""

import json
import time
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import create_engine, text

from tests.load.conftest import LiveServer
from tests.servers import free_port

POSTS = 500
AT_ONCE = 20
PATIENCE = 60  # seconds a sender goes on trying


class Crowd:
    """People who each send one piece of feedback, trying again with one key until it is in."""

    def __init__(self, server: LiveServer, service_key: str) -> None:
        self.server = server
        self.url = f"{server.url}/api/v1/services/{service_key}/feedback"
        self.acknowledged: dict[str, str] = {}
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._tasks: list[Future[None]] = []

    def start(self) -> None:
        for number in range(POSTS):
            self._tasks.append(self._pool.submit(self._insist, str(uuid.uuid4()), number))

    def wait_for(self, count: int) -> None:
        """Returns when ``count`` are acknowledged."""
        deadline = time.monotonic() + PATIENCE
        while len(self.acknowledged) < count and time.monotonic() < deadline:
            time.sleep(0.005)
        assert len(self.acknowledged) >= count

    def finish(self) -> None:
        for task in self._tasks:
            task.result()
        self._pool.shutdown()

    def _insist(self, key: str, number: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self.acknowledged[key] = self.send(key, number)
            except HTTPError:
                raise
            except (OSError, HTTPException):
                time.sleep(0.05)
            else:
                return

    def send(self, key: str, number: int) -> str:
        body = {
            "rating": number % 5 + 1,
            "comment": f"Avis {number}",
            "lang": "fr",
            "idempotency_key": key,
        }
        headers = {"Content-Type": "application/json"}
        with urlopen(Request(self.url, json.dumps(body).encode(), headers), timeout=30) as answer:  # noqa: S310
            return str(json.load(answer)["id"])


def stored(database_url: str) -> list[tuple[str, str]]:
    """Key and public identifier of every row, read past the application."""
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT idempotency_key, public_id FROM feedback_items"))
        found = [(key, str(uuid.UUID(str(public_id)))) for key, public_id in rows]
    engine.dispose()
    return found


def assert_each_once(rows: Iterable[tuple[str, str]], acknowledged: dict[str, str]) -> None:
    rows = list(rows)
    assert len(rows) == POSTS
    assert dict(rows) == acknowledged


@pytest.fixture
def crowd(live_server_factory: Callable[..., LiveServer], service_key: str) -> Crowd:
    return Crowd(live_server_factory(), service_key)


def test_every_acknowledged_feedback_is_there_once(crowd: Crowd, database_url: str) -> None:
    crowd.start()
    crowd.finish()
    assert_each_once(stored(database_url), crowd.acknowledged)


def test_a_server_killed_half_way_loses_and_doubles_nothing(
    crowd: Crowd, database_url: str
) -> None:
    crowd.start()
    crowd.wait_for(POSTS // 2)
    crowd.server.kill()
    before = dict(crowd.acknowledged)
    assert len(before) < POSTS
    crowd.server.start()
    crowd.finish()
    rows = stored(database_url)
    assert_each_once(rows, crowd.acknowledged)
    assert before.items() <= dict(rows).items()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_feedback_is_taken_while_redis_is_away(
    live_server_factory: Callable[..., LiveServer], service_key: str
) -> None:
    away = f"redis://127.0.0.1:{free_port()}/0"
    crowd = Crowd(live_server_factory(CONSULT_REDIS_URL=away), service_key)
    assert crowd.send(str(uuid.uuid4()), 1)
