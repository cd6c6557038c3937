"""Reads of how satisfied people are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from consult.db import db
from consult.feedback.models import FeedbackItem, FeedbackTotals
from consult.feedback.models.items import COUNTED
from consult.organizations.models import Service


@dataclass(frozen=True)
class Score:
    """Satisfaction with a service: the mean of its ratings, from 1 to 5; None without any."""

    mean: float | None
    ratings: int
    comments: int


NO_SCORE = Score(None, 0, 0)


class Counted(NamedTuple):
    """What counts of one service."""

    service_id: int
    ratings: int
    rating_sum: int
    comments: int

    @property
    def score(self) -> Score:
        mean = self.rating_sum / self.ratings if self.ratings else None
        return Score(mean, self.ratings, self.comments)


def scores(services: Iterable[Service]) -> dict[int, Score]:
    """The score of each service by its database id, in two queries.

    Services with much feedback are counted ahead, by the worker, every minute.
    """
    ids = [service.id for service in services]
    columns = [getattr(FeedbackTotals, name) for name in Counted._fields]
    ahead = select(*columns).where(FeedbackTotals.service_id.in_(ids))
    rows = [Counted._make(row) for row in db.session.execute(ahead)]
    rest = set(ids).difference(row.service_id for row in rows)
    found = {row.service_id: row.score for row in [*rows, *count_now(rest)]}
    return {service_id: found.get(service_id, NO_SCORE) for service_id in ids}


def count_now(service_ids: Collection[int]) -> list[Counted]:
    """Counts the feedback of each of these services that has any, in one query."""
    item = FeedbackItem
    query = (
        select(
            item.service_id,
            func.count(item.rating),
            func.coalesce(func.sum(item.rating), 0),
            func.count(func.nullif(item.comment, "")),
        )
        .where(item.service_id.in_(service_ids), item.review.in_(COUNTED))
        .group_by(item.service_id)
    )
    return [Counted._make(row) for row in db.session.execute(query)] if service_ids else []


def score(service: Service) -> Score:
    """The score of one service, counted now."""
    found = count_now([service.id])
    return found[0].score if found else NO_SCORE


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
