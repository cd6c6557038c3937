"""The database: one declarative base, the column types every slice shares, and SQLite made safe."""

import enum
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import uuid_utils
from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Enum, MetaData, Text, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import Composite, DeclarativeBase, composite, mapped_column
from sqlalchemy.types import TypeDecorator

#: JSON on SQLite, JSONB on PostgreSQL.
JSONColumn = JSON().with_variant(JSONB(), "postgresql")

#: The same for a column where None is SQL's NULL, not JSON's null.
NullableJSONColumn = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

#: Seconds that jobs and commands wait for a lock of SQLite.
SQLITE_PATIENCE = 30

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Base(DeclarativeBase):
    """Base of every table; constraint names are fixed so that migrations can address them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC time. A naive datetime is refused, so that no local time slips in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times are stored aware: give the datetime a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True)
class Localized:
    """A text people wrote in French and in English; a side not written yet is the empty string."""

    fr: str = ""
    en: str = ""

    def in_language(self, lang: str) -> str:
        """The text in ``lang`` ('fr' or 'en'), or the other side while that one is missing."""
        return (self.en or self.fr) if lang == "en" else (self.fr or self.en)

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages whose side is blank, French first."""
        return tuple(lang for lang in ("fr", "en") if not getattr(self, lang).strip())

    def __bool__(self) -> bool:
        return bool(self.fr.strip() or self.en.strip())


def localized(name: str) -> Composite[Localized]:
    """A ``Localized`` attribute kept in the two columns ``{name}_fr`` and ``{name}_en``."""
    return composite(
        Localized,
        mapped_column(f"{name}_fr", Text, nullable=False, default="", server_default=""),
        mapped_column(f"{name}_en", Text, nullable=False, default="", server_default=""),
    )


def enum_column(enumeration: type[enum.Enum]) -> Enum:
    """A column type that keeps an enumeration's values as text, checked by the database."""
    return Enum(
        enumeration,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
        name=enumeration.__name__.lower(),
    )


def new_public_id() -> uuid.UUID:
    """An unguessable, time-ordered identifier (UUIDv7); database ids never leave the server."""
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)


def utc_now() -> datetime:
    """The clock handed to services at the edge."""
    return datetime.now(UTC)


@contextmanager
def reading() -> Iterator[None]:
    """What the session reads within waits for no write, and lets others write meanwhile.

    For jobs and commands, whose transactions take SQLite's write lock otherwise. What the session
    had begun is given up, and so is what it does within.
    """
    db.session.rollback()
    db.session.connection(execution_options={"reads_only": True})
    try:
        yield
    finally:
        db.session.rollback()


@contextmanager
def writing() -> Iterator[None]:
    """What the session does within may write, although the request's method says that it reads.

    For the one page that others lead back to with a GET. What the session had begun is given up.
    """
    db.session.rollback()
    db.session.connection(execution_options={"writes": True})
    try:
        yield
    finally:
        db.session.rollback()


def init_app(app: Flask) -> None:
    """Binds the database to ``app`` and, on SQLite, sets durable WAL and honest transactions.

    SQLite's driver is told not to open transactions itself; SQLAlchemy's ``begin`` then takes the
    write lock at once (``BEGIN IMMEDIATE``), so that two writers queue instead of losing an update.
    Requests that only read take no lock, nor do connections with the execution option
    ``reads_only``. Requests, and connections with the option ``is_awaited``, do not wait long.
    """
    settings = app.config["SETTINGS"]
    if settings.sqlalchemy_url.startswith("sqlite"):
        settings.var_dir.mkdir(parents=True, exist_ok=True)
        options: dict[str, Any] = {"connect_args": {"isolation_level": None}}
    else:
        options = _postgresql_options(settings.database_patience)
    # Parameters hold what people wrote: no error message repeats them.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True, **options}
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _make_sqlite_safe(db.engine, settings.database_patience)


def _postgresql_options(patience: int) -> dict[str, Any]:
    """A server that is gone, or no longer heard of, is noticed within ``patience`` seconds."""
    return {
        "pool_pre_ping": True,
        "pool_timeout": patience,
        "connect_args": {
            "connect_timeout": max(patience, 2),  # libpq takes no less
            "tcp_user_timeout": patience * 1_000,
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
        },
    }


def _make_sqlite_safe(engine: Engine, patience: int) -> None:
    """Durable writes, honest transactions; a request waits ``patience`` seconds for a lock."""

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        is_safe = has_request_context() and request.method in SAFE_METHODS
        is_awaited = has_request_context() or options.get("is_awaited")
        seconds = patience if is_awaited else SQLITE_PATIENCE
        connection.connection.cursor().execute(f"PRAGMA busy_timeout={seconds * 1_000}")
        reads_only = (is_safe and not options.get("writes")) or options.get("reads_only")
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
