"""The one statement that keeps feedback, on the driver's own connections.

SQLAlchemy gives the types, the connections and the errors. What it does around each execution
takes longer than the statement itself, and is left out.
"""

import uuid
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine, Integer, TextClause, bindparam, event, text
from sqlalchemy.exc import DBAPIError

from consult.feedback.models import FeedbackItem

Row = dict[str, Any]

#: What is written of an item when it comes.
COLUMNS = (
    "public_id",
    "service_id",
    "idempotency_key",
    "question_set",
    "answers",
    "rating",
    "comment",
    "lang",
    "channel",
    "page",
    "reference",
    "segment",
    "review",
    "signals",
    "words_mark",
    "submitted_at",
)


def statement() -> TextClause:
    """Inserts a row unless its key is there; holds it when its long words came too often.

    One statement decides, so that no other transaction comes between the look and the row. Beside
    the columns: ``held`` and ``if_repeated`` are the review and the signals of what repeats
    ``most`` times ``since`` a moment.
    """
    values = {name: f":{name}" for name in COLUMNS}
    # "+ 0" bars the indexes of a service: PostgreSQL would keep one chosen on an empty table.
    same = (
        "SELECT 1 FROM feedback_items WHERE words_mark = :words_mark"
        " AND submitted_at >= :since AND service_id + 0 = :service_id LIMIT :most"
    )
    values["review"] = "CASE WHEN came_too_often THEN :held ELSE :review END"
    values["signals"] = "CASE WHEN came_too_often THEN :if_repeated ELSE :signals END"
    types = {name: FeedbackItem.__table__.c[name].type for name in COLUMNS}
    types |= {"held": types["review"], "if_repeated": types["signals"]}
    types |= {"since": types["submitted_at"], "most": Integer()}
    return text(
        f"INSERT INTO feedback_items ({', '.join(values)}) SELECT {', '.join(values.values())}"  # noqa: S608
        f" FROM (SELECT count(*) >= :most AS came_too_often FROM ({same}) AS same) AS seen"
        " WHERE true ON CONFLICT DO NOTHING"
    ).bindparams(*(bindparam(name, type_=type_) for name, type_ in types.items()))


class Inserter:
    """Runs the statement; keeps the connections it opened, each for one thread at a time."""

    def __init__(self, engine: Engine, patience: int) -> None:
        """``patience``: seconds to wait for another process that writes to SQLite."""
        self._engine, self._patience = engine, patience
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._errors = engine.dialect.loaded_dbapi.Error
        compiled = statement().compile(dialect=engine.dialect)
        self._sql = str(compiled)
        self._order: Sequence[str] | None = getattr(compiled, "positiontup", None)
        self._changes = _changes(engine, compiled.binds)  # type: ignore[attr-defined]
        self._kept: deque[Any] = deque()
        event.listen(engine, "engine_disposed", self._let_go)

    def insert(self, rows: Sequence[Row]) -> set[uuid.UUID]:
        """The identifiers of the rows that are on disk: all but those whose key was there.

        A kept connection that broke meanwhile is noticed when it is used: the same is then sent
        once more on a new one, which changes nothing where it had arrived.

        Raises:
            DBAPIError: as SQLAlchemy would; what was stored before it is found by its key.
        """
        try:
            kept = self._kept.pop()
        except IndexError:
            return self._on_new(rows)
        try:
            return self._on(kept, rows)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._on_new(rows)

    def _on_new(self, rows: Sequence[Row]) -> set[uuid.UUID]:
        opened = self._engine.connect()  # with SQLAlchemy's errors, if any
        connection: Any = opened.connection.driver_connection
        opened.detach()
        if self._is_sqlite:
            connection.execute(f"PRAGMA busy_timeout={self._patience * 1_000}")
        else:
            connection.autocommit = True  # what is sent together is one transaction
        return self._on(connection, rows)

    def _on(self, connection: Any, rows: Sequence[Row]) -> set[uuid.UUID]:
        dialect, errors = self._engine.dialect, self._errors
        try:
            stored = self._run(connection, [self._parameters(row) for row in rows], rows)
        except errors as error:
            self._end(connection)
            is_gone = dialect.is_disconnect(error, connection, None)
            raise DBAPIError.instance(
                self._sql, None, error, errors, True, is_gone, dialect
            ) from error
        except BaseException:
            self._end(connection)
            raise
        self._kept.append(connection)
        return stored

    def _end(self, connection: Any) -> None:
        """SQLite keeps its lock while the statement that failed is held: it is told to let go."""
        with suppress(self._errors):
            connection.rollback()
        connection.close()

    def _run(self, connection: Any, parameters: list[Any], rows: Sequence[Row]) -> set[uuid.UUID]:
        cursor = connection.cursor()
        if self._is_sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        if len(rows) == 1:
            cursor.execute(self._sql, parameters[0])
        else:
            cursor.executemany(self._sql, parameters)
        count = cursor.rowcount
        if self._is_sqlite:
            cursor.execute("COMMIT")
        if count == len(rows):
            return {row["public_id"] for row in rows}
        return {row["public_id"] for row in rows if self._is_there(cursor, row["public_id"])}

    def _is_there(self, cursor: Any, public_id: uuid.UUID) -> bool:
        mark, value = ("?", public_id.hex) if self._is_sqlite else ("%s", public_id)
        cursor.execute(f"SELECT 1 FROM feedback_items WHERE public_id = {mark}", (value,))  # noqa: S608
        return cursor.fetchone() is not None

    def _parameters(self, row: Row) -> Any:
        """As the driver takes them: by name, or in the statement's order."""
        row = {**row, **{name: change(row[name]) for name, change in self._changes.items()}}
        return row if self._order is None else [row[name] for name in self._order]

    def _let_go(self, _engine: Engine) -> None:
        """Closes what is kept, with the engine's own connections."""
        while self._kept:
            self._kept.pop().close()


def _changes(engine: Engine, binds: dict[str, Any]) -> dict[str, Callable[[Any], Any]]:
    """What the types make of a value before the driver takes it, by parameter."""
    dialect = engine.dialect
    found = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bind in binds.items()
    }
    return {name: change for name, change in found.items() if change is not None}
