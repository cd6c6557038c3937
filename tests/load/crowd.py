"""People who send feedback as the widget does: again with the same key until it is in."""

import json
import random
import threading
import time
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from sqlalchemy import create_engine, text

from tests.load.conftest import LiveServer

PATIENCE = 120  # seconds a sender goes on trying, and a test goes on waiting


class RefusedError(AssertionError):
    """The server answered what no widget would send again for."""


class Crowd:
    """So many people at once, each sending one piece after another until told to stop."""

    def __init__(self, server: LiveServer, service_key: str, at_once: int = 8) -> None:
        self.server = server
        self.acknowledged: dict[str, str] = {}
        self.told_to_wait: list[tuple[str | None, dict[str, object]]] = []
        self._path = f"/api/v1/services/{service_key}/feedback"
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._pool = ThreadPoolExecutor(at_once)
        self._people = [self._pool.submit(self._go_on, number) for number in range(at_once)]

    def wait_for(self, more: int, told: int = 0) -> None:
        """Returns when ``more`` are acknowledged than now, and ``told`` more told to wait."""
        acknowledged, waiting = len(self.acknowledged) + more, len(self.told_to_wait) + told
        with self._changed:
            reached = self._changed.wait_for(
                lambda: (
                    self._failed()
                    or (
                        len(self.acknowledged) >= acknowledged and len(self.told_to_wait) >= waiting
                    )
                ),
                PATIENCE,
            )
        assert reached
        for person in self._failed():
            person.result()

    def finish(self) -> None:
        """Everyone ends what they began, and begins nothing more."""
        self._stopped.set()
        for person in self._people:
            person.result(PATIENCE)
        self._pool.shutdown()

    def _failed(self) -> list[Future[None]]:
        return [person for person in self._people if person.done() and person.exception()]

    def _go_on(self, number: int) -> None:
        draw = random.Random(number)
        try:
            while not self._stopped.is_set():
                self._insist(draw)
        finally:
            with self._changed:
                self._changed.notify_all()

    def _insist(self, draw: random.Random) -> None:
        key = str(uuid.uuid4())
        answers = {"rating": draw.randint(1, 5), "comment": f"Avis {key[:8]}"}
        body: dict[str, object] = {"answers": answers, "idempotency_key": key}
        if draw.random() < 0.8:  # as the widget does; without it the server takes its long way
            body["lang"] = "fr"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                status, wait, answer = self._send(json.dumps(body))
            except (OSError, HTTPException):
                time.sleep(0.02)
                continue
            with self._changed:
                if status in (200, 201):
                    self.acknowledged[key] = str(answer["id"])
                elif status == 503:
                    self.told_to_wait.append((wait, answer))
                else:
                    raise RefusedError(f"{status}: {answer}")
                self._changed.notify_all()
            if status != 503:
                return
        raise TimeoutError(key)

    def _send(self, body: str) -> tuple[int, str | None, dict[str, object]]:
        """The status, Retry-After and the document of the answer."""
        connection = HTTPConnection(urlsplit(self.server.url).netloc, timeout=30)
        try:
            headers = {"Content-Type": "application/json", "Accept-Language": "fr-CA"}
            connection.request("POST", self._path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers["Retry-After"], json.load(answer)
        except json.JSONDecodeError as error:  # the server died within its answer
            raise HTTPException("no document") from error
        finally:
            connection.close()


def stored(database_url: str) -> list[tuple[str, str]]:
    """Key and public identifier of every row, read past the application."""
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT idempotency_key, public_id FROM feedback_items"))
        found = [(key, str(uuid.UUID(str(public_id)))) for key, public_id in rows]
    engine.dispose()
    return found


def assert_each_once(crowd: Crowd, database_url: str) -> None:
    """What was acknowledged and what is there are the same, each once."""
    rows = stored(database_url)
    assert len(rows) == len(crowd.acknowledged)
    assert dict(rows) == crowd.acknowledged
