"""What is asked, in the words of each database."""

from collections.abc import Callable, Iterable

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    cast,
    column,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.feedback.search.index import COLUMN, TABLE
from consult.searching.asked import Asked, Term


def says(asked: Asked) -> ColumnElement[bool]:
    """True of the items whose words are what is asked. Whatever was typed, it is a right query."""
    has = _has_on_postgresql if db.engine.dialect.name == "postgresql" else _has_on_sqlite
    conditions = []
    if asked.wanted:
        conditions.append(has(asked.wanted, " AND "))
    if asked.unwanted:
        conditions.append(~has(asked.unwanted, " OR "))
    return and_(True, *conditions)


def _joined(terms: Iterable[Term], between: str, one: Callable[[Term], str]) -> str:
    return between.join(f"({one(term)})" for term in terms)


def _has_on_sqlite(terms: Iterable[Term], between: str) -> ColumnElement[bool]:
    found = select(column("rowid", Integer)).select_from(table(TABLE))
    match = literal_column(TABLE).op("MATCH")(_joined(terms, between, fts5))
    return FeedbackItem.id.in_(found.where(match))


def _has_on_postgresql(terms: Iterable[Term], between: str) -> ColumnElement[bool]:
    sign = {" AND ": " & ", " OR ": " | "}[between]
    query = cast(_joined(terms, sign, tsquery), TSQUERY)
    words: ColumnElement[str] = literal_column(f"{FeedbackItem.__tablename__}.{COLUMN}")
    return words.op("@@", is_comparison=True)(query)


def fts5(term: Term) -> str:
    """A term in FTS5's language; words are letters and digits only, so nothing is to be escaped."""
    phrases = [f'"{" ".join(phrase)}"' for phrase in term.phrases]
    if term.begins:
        phrases[0] += " *"
    return " OR ".join(phrases)


def tsquery(term: Term) -> str:
    """The same as text of a tsquery."""
    phrases = [" <-> ".join(f"'{word}'" for word in phrase) for phrase in term.phrases]
    if term.begins:
        phrases[0] += ":*"
    return " | ".join(f"({phrase})" for phrase in phrases)
