"""The last question, on the consultation itself: never required, correctable, kept once."""

from datetime import datetime

from consult.db import db
from consult.question_pages.safe_answers import take
from consult.questionnaires import AnswerError, Text
from consult.questionnaires.types import LongText
from consult.surveys.models import Response

#: What the comment is checked against.
COMMENT = LongText(type="long_text", name="experience_comment", label=Text(), max_length=1_000)


def rate_experience(
    response: Response, rating: int | None, comment: str, now: datetime
) -> AnswerError | None:
    """Keeps how the person found the consultation (1 to 5) and their words, redacted.

    Returns what is wrong with the comment, in which case nothing is kept.
    """
    taken = take(COMMENT, comment)
    if taken.error or not response.is_submitted:
        return taken.error
    response.experience_rating = rating
    response.experience_comment = str(taken.answer or "")
    response.updated_at = now
    db.session.flush()
    return None
