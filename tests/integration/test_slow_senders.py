"""A slow connection never makes the others wait: no lock is held while a body arrives."""

import io
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from consult.db import db
from consult.organizations.models import Service
from tests.pages import PageClient


class Dripping(io.BytesIO):
    """A body in transit; whenever more of it is asked for, someone else must be able to write."""

    def __init__(self, body: bytes, someone_writes: Callable[[], None]) -> None:
        super().__init__(body)
        self._someone_writes = someone_writes

    def read(self, size: int | None = -1) -> bytes:
        self._someone_writes()
        return super().read(size)

    def readinto(self, buffer: Any) -> int:
        self._someone_writes()
        return super().readinto(buffer)


@pytest.fixture
def someone_writes(app: Flask) -> Callable[[], None]:
    path = Path(str(db.engine.url.database))

    def write() -> None:
        with sqlite3.connect(path, timeout=0, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        other.close()

    return write


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # one lock for all who write
@pytest.mark.parametrize(
    ("path", "body", "content_type", "status"),
    [
        ("/api/v1/services/{key}/feedback", b'{"rating": 4}', "application/json", 201),
        (
            "/api/v1/services/{key}/feedback",
            b"rating=4",
            "application/x-www-form-urlencoded",
            201,
        ),
        ("/fr/services/{key}/avis", b"rating=4", "application/x-www-form-urlencoded", 303),
    ],
)
def test_others_write_while_a_body_arrives(
    client: PageClient,
    service: Service,
    someone_writes: Callable[[], None],
    path: str,
    body: bytes,
    content_type: str,
    status: int,
) -> None:
    address = path.format(key=service.key)
    db.session.rollback()
    answer = client.post(
        address,
        input_stream=Dripping(body, someone_writes),
        content_length=len(body),
        content_type=content_type,
    )
    assert answer.status_code == status
