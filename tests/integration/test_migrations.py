"""The schema goes up, comes down, and equals the models, on both databases."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Row, inspect, text

from consult.db import db
from consult.feedback.search.index import is_of_models
from tests.conftest import make_settings, make_test_app


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").create_database("consult_migrations")
    app = make_test_app(make_settings(tmp_path, url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_up_down_and_no_drift(empty_app: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        options = {"include_name": is_of_models}
        found = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(found, db.metadata)
    assert differences == []
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert set(db.metadata.tables) <= set(inspect(db.engine).get_table_names())


def test_the_search_of_words_is_made_alike(empty_app: Flask) -> None:
    upgrade()
    migrated = _search_definitions()
    downgrade(revision="base")
    db.create_all()
    assert _search_definitions() == migrated
    db.drop_all()
    assert _search_definitions() == []


def _search_definitions() -> Sequence[Row[Any]]:
    """What the database was told to make for searching; comparing models tells nothing of it."""
    query = "SELECT sql FROM sqlite_master WHERE name LIKE 'feedback_words%' ORDER BY name"
    if db.engine.dialect.name == "postgresql":
        query = (
            "SELECT generation_expression FROM information_schema.columns"
            " WHERE table_name = 'feedback_items' AND column_name = 'words' UNION ALL"
            " SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_feedback_items_words'"
        )
    with db.engine.connect() as connection:
        return connection.execute(text(query)).all()


def test_answers_of_the_first_release_are_carried_over_and_back(empty_app: Flask) -> None:
    upgrade(revision="0001")
    with db.engine.begin() as connection:
        for statement in FIRST_RELEASE:
            connection.execute(text(statement))
    upgrade()
    draft, sent = _responses()
    assert (draft.state, json_of(draft.answers), json_of(draft.draft)) == ("draft", {}, {"a": "1"})
    assert len(draft.receipt_code) == 12
    assert (sent.state, json_of(sent.answers), sent.draft) == ("submitted", {"a": "2"}, None)
    assert (sent.receipt_code, str(sent.updated_at)[:10]) == ("ABCDEFGHJKMN", "2026-03-02")
    downgrade(revision="0001")
    draft, sent = _responses()
    assert (draft.state, json_of(draft.answers), draft.receipt_code) == ("draft", {"a": "1"}, None)
    assert (sent.state, json_of(sent.answers)) == ("submitted", {"a": "2"})
    downgrade(revision="base")


def _responses() -> Sequence[Row[Any]]:
    with db.engine.connect() as connection:
        return connection.execute(text("SELECT * FROM responses ORDER BY id")).all()


def json_of(value: Any) -> Any:
    """SQLite gives JSON as text, PostgreSQL as what it holds."""
    return json.loads(value) if isinstance(value, str) else value


#: A consultation with one draft and one response that was sent, as the first release kept them.
FIRST_RELEASE = (
    "INSERT INTO organizations (id, slug, created_at) VALUES (1, 'essai', '2026-01-01')",
    "INSERT INTO consultations (id, public_id, slug, organization_id, opens_at, closes_at, minutes,"
    " created_at) VALUES (1, '01890000000070008000000000000001', 'essai', 1, '2026-01-01',"
    " '2026-04-01', 5, '2026-01-01')",
    "INSERT INTO questionnaire_versions (id, consultation_id, number, definition, created_at)"
    " VALUES (1, 1, 1, '{}', '2026-01-01')",
    "INSERT INTO responses (id, public_id, consultation_id, version_id, state, answers, lang,"
    " channel, started_at) VALUES (1, '01890000000070008000000000000002', 1, 1, 'draft',"
    " '{\"a\": \"1\"}', 'fr', 'web', '2026-03-01')",
    "INSERT INTO responses (id, public_id, consultation_id, version_id, state, answers, lang,"
    " channel, started_at, submitted_at, receipt_code) VALUES (2,"
    " '01890000000070008000000000000003', 1, 1, 'submitted', '{\"a\": \"2\"}', 'en', 'web',"
    " '2026-03-01', '2026-03-02', 'ABCDEFGHJKMN')",
)
