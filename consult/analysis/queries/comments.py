"""Reads of the comments behind themes; their words come from the slice that keeps them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, select

from consult.analysis.models import Analysis, Campaign, Theme, ThemeComment
from consult.analysis.queries.sources import words_of
from consult.db import db


@dataclass(frozen=True)
class Quotation:
    """A comment as people read it; ``lang`` is the language it was written in.

    ``marks``: [start, end, polarity] of what in it speaks of the theme, in letters of the text.
    """

    public_id: uuid.UUID
    text: str
    lang: str
    rating: float | None
    submitted_at: datetime | None
    marks: Sequence[Sequence[float]] = ()


def quotations(
    analysis: Analysis, comments: Sequence[ThemeComment]
) -> list[tuple[ThemeComment, Quotation | None]]:
    """Each comment with its words, or None where they were erased since; one query."""
    words = words_of(analysis, [comment.comment_id for comment in comments])
    return [(comment, _quotation(comment, words.get(comment.comment_id))) for comment in comments]


def _quotation(comment: ThemeComment, text: str | None) -> Quotation | None:
    if not text:
        return None
    return Quotation(
        comment.comment_id,
        text,
        comment.lang,
        comment.rating,
        comment.submitted_at,
        comment.segments or (),
    )


def comments_behind(
    theme: Theme, lang: str | None, page: int, *, is_main: bool = True, per_page: int = 50
) -> Pagination:
    """One page of the comments that mainly speak of a theme, the most typical first.

    Args:
        lang: comments in this language only; in both when None.
        page: from 1; past the last one it is empty.
        is_main: False for the comments that mainly speak of another theme and touch on this one.
    """
    query = select(ThemeComment).where(
        ThemeComment.theme_id == theme.id, ThemeComment.is_main == is_main
    )
    if lang:
        query = query.where(ThemeComment.lang == lang)
    query = query.order_by(
        func.coalesce(ThemeComment.representative_rank, 1_000_000),
        ThemeComment.weight.desc(),
        ThemeComment.id,
    )
    return db.paginate(query, page=page, per_page=per_page, error_out=False)


def campaigns_of(analysis: Analysis, most: int = 20) -> list[tuple[Campaign, str | None]]:
    """The largest groups of near copies, each with the words of one, None where erased."""
    largest = analysis.campaigns[:most]
    words = words_of(analysis, [campaign.comment_id for campaign in largest])
    return [(campaign, words.get(campaign.comment_id) or None) for campaign in largest]
