"""The least that could take feedback: a Flask view, the database's own driver, one INSERT.

No check, no limit, no redaction, no origin: what the promises of ``consult bench ingest`` are
compared with. It writes the same rows into the same table, as durably.
"""

import json
import os
import sqlite3
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import uuid_utils
from flask import Flask, request

from consult.config import resource_folder
from consult.server import Server

COLUMNS = (
    "public_id, service_id, idempotency_key, question_set, answers, rating, comment, lang,"
    " channel, page, review, signals, submitted_at"
)
Insert = Callable[[tuple[Any, ...]], None]


def _sqlite(path: str) -> Insert:
    """Each thread keeps its connection; a write waits for its turn and is on disk after COMMIT.

    The turn is a lock of the process: it is passed on at once, while SQLite's own sleeps.
    """
    mine, turn = threading.local(), threading.Lock()
    statement = f"INSERT INTO feedback_items ({COLUMNS}) VALUES ({', '.join('?' * 13)})"  # noqa: S608

    def insert(row: tuple[Any, ...]) -> None:
        if not hasattr(mine, "connection"):
            mine.connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                mine.connection.execute(f"PRAGMA {pragma}")
        with turn:
            mine.connection.execute("BEGIN IMMEDIATE")
            mine.connection.execute(statement, (row[0].hex, *row[1:]))
            mine.connection.execute("COMMIT")

    return insert


def _postgresql(url: str) -> Insert:
    """The same with PostgreSQL, whose default is to acknowledge what is on disk."""
    mine = threading.local()
    statement = f"INSERT INTO feedback_items ({COLUMNS}) VALUES ({', '.join(['%s'] * 13)})"  # noqa: S608

    def insert(row: tuple[Any, ...]) -> None:
        if not hasattr(mine, "connection"):
            mine.connection = psycopg.connect(url, autocommit=True)
            mine.connection.execute("SET synchronous_commit = on")
        mine.connection.execute(statement, row)

    return insert


def make_app(database_url: str, service_id: int) -> Flask:
    """``POST /feedback`` inserts a row; ``/static/widget.js`` is the file as Flask serves it."""
    dist = str(resource_folder("static") / "dist")
    app = Flask(__name__, static_url_path="/static", static_folder=dist)
    kind, _, path = database_url.partition(":///")
    insert = _sqlite(path) if kind == "sqlite" else _postgresql(database_url)

    @app.post("/feedback")
    def send() -> tuple[dict[str, str], int]:
        sent = request.get_json()
        answers = sent["answers"]
        comment = answers.pop("comment")
        public_id = uuid.UUID(bytes=uuid_utils.uuid7().bytes)
        insert(
            (
                public_id,
                service_id,
                sent["idempotency_key"],
                "rating",
                json.dumps(answers),
                answers["rating"],
                comment,
                sent["lang"],
                sent["channel"],
                sent["page"],
                "clear",
                "[]",
                datetime.now(UTC).isoformat(" "),
            )
        )
        return {"id": str(public_id)}, 201

    return app


def main() -> None:
    """Serves it as ``consult serve`` serves; what to serve stands in the environment."""
    app = make_app(os.environ["BARE_DATABASE_URL"], int(os.environ["BARE_SERVICE_ID"]))
    port, workers, threads = (int(os.environ[f"BARE_{n}"]) for n in ("PORT", "WORKERS", "THREADS"))
    Server(lambda: app, "127.0.0.1", port, workers, threads).run()


if __name__ == "__main__":
    main()
