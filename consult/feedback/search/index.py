"""The index of the words of comments: made with the table, kept in step by the database itself.

On SQLite, an FTS5 table that holds no copy of the words, and triggers. On PostgreSQL, a
generated column of the words and a GIN index: no extension and no special right is needed. Both
fold case and accents, cut at whatever is no letter or digit, and drop no word.

Migration 0003 makes the same; on SQLite, a later one that rewrites ``feedback_items`` (Alembic's
batch mode copies the table) has to make the triggers again. A test compares.
"""

from typing import Any

from sqlalchemy import Connection, Table, event, text

#: The FTS5 table; PostgreSQL's column, which the models do not know.
TABLE, COLUMN = "feedback_words", "words"
INDEX = "ix_feedback_items_words"

SQLITE = (
    "CREATE VIRTUAL TABLE feedback_words USING fts5(comment, content='feedback_items',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER feedback_words_added AFTER INSERT ON feedback_items"
    " WHEN new.comment <> '' BEGIN"
    " INSERT INTO feedback_words(rowid, comment) VALUES (new.id, new.comment); END",
    "CREATE TRIGGER feedback_words_removed AFTER DELETE ON feedback_items"
    " WHEN old.comment <> '' BEGIN"
    " INSERT INTO feedback_words(feedback_words, rowid, comment)"
    " VALUES ('delete', old.id, old.comment); END",
    "CREATE TRIGGER feedback_words_changed AFTER UPDATE OF comment ON feedback_items BEGIN"
    " INSERT INTO feedback_words(feedback_words, rowid, comment)"
    " SELECT 'delete', old.id, old.comment WHERE old.comment <> '';"
    " INSERT INTO feedback_words(rowid, comment)"
    " SELECT new.id, new.comment WHERE new.comment <> ''; END",
)

#: Letters with a mark, and signs that cut words; each with what stands for it.
_MARKED = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝŸ"
_PLAIN = "aaaaaaceeeeiiiinooooouuuuyy" * 2
_SIGNS = '!"#%&()*+,-./;<=>?@[]^_`{|}~:\\«»‘’ʼ“”…–—‑·•°€£'
_SPACES = " " * (len(_SIGNS) + 1)  # and the straight quote, written twice in SQL

POSTGRESQL = (
    f"ALTER TABLE feedback_items ADD COLUMN {COLUMN} tsvector GENERATED ALWAYS AS ("
    "to_tsvector('pg_catalog.simple'::regconfig, translate("
    "replace(replace(lower(comment), 'œ', 'oe'), 'Œ', 'oe'),"
    f" '{_MARKED}{_SIGNS}''', '{_PLAIN}{_SPACES}'))) STORED",
    f"CREATE INDEX {INDEX} ON feedback_items USING gin ({COLUMN})",
)

#: What the database makes of the index beside the tables of the models.
_BESIDE = frozenset(
    (TABLE, INDEX, *(f"{TABLE}_{part}" for part in ("data", "idx", "docsize", "config")))
)


def is_of_models(name: str | None, kind: str, _parents: Any) -> bool:
    """Alembic's ``include_name``: False of what stands beside the models' tables for searching."""
    return name not in _BESIDE and (kind, name) != ("column", COLUMN)


def keep_words(items: Table) -> None:
    """Has the index made and dropped with the table of items."""

    def make(_table: Table, connection: Connection, **_options: Any) -> None:
        postgresql = connection.dialect.name == "postgresql"
        for statement in POSTGRESQL if postgresql else SQLITE:
            connection.execute(text(statement))

    def drop(_table: Table, connection: Connection, **_options: Any) -> None:
        if connection.dialect.name != "postgresql":  # there, it went with the table
            connection.execute(text(f"DROP TABLE IF EXISTS {TABLE}"))

    event.listen(items, "after_create", make)
    event.listen(items, "after_drop", drop)
