"""What a week brought to a service, as its digest tells it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from consult.config import QUEBEC_TIME
from consult.db import db
from consult.feedback.models import Alert, FeedbackItem
from consult.feedback.models.items import COUNTED
from consult.feedback.queries.alerts import (
    Words,
    alerts_since,
    answers_between,
    waiting_review,
    words_between,
)
from consult.organizations.models import Service


@dataclass(frozen=True)
class Week:
    """From Monday ``start`` to before Monday ``end``, at midnight in Québec.

    ``ratings`` and ``ratings_before`` count the ratings of this week and of the 4 weeks before.
    """

    start: datetime
    end: datetime
    answers: int
    answers_before: int
    ratings: Counter[int]
    ratings_before: Counter[int]
    comments: Sequence[Words]
    alerts: Sequence[Alert]
    held: int

    @property
    def says_something(self) -> bool:
        return bool(self.answers or self.alerts or self.held)


def week_before(service: Service, moment: datetime) -> Week:
    """The whole week before that of ``moment``."""
    local = moment.astimezone(ZoneInfo(QUEBEC_TIME))
    monday = local.replace(hour=0, minute=0, second=0, microsecond=0)
    end = monday - timedelta(days=local.weekday())
    start = end - timedelta(weeks=1)  # of the calendar: the clock may have changed
    return Week(
        start=start,
        end=end,
        answers=answers_between(service, start, end),
        answers_before=answers_between(service, start - timedelta(weeks=1), start),
        ratings=_ratings(service, start, end),
        ratings_before=_ratings(service, start - timedelta(weeks=4), start),
        comments=words_between(service, start, end),
        alerts=alerts_since(service, start),
        held=waiting_review(service),
    )


def _ratings(service: Service, start: datetime, end: datetime) -> Counter[int]:
    """How many counted ratings of each value there are."""
    query = (
        select(FeedbackItem.rating, func.count())
        .where(
            FeedbackItem.service_id == service.id,
            FeedbackItem.submitted_at >= start,
            FeedbackItem.submitted_at < end,
            FeedbackItem.rating.is_not(None),
            FeedbackItem.review.in_(COUNTED),
        )
        .group_by(FeedbackItem.rating)
    )
    return Counter({rating: count for rating, count in db.session.execute(query) if rating})
