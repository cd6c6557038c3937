"""Alembic's entry: migrates the database of the current application, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import JSON
from sqlalchemy.engine import Connection

from consult.db import UTCDateTime, db
from consult.feedback.search.index import is_of_models


@contextmanager
def _foreign_keys_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by copying it, which its foreign keys must not notice."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")


def _render_item(kind: str, item: object, context: AutogenContext) -> str | bool:
    """A migration names database types only, so that it outlives the code of its day."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def run_migrations() -> None:
    with (
        db.engine.connect() as connection,
        _foreign_keys_at_rest(connection),
        connection.begin(),
    ):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=_render_item,
            include_name=is_of_models,
            **current_app.extensions["migrate"].configure_args,
        )
        context.run_migrations()


run_migrations()
