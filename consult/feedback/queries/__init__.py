"""Reads of feedback. Bulk reads return plain rows, never mapped objects."""

from consult.feedback.queries.asking import (
    handed_out,
    last_handed_out,
    own_set_of,
    own_versions,
    question_set_of,
    settings_of,
)
from consult.feedback.queries.comments import (
    Comment,
    comment_ids,
    comments_by_public_id,
    comments_of,
    newest_comment,
)
from consult.feedback.queries.items import item_by_key, known_keys, latest, repeats
from consult.feedback.queries.scores import NO_SCORE, Score, score, scores
from consult.feedback.queries.served import Served, served

__all__ = [
    "NO_SCORE",
    "Comment",
    "Score",
    "Served",
    "comment_ids",
    "comments_by_public_id",
    "comments_of",
    "handed_out",
    "item_by_key",
    "known_keys",
    "last_handed_out",
    "latest",
    "newest_comment",
    "own_set_of",
    "own_versions",
    "question_set_of",
    "repeats",
    "score",
    "scores",
    "served",
    "settings_of",
]
