"""Reads of comments where they are kept: in feedback and in the answers of consultations."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from consult.analysis.codeframes.models import Codeframe
from consult.analysis.models import Analysis, CommentKind
from consult.feedback import queries as feedback
from consult.surveys import queries as surveys


class SourceComment(NamedTuple):
    """One comment as the analysis reads it.

    ``group`` is its segment or region, ``channel`` how it came in.
    """

    kind: CommentKind
    public_id: uuid.UUID
    text: str
    rating: int | None
    lang: str
    submitted_at: datetime
    group: str | None
    channel: str | None = None


def comments_of(analysis: Analysis | Codeframe) -> list[SourceComment]:
    """All that was said on the subject of an analysis or a codeframe, oldest first.

    Ratings without words are included.
    """
    if analysis.consultation:
        answers = surveys.open_answers(analysis.consultation, analysis.question or "")
        return [SourceComment(CommentKind.ANSWER, *answer) for answer in answers]
    if analysis.service is None:
        return []
    return [
        SourceComment(CommentKind.FEEDBACK, *comment[:5], comment.segment, comment.channel)
        for comment in feedback.comments_of(analysis.service)
    ]


def words_of(analysis: Analysis, public_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The words of some of an analysis's comments; those erased since are left out."""
    return {comment.public_id: comment.text for comment in some_comments(analysis, public_ids)}


def some_comments(
    about: Analysis | Codeframe, public_ids: Sequence[uuid.UUID]
) -> list[feedback.Comment] | list[surveys.OpenAnswer]:
    """Some of the comments on a subject, oldest first; those erased since are left out."""
    if about.consultation:
        return surveys.open_answers_by_public_id(
            about.consultation, about.question or "", public_ids
        )
    return feedback.comments_by_public_id(public_ids)


def standing(about: Analysis) -> set[uuid.UUID]:
    """The identifiers of all comments on a subject; those erased or withdrawn are not there."""
    if about.consultation:
        return surveys.submitted_ids(about.consultation)
    return feedback.comment_ids(about.service) if about.service else set()


def newest(about: Codeframe) -> str:
    """A mark that changes when a comment comes in on the codeframe's subject."""
    if about.consultation:
        return surveys.newest_answer(about.consultation)
    return feedback.newest_comment(about.service) if about.service else ""
