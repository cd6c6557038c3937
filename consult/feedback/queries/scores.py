"""Reads of how satisfied people are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.feedback.models.items import COUNTED
from consult.organizations.models import Service


@dataclass(frozen=True)
class Score:
    """Satisfaction with a service: the mean of its ratings, from 1 to 5; None without any."""

    mean: float | None
    ratings: int
    comments: int


NO_SCORE = Score(None, 0, 0)


def scores(services: Iterable[Service]) -> dict[int, Score]:
    """The score of each service by its database id, in one query."""
    ids = [service.id for service in services]
    query = (
        select(
            FeedbackItem.service_id,
            func.avg(FeedbackItem.rating),
            func.count(FeedbackItem.rating),
            func.count(func.nullif(FeedbackItem.comment, "")),
        )
        .where(FeedbackItem.service_id.in_(ids), FeedbackItem.review.in_(COUNTED))
        .group_by(FeedbackItem.service_id)
    )
    found = {
        service_id: Score(None if mean is None else float(mean), ratings, comments)
        for service_id, mean, ratings, comments in db.session.execute(query)
    }
    return {service_id: found.get(service_id, NO_SCORE) for service_id in ids}


def score(service: Service) -> Score:
    """The score of one service."""
    return scores([service])[service.id]


def rating_counts(service: Service, start: datetime, end: datetime) -> dict[float, int]:
    """How many gave each rating of a service, from ``start`` to before ``end``."""
    query = (
        select(FeedbackItem.rating, func.count())
        .where(
            FeedbackItem.service_id == service.id,
            FeedbackItem.submitted_at >= start,
            FeedbackItem.submitted_at < end,
            FeedbackItem.review.in_(COUNTED),
            FeedbackItem.rating.is_not(None),
        )
        .group_by(FeedbackItem.rating)
        .order_by(FeedbackItem.rating)
    )
    return {rating: count for rating, count in db.session.execute(query) if rating}
