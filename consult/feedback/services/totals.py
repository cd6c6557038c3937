"""Counting ahead what was said of services with much feedback."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from consult.db import db
from consult.feedback.models import FeedbackItem, FeedbackSeen, FeedbackTotals
from consult.feedback.queries.scores import count_now
from consult.organizations.models import Service

#: A service with fewer pieces of feedback is counted when it is asked for.
FROM = 200

#: A transaction that is not committed yet holds numbers at most so far behind the greatest.
OVERLAP = 1_000

_AT_ONCE = 100


def count_news(now: datetime) -> int:
    """Counts again the services of which something was said since they were; how many."""
    seen = db.session.get(FeedbackSeen, 1) or FeedbackSeen(id=1, last_item_id=0)
    newest = db.session.scalar(select(func.max(FeedbackItem.id))) or 0
    if newest <= seen.last_item_id:
        return 0
    came_in = select(FeedbackItem.service_id).where(FeedbackItem.id > seen.last_item_id - OVERLAP)
    done = _count(db.session.scalars(came_in.distinct()).all(), now)
    seen.last_item_id = newest
    db.session.add(seen)
    db.session.commit()
    return done


def count_all(now: datetime) -> int:
    """Counts every service again; how many have totals."""
    return _count(db.session.scalars(select(Service.id).order_by(Service.id)).all(), now)


def forget_totals(service: Service) -> None:
    """Something counted was changed or taken away: the service is counted when asked for."""
    _hold([service.id])
    db.session.execute(delete(FeedbackTotals).where(FeedbackTotals.service_id == service.id))


def _count(service_ids: Sequence[int], now: datetime) -> int:
    done = 0
    for start in range(0, len(service_ids), _AT_ONCE):
        some = service_ids[start : start + _AT_ONCE]
        _hold(some)
        rows = [
            {**row._asdict(), "counted_at": now}
            for row in count_now(some)
            if max(row.ratings, row.comments) >= FROM
        ]
        db.session.execute(delete(FeedbackTotals).where(FeedbackTotals.service_id.in_(some)))
        if rows:
            db.session.execute(insert(FeedbackTotals), rows)
        db.session.commit()
        done += len(rows)
    return done


def _hold(service_ids: Sequence[int]) -> None:
    """Until the transaction ends, nobody else counts these services or forgets their totals.

    Who sends feedback is not held up: a foreign key asks for less.
    """
    query = select(Service.id).where(Service.id.in_(service_ids)).order_by(Service.id)
    db.session.execute(query.with_for_update(key_share=True))
