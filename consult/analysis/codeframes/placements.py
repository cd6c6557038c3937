"""Comments that people put in themes, from one version to another."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, insert, select, update

from consult.analysis.codeframes.errors import NothingChosenError
from consult.analysis.codeframes.models import (
    Codeframe,
    CodeframeAssignment,
    CodeframePlacement,
    CodeframeVersion,
)
from consult.db import db

#: A comment, its theme, whether it is the main one, and where the piece begins and ends.
Placed = tuple[uuid.UUID, uuid.UUID, bool, int | None, int | None]


def checked_comments(codeframe: Codeframe, comments: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Those of ``comments`` that the codeframe knows, each once, in order.

    Raises ``NothingChosenError`` when there is none.
    """
    known = set(
        db.session.scalars(
            select(CodeframeAssignment.comment_id).where(
                CodeframeAssignment.codeframe_id == codeframe.id,
                CodeframeAssignment.comment_id.in_(comments),
            )
        )
    )
    chosen = [comment_id for comment_id in dict.fromkeys(comments) if comment_id in known]
    if not chosen:
        raise NothingChosenError()
    return chosen


def place(
    version: CodeframeVersion,
    by_theme: dict[uuid.UUID, list[uuid.UUID]],
    *,
    is_main: bool = True,
) -> None:
    """Places comments by a person's hand from ``version`` on; a new main theme ends the others."""
    for key, comments in by_theme.items():
        for start in range(0, len(comments), 500):
            some = comments[start : start + 500]
            _end(version, some, CodeframePlacement.theme_key == key, all_of_them=is_main)
        _insert(version, [(comment_id, key, is_main, None, None) for comment_id in comments])


def place_piece(
    version: CodeframeVersion, comment_id: uuid.UUID, key: uuid.UUID, start: int, end: int
) -> None:
    """Puts the piece of a comment from ``start`` to ``end`` in a theme; it leaves any other."""
    row = CodeframePlacement
    db.session.execute(
        update(row)
        .where(
            row.codeframe_id == version.codeframe_id,
            row.until.is_(None),
            row.comment_id == comment_id,
            row.piece_start < end,
            row.piece_end > start,
        )
        .values(until=version.number)
    )
    _insert(version, [(comment_id, key, False, start, end)])


def _end(
    version: CodeframeVersion,
    comments: Sequence[uuid.UUID],
    same: ColumnElement[bool],
    *,
    all_of_them: bool,
) -> None:
    row = CodeframePlacement
    ended = update(row).where(
        row.codeframe_id == version.codeframe_id,
        row.until.is_(None),
        row.comment_id.in_(comments),
    )
    if not all_of_them:
        ended = ended.where(same, ~row.is_main, row.piece_start.is_(None))
    db.session.execute(ended.values(until=version.number))


def _insert(version: CodeframeVersion, rows: Iterable[Placed]) -> None:
    values = [
        {
            "codeframe_id": version.codeframe_id,
            "comment_id": comment_id,
            "theme_key": key,
            "is_main": is_main,
            "piece_start": start,
            "piece_end": end,
            "since": version.number,
        }
        for comment_id, key, is_main, start, end in rows
    ]
    if values:
        db.session.execute(insert(CodeframePlacement), values)


def restore(version: CodeframeVersion, number: int) -> None:
    """From ``version`` on, comments stand where people had put them in version ``number``."""
    row = CodeframePlacement
    db.session.execute(
        update(row)
        .where(row.codeframe_id == version.codeframe_id, row.until.is_(None), row.since > number)
        .values(until=version.number)
    )
    again = select(
        row.comment_id, row.theme_key, row.is_main, row.piece_start, row.piece_end
    ).where(row.codeframe_id == version.codeframe_id, row.since <= number, row.until > number)
    _insert(
        version,
        [
            (comment_id, key, is_main, start, end)
            for comment_id, key, is_main, start, end in db.session.execute(again.order_by(row.id))
        ],
    )
