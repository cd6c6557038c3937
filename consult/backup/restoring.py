"""Putting an archive back into an empty database, of either kind."""

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from consult.backup.archive import BATCH, Manifest, TableContent, Tell, files_of, rows_of
from consult.backup.errors import ArchiveBrokenError, DatabaseNotEmptyError
from consult.backup.values import KINDS, read_again


def require_empty(connection: Connection, uploads: Path) -> None:
    """Raises ``DatabaseNotEmptyError`` when a table has rows, or files lie in their folder."""
    for name in sa.inspect(connection).get_table_names():
        is_of_data = name != "alembic_version" and not name.startswith("feedback_words")
        rows = sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)
        if is_of_data and connection.execute(rows).first():
            raise DatabaseNotEmptyError(f"the table {name} has rows")
    if uploads.is_dir() and any(uploads.iterdir()):
        raise DatabaseNotEmptyError("the folder of attached files is not empty")


def put_rows(connection: Connection, archive: ZipFile, manifest: Manifest, tell: Tell) -> None:
    """Writes every row, within the connection's transaction.

    Raises ``ArchiveBrokenError`` for a table or a column that its revision does not have.
    """
    inspector = sa.inspect(connection)
    for table in manifest.tables:
        known = inspector.has_table(table.name) and inspector.get_columns(table.name)
        if not known or not {column["name"] for column in known}.issuperset(table.columns):
            raise ArchiveBrokenError(f"{table.name} is not a table of revision {manifest.revision}")
        made = [
            sa.column(name, KINDS[kind].column_type())
            for name, kind in zip(table.columns, table.kinds, strict=True)
        ]
        into = sa.insert(sa.table(table.name, *made))
        for batch in _batches(archive, table):
            connection.execute(into, batch)
        if table.rows:
            tell(f"{table.name}: {table.rows:,}")
    if connection.dialect.name == "postgresql":
        _count_on(connection, manifest)


def _batches(archive: ZipFile, table: TableContent) -> Iterator[list[dict[str, Any]]]:
    rows = rows_of(archive, table)
    while batch := list(islice(rows, BATCH)):
        yield [
            dict(zip(table.columns, read_again(table.kinds, table.nullable, values), strict=True))
            for values in batch
        ]


def _count_on(connection: Connection, manifest: Manifest) -> None:
    """PostgreSQL's sequences go on after the greatest number that is there."""
    for table in manifest.tables:
        if "id" in table.columns and table.rows:
            numbers = sa.table(table.name, sa.column("id", sa.Integer))
            greatest = sa.select(sa.func.max(numbers.c.id))
            sequence = sa.func.pg_get_serial_sequence(table.name, "id")
            connection.execute(sa.select(sa.func.setval(sequence, greatest.scalar_subquery())))


def put_files(archive: ZipFile, uploads: Path) -> None:
    """Writes the attached files into their folder."""
    for place, member in files_of(archive):
        path = uploads / place
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, path.open("xb") as into:
            shutil.copyfileobj(source, into)
