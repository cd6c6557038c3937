"""What is slow makes nobody wait: no lock is held while a body arrives or a file is read."""

import io
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from consult import comment_files
from consult.db import db
from consult.organizations.models import Service
from consult.question_pages import safe_answers
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


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_others_write_while_a_file_of_comments_is_read_and_redacted(
    app: Flask,
    service: Service,
    someone_writes: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps: list[str] = []

    def watched(module: Any, name: str) -> None:
        step = getattr(module, name)

        def do(*arguments: Any) -> Any:
            someone_writes()
            steps.append(name)
            return step(*arguments)

        monkeypatch.setattr(module, name, do)

    watched(comment_files, "read_comments_file")
    watched(safe_answers, "redact")
    path = tmp_path / "avis.csv"
    path.write_text("avis,note\nAppelez le 418 555-0142,1\n")
    slug = service.slug
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["import-comments", str(path), "--service", slug])
    assert result.exit_code == 0, result.output
    assert steps == ["read_comments_file", "redact"]
