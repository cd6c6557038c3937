"""Fixtures of the tests on feedback."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from consult.db import db, utc_now
from consult.feedback.services.inserting import Inserter
from consult.feedback.services.tokens import create_token
from consult.organizations.models import Account, Service


@pytest.fixture
def bearer(service: Service) -> dict[str, str]:
    """The headers of a server that holds a token of the service."""
    actor = Account(email="adm@example.org", name="Camille", password_hash="none")
    db.session.add(actor)
    db.session.flush()
    _token, secret = create_token(actor, service, "Centre d’appels", utc_now())
    db.session.commit()
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def statements(app: Flask) -> Iterator[Callable[[], list[str]]]:
    """``statements()`` lists what was asked of the database so far, transactions aside."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split()[0] not in ("BEGIN", "SAVEPOINT", "RELEASE"):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield lambda: list(asked)
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows of each transaction that took feedback in, those that failed too."""
    counts: list[int] = []
    insert = Inserter.insert

    def note(inserter: Inserter, rows: Sequence[dict[str, Any]]) -> set[uuid.UUID]:
        counts.append(len(rows))
        return insert(inserter, rows)

    monkeypatch.setattr(Inserter, "insert", note)
    return counts
