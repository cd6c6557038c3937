"""Values of a database as JSON can hold them, the same from SQLite and from PostgreSQL."""

import uuid
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from consult.db import JSONColumn, UTCDateTime


@dataclass(frozen=True)
class Kind:
    """How values of one kind of column are written, read again, and typed for a database."""

    column_type: Any
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


KINDS = {
    "plain": Kind(sa.types.NullType, _as_it_is, _as_it_is),
    "boolean": Kind(sa.Boolean, _as_it_is, _as_it_is),
    "json": Kind(lambda: JSONColumn, _as_it_is, _as_it_is),
    "time": Kind(UTCDateTime, datetime.isoformat, datetime.fromisoformat),
    "date": Kind(sa.Date, date.isoformat, date.fromisoformat),
    "uuid": Kind(sa.Uuid, str, uuid.UUID),
    "bytes": Kind(sa.LargeBinary, lambda value: b64encode(value).decode("ascii"), b64decode),
}

_BY_TYPE = (
    (UTCDateTime, "time"),
    (sa.Boolean, "boolean"),
    (sa.JSON, "json"),
    (sa.Date, "date"),
    (sa.Uuid, "uuid"),
    (sa.LargeBinary, "bytes"),
)


def kind_of(column: sa.Column[Any]) -> str:
    """The name in ``KINDS`` of a column of the models."""
    return next((name for kind, name in _BY_TYPE if isinstance(column.type, kind)), "plain")


def written(kinds: list[str], row: sa.Row[Any]) -> list[Any]:
    """A row as JSON can hold it."""
    return [
        None if value is None else KINDS[kind].write(value)
        for kind, value in zip(kinds, row, strict=True)
    ]


def read_again(kinds: list[str], nullable: list[bool], values: list[Any]) -> list[Any]:
    """What ``written`` was given. JSON's null is SQL's NULL wherever the column may be NULL."""
    return [
        (sa.null() if kind == "json" and may_be_null else None)
        if value is None
        else KINDS[kind].read(value)
        for kind, may_be_null, value in zip(kinds, nullable, values, strict=True)
    ]
