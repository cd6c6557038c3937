"""The archive: a ZIP with one file of lines per table, the attached files, and what is in it.

``manifest.json`` is written last: a backup that was cut short is no archive at all. Tables stand
in an order in which each refers only to those before it.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from consult.backup.errors import ArchiveBrokenError
from consult.backup.values import kind_of, written

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"

#: Rows fetched, and written, at a time.
BATCH = 1_000

Tell = Callable[[str], None]


@dataclass(frozen=True)
class TableContent:
    """A table of the archive: its columns, their kinds (``values.KINDS``), and how many rows."""

    name: str
    columns: list[str]
    kinds: list[str]
    nullable: list[bool]
    rows: int

    @property
    def member(self) -> str:
        """The table's file in the archive."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class Manifest:
    """What an archive holds; ``key_mark`` tells one secret key from another, and nothing of it."""

    format: int
    consult: str
    revision: str
    made_at: str
    key_mark: str
    tables: list[TableContent]
    files: int

    @property
    def rows(self) -> int:
        """How many rows in all."""
        return sum(table.rows for table in self.tables)


def key_mark(secret_key: str) -> str:
    """Eight bytes of a hash of a long random secret: enough to tell two keys apart."""
    return hashlib.sha256(b"consult backup 1: " + secret_key.encode()).hexdigest()[:16]


def write_archive(
    path: Path,
    connection: Connection,
    tables: list[sa.Table],
    uploads: Path,
    *,
    revision: str,
    mark: str,
    made_at: str,
    tell: Tell,
) -> Manifest:
    """Writes what ``connection`` sees and the files of ``uploads`` to ``path``, all or nothing.

    Only its owner may read the file. Raises ``FileExistsError`` rather than write over one.

    The connection's transaction must see one state of the database from its first read to its
    last. Files are read after the rows: each file a row speaks of was there before its row.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    owner_only = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with (
            os.fdopen(owner_only, "wb") as made,
            ZipFile(made, "w", ZIP_DEFLATED, compresslevel=3) as archive,
        ):
            contents = [_write_table(archive, connection, table, tell) for table in tables]
            files = _write_files(archive, uploads, tell)
            manifest = Manifest(
                FORMAT, version("consult"), revision, made_at, mark, contents, files
            )
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        with part.open("rb+") as done:
            os.fsync(done.fileno())
        path.hardlink_to(part)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write_table(
    archive: ZipFile, connection: Connection, table: sa.Table, tell: Tell
) -> TableContent:
    columns = list(table.columns)
    kinds = [kind_of(column) for column in columns]
    # An enumeration's value as it stands, and no model: rows are only carried.
    chosen = [
        sa.type_coerce(column, sa.String) if isinstance(column.type, sa.Enum) else column
        for column in columns
    ]
    rows = connection.execution_options(yield_per=BATCH).execute(
        sa.select(*chosen).order_by(*table.primary_key.columns)
    )
    count = 0
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as member:
        for row in rows:
            line = json.dumps(written(kinds, row), ensure_ascii=False, separators=(",", ":"))
            member.write(line.encode() + b"\n")
            count += 1
    if count:
        tell(f"{table.name}: {count:,}")
    names = [column.name for column in columns]
    return TableContent(table.name, names, kinds, [bool(c.nullable) for c in columns], count)


def _write_files(archive: ZipFile, uploads: Path, tell: Tell) -> int:
    count = 0
    for path in sorted(uploads.rglob("*")) if uploads.is_dir() else ():
        try:
            if path.is_file():
                archive.write(path, FILES + path.relative_to(uploads).as_posix())
                count += 1
        except FileNotFoundError:  # taken away by its owner meanwhile
            continue
    if count:
        tell(f"files: {count:,}")
    return count


def read_manifest(archive: ZipFile) -> Manifest:
    """What the archive says it holds; raises ``ArchiveBrokenError``."""
    try:
        said = json.loads(archive.read(MANIFEST))
        tables = [TableContent(**table) for table in said.pop("tables")]
        manifest = Manifest(**said, tables=tables)
    except (KeyError, ValueError, TypeError, BadZipFile) as error:
        raise ArchiveBrokenError("it does not say what it holds") from error
    if manifest.format != FORMAT:
        raise ArchiveBrokenError("it was made by a later version of consult")
    return manifest


def check(archive: ZipFile) -> Manifest:
    """Reads all of an archive; raises ``ArchiveBrokenError`` when something of it is missing."""
    manifest = read_manifest(archive)
    damaged = archive.testzip()
    if damaged:
        raise ArchiveBrokenError(f"{damaged} is damaged")
    for table in manifest.tables:
        if sum(1 for _row in rows_of(archive, table)) != table.rows:
            raise ArchiveBrokenError(f"{table.member} is not whole")
    if sum(1 for _file in files_of(archive)) != manifest.files:
        raise ArchiveBrokenError("attached files are missing")
    return manifest


def rows_of(archive: ZipFile, table: TableContent) -> Iterator[list[Any]]:
    """The rows of a table, as ``values.written`` made them; raises ``ArchiveBrokenError``."""
    try:
        with archive.open(table.member) as lines:
            for line in lines:
                row = json.loads(line)
                if not isinstance(row, list) or len(row) != len(table.columns):
                    raise ValueError
                yield row
    except (KeyError, ValueError) as error:
        raise ArchiveBrokenError(f"{table.member} cannot be read") from error


def files_of(archive: ZipFile) -> Iterator[tuple[PurePosixPath, ZipInfo]]:
    """The attached files, each with its place in the folder of attached files.

    Raises ``ArchiveBrokenError`` for a place outside that folder.
    """
    for member in archive.infolist():
        if member.filename.startswith(FILES):
            place = PurePosixPath(member.filename.removeprefix(FILES))
            if place.is_absolute() or ".." in place.parts or not place.parts:
                raise ArchiveBrokenError(f"{member.filename} would leave its folder")
            yield place, member
