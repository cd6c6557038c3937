"""Comments that say several things: their pieces, and moving one of them."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from consult.analysis.codeframes.acts import begin, known, new_version, said
from consult.analysis.codeframes.errors import NothingChosenError
from consult.analysis.codeframes.models import Act, Codeframe, CodeframeVersion
from consult.analysis.codeframes.placements import checked_comments, place_piece
from consult.analysis.models import Analysis, Theme, ThemeComment
from consult.db import Localized, db
from consult.organizations.models import Account


class Piece(NamedTuple):
    """A piece of a comment, ``start`` to ``end`` in its words, and its theme in the analysis."""

    start: int
    end: int
    theme: Localized


def pieces_of(codeframe: Codeframe, comment_id: uuid.UUID) -> list[Piece]:
    """The pieces of a comment in the last analysis, in order; one or none: it was read whole."""
    return _pieces(codeframe, [comment_id]).get(comment_id, [])


def parted(codeframe: Codeframe, comments: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of ``comments`` of which the last analysis read several pieces."""
    found = _pieces(codeframe, comments)
    return {comment_id for comment_id, pieces in found.items() if len(pieces) > 1}


def _pieces(codeframe: Codeframe, comments: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Piece]]:
    about = (
        [Analysis.service_id == codeframe.service_id]
        if codeframe.service_id
        else [
            Analysis.consultation_id == codeframe.consultation_id,
            Analysis.question == codeframe.question,
        ]
    )
    last = (
        select(Analysis.id)
        .where(Analysis.completed_at.is_not(None), *about)
        .order_by(Analysis.completed_at.desc(), Analysis.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(ThemeComment, Theme)
        .join(Theme)
        .where(Theme.analysis_id == last, ThemeComment.comment_id.in_(comments))
    )
    found: dict[uuid.UUID, list[Piece]] = {}
    for comment, theme in rows:
        for start, end, _polarity in comment.segments or []:
            piece = Piece(int(start), int(end), theme.label)
            found.setdefault(comment.comment_id, []).append(piece)
    return {
        comment_id: sorted(pieces, key=lambda piece: piece.start)
        for comment_id, pieces in found.items()
    }


def move_piece(
    actor: Account,
    codeframe: Codeframe,
    comment_id: uuid.UUID,
    piece: tuple[int, int],
    to: uuid.UUID,
    now: datetime,
) -> CodeframeVersion:
    """Puts a piece of a comment in a theme by a person's hand; the rest stays where it is.

    Raises:
        NothingChosenError: the comment, the theme or the piece is not there.
    """
    before, themes = begin(actor, codeframe)
    target, [chosen] = known(themes, to), checked_comments(codeframe, [comment_id])
    if piece not in {(one.start, one.end) for one in pieces_of(codeframe, chosen)}:
        raise NothingChosenError()
    details = {"to": said(target.label), "comments": 1, "piece": True}
    made = new_version(before, Act.MOVE, actor, now, details)
    place_piece(made, chosen, to, *piece)
    return made
