"""A server that dies, a database that goes away: what was acknowledged is there, once."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import cast

import pytest

from tests.load.conftest import LiveServer
from tests.load.crowd import Crowd, assert_each_once
from tests.servers import PostgresServer, free_port

KILLS = 20

#: ``crowd(AT_ONCE)``: people who send from now on.
Gather = Callable[..., Crowd]


@pytest.fixture
def gather(live_server_factory: Callable[..., LiveServer], service_key: str) -> Gather:
    def make(at_once: int = 8, **environment: str) -> Crowd:
        return Crowd(live_server_factory(**environment), service_key, at_once)

    return make


def test_a_server_killed_twenty_times_loses_and_doubles_nothing(
    gather: Gather, database_url: str
) -> None:
    crowd = gather()
    draw = random.Random(4)
    for _ in range(KILLS):
        crowd.wait_for(draw.randint(1, 40))
        crowd.server.kill()
        crowd.server.start()
    crowd.wait_for(20)
    crowd.finish()
    assert_each_once(crowd, database_url)


def test_a_database_that_was_away_is_used_again(
    gather: Gather, database_url: str, request: pytest.FixtureRequest
) -> None:
    away = _locked if database_url.startswith("sqlite") else _stopped
    crowd = gather(at_once=20)
    crowd.wait_for(50)
    with away(database_url, request):
        crowd.wait_for(0, told=40)
    crowd.wait_for(50)
    crowd.finish()
    assert_each_once(crowd, database_url)
    for wait, problem in crowd.told_to_wait:
        assert wait == "10"
        assert problem["type"] == "urn:consult:problem:database-unavailable"
        assert "base de données" in cast(str, problem["detail"])


@contextmanager
def _locked(database_url: str, _request: pytest.FixtureRequest) -> Iterator[None]:
    """Another process writes and does not end."""
    path = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def _stopped(_database_url: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """The server is stopped, then started again."""
    postgres: PostgresServer = request.getfixturevalue("postgres")
    postgres.stop()
    yield
    postgres.start()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_feedback_is_taken_while_redis_is_away(gather: Gather, database_url: str) -> None:
    crowd = gather(at_once=1, CONSULT_REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    crowd.wait_for(1)
    crowd.finish()
    assert_each_once(crowd, database_url)
