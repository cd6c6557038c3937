"""Keeping the figures of ended months, with the lists that prove them."""

from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func, select

from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Organization, Service
from consult.quebec_time import quebec_day
from consult.targets.definitions import (
    EVOLVING,
    TARGETS,
    Definition,
    DefinitionNotKnownError,
    definition_of,
    definition_on,
)
from consult.targets.models import TargetSnapshot
from consult.targets.months import ended_months, last_day
from consult.targets.queries.figures import Entry, entries
from consult.targets.queries.history import Kept, as_json, is_kept

#: How far back figures are worked out from the dates that are known.
MONTHS_BACK = 12


def months_to_keep(now: datetime) -> list[tuple[str, date]]:
    """The targets and ended months that have no figure yet, oldest first.

    A month before the first feedback that was ever received here tells nothing of target 2: it is
    left out.
    """
    heard_since = _first_feedback()
    return [
        (target, month)
        for month in ended_months(quebec_day(now), MONTHS_BACK)
        for target in TARGETS
        if not is_kept(target, month)
        if target != EVOLVING or (heard_since is not None and heard_since <= last_day(month))
    ]


def keep_month(target: str, month: date, now: datetime) -> int:
    """Keeps a target's figure of each public body at the end of a month, and how many it kept.

    Does nothing for a month that has its figures, or that had nothing to count. One row per public
    body, all in the caller's transaction: all are kept or none.
    """
    day = last_day(month)
    try:
        definition = definition_on(target, day)
    except DefinitionNotKnownError:
        return 0
    if day >= quebec_day(now) or is_kept(target, month):
        return 0
    bodies = db.session.execute(select(Organization.slug, Organization.id))
    ids = {slug: id_ for slug, id_ in bodies}
    listed = sorted(entries(definition, day), key=lambda entry: entry.body)
    kept = [
        _snapshot(definition, ids[body], month, list(of_body), now)
        for body, of_body in groupby(listed, key=lambda entry: entry.body)
    ]
    db.session.add_all(kept)
    db.session.flush()
    return len(kept)


def recomputed(kept: Kept, body: Organization | None = None) -> list[Entry]:
    """The list of a kept figure by the same version of the rule, from what is known today.

    It differs from the list that was kept where what it rests on was corrected since.
    """
    return entries(definition_of(kept.target, kept.version), last_day(kept.month), body)


def _snapshot(
    definition: Definition, body_id: int, month: date, listed: list[Entry], now: datetime
) -> TargetSnapshot:
    return TargetSnapshot(
        organization_id=body_id,
        target=definition.target,
        version=definition.number,
        month=month,
        counted=sum(entry.counts for entry in listed),
        total=len(listed),
        entries=[as_json(entry) for entry in listed],
        taken_at=now,
    )


def _first_feedback() -> date | None:
    """The day of the first feedback of all; one look into an index per service."""
    first = (
        select(FeedbackItem.submitted_at)
        .where(FeedbackItem.service_id == Service.id)
        .order_by(FeedbackItem.submitted_at)
        .limit(1)
        .correlate(Service)
        .scalar_subquery()
    )
    found = select(first.label("first")).select_from(Service).subquery()
    moment: datetime | None = db.session.scalar(select(func.min(found.c.first)))
    return quebec_day(moment) if moment else None
