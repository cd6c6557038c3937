"""Comments in parts that workers read by themselves: files, or ranges of keys of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import sqlalchemy as sa

from consult.config import with_driver
from consult.privacy.redaction import redact

#: What a column can tell of a comment; only the text must be there.
ROLES = ("text", "rating", "lang", "date", "channel", "region", "group")
AT_ONCE = 50_000  # keys of one part of a table

#: The name of the column of each role; one that is not named has the role's own name.
Columns = Mapping[str, str]


class PartsError(Exception):
    """The comments can't be read; the message says why and what to do."""


class Part(Protocol):
    """Some of the comments; ``name`` is shown to people."""

    @property
    def name(self) -> str: ...

    def read(self) -> pd.DataFrame:
        """All columns there are, by role, always in the same order of lines."""


def comments_in(part: Part, rows: Sequence[int] | None = None) -> pd.DataFrame:
    """The comments of a part, or those at some of its lines, identifiers masked."""
    frame = part.read()
    some = frame if rows is None else frame.iloc[list(rows)]
    texts = some["text"].fillna("").astype(str)
    masked = pd.Series([redact(text).text for text in texts], some.index, dtype=object)
    return some.assign(text=masked).reset_index(drop=True)


@dataclass(frozen=True)
class FilePart:
    """A Parquet or a CSV file that every worker sees under the same path."""

    path: Path
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.path.name

    def read(self) -> pd.DataFrame:
        named = _named(dict(self.columns))
        if self.path.suffix == ".parquet":
            there = import_module("pyarrow.parquet").read_schema(self.path).names
            kept = [name for name in named if name in there]
            frame = pd.read_parquet(self.path, columns=kept)
        else:
            frame = pd.read_csv(self.path, usecols=lambda name: name in named)
        return _in_roles(frame.rename(columns=named), self.name)


@dataclass(frozen=True)
class TablePart:
    """The lines of a table whose key is from ``first`` to ``last``, in the key's order."""

    url: str
    table: str
    key: str
    first: int
    last: int
    columns: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return f"{self.table} {self.first}-{self.last}"

    def read(self) -> pd.DataFrame:
        table, key = _table(self.table), sa.column(self.key, sa.BigInteger)
        chosen: list[sa.Label[Any]] = [sa.column(name).label(role) for role, name in self.columns]
        query = (
            sa.select(*chosen)
            .select_from(table)
            .where(key.between(self.first, self.last))
            .order_by(key)
        )
        rows = _asked(self.url, query)
        frame = pd.DataFrame(rows, columns=[role for role, _name in self.columns])
        return _in_roles(frame, self.name)


def parts_of_folder(folder: Path, columns: Columns) -> list[FilePart]:
    """The files of ``folder`` by name, those of Parquet if there are any, else those of CSV."""
    found = sorted(folder.glob("*.parquet")) or sorted(folder.glob("*.csv"))
    if not found:
        raise PartsError(f"The folder {folder} holds no Parquet and no CSV file.")
    return [FilePart(path.resolve(), tuple(columns.items())) for path in found]


def parts_of_table(
    url: str, table: str, key: str, columns: Columns, at_once: int = AT_ONCE
) -> list[TablePart]:
    """The lines that a table has now, cut by ranges of a whole-number key.

    Args:
        url: of the database, as SQLAlchemy writes it; every worker reads it by itself.
        table: its name, with that of its schema before a point where needed.
        columns: the roles that the table tells; the text among them.
        at_once: keys of one part.
    """
    whole = sa.column(key, sa.BigInteger)
    ends: Any = sa.select(sa.func.min(whole), sa.func.max(whole)).select_from(_table(table))
    first, last = tuple(_asked(url, ends)[0])
    if first is None:
        raise PartsError(f"The table {table} holds no line.")
    if not isinstance(first, int):
        raise PartsError(f"The column {key} of {table} is no whole number. Name another key.")
    told = tuple(columns.items())
    return [
        TablePart(url, table, key, start, min(start + at_once - 1, last), told)
        for start in range(first, last + 1, at_once)
    ]


def _table(name: str) -> sa.TableClause:
    schema, _point, table = name.rpartition(".")
    return sa.table(table, schema=schema or None)


def _asked(url: str, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
    try:
        engine = sa.create_engine(with_driver(url), poolclass=sa.NullPool)
        with engine.connect() as connection:
            return connection.execute(query).all()
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise PartsError(f"The database can’t be read: {cause}") from None


def _named(columns: Columns) -> dict[str, str]:
    """The role of each column."""
    return {columns.get(role, role): role for role in ROLES}


def _in_roles(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    if "text" not in frame:
        raise PartsError(f"{name} has no column of comments. Name it with --text.")
    told = frame[[role for role in ROLES if role in frame]]
    if "date" in told:
        dates = pd.to_datetime(told["date"], errors="coerce", utc=True)
        told = told.assign(date=dates.dt.tz_localize(None).astype("datetime64[ns]"))
    return told
