"""Figures as they were kept, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from consult.db import Localized, db
from consult.organizations.models import Organization
from consult.targets.definitions import definition_of
from consult.targets.models import TargetSnapshot
from consult.targets.queries.figures import Entry, Figure


@dataclass(frozen=True)
class Kept:
    """A figure kept at the end of a month, the version that gave it and when it was kept."""

    target: str
    month: date
    version: int
    figure: Figure
    taken_at: datetime


def history(body: Organization | None = None, since: date | None = None) -> dict[str, list[Kept]]:
    """Every kept figure of each target, oldest first, of one public body or of all.

    Of all: the sum of the public bodies' figures. A month without a figure had nothing to count.
    """
    table = TargetSnapshot
    columns: list[ColumnElement[Any]] = [
        table.target.expression,
        table.month.expression,
        table.version.expression,
        func.sum(table.counted),
        func.sum(table.total),
        func.max(table.taken_at),
    ]
    wanted: list[ColumnElement[bool]] = []
    if body is not None:
        wanted.append(table.organization_id == body.id)
    if since is not None:
        wanted.append(table.month >= since)
    query = select(*columns).where(*wanted)
    query = query.group_by(table.target, table.month, table.version).order_by(table.month)
    found: dict[str, list[Kept]] = {}
    for target, month, version, counted, total, taken_at in db.session.execute(query):
        figure = Figure(int(counted), int(total), definition_of(target, version).goal)
        found.setdefault(target, []).append(Kept(target, month, version, figure, taken_at))
    return found


def kept_list(target: str, month: date, body: Organization | None = None) -> list[Entry]:
    """The list behind a kept figure, as it was."""
    query = select(TargetSnapshot).where(
        TargetSnapshot.target == target, TargetSnapshot.month == month
    )
    if body is not None:
        query = query.where(TargetSnapshot.organization_id == body.id)
    query = query.options(joinedload(TargetSnapshot.organization))
    rows: Sequence[TargetSnapshot] = db.session.scalars(query.order_by(TargetSnapshot.id)).all()
    return [_entry(row.organization, one) for row in rows for one in row.entries]


def is_kept(target: str, month: date) -> bool:
    """True once the figures of a month were kept."""
    query = select(TargetSnapshot.id).where(
        TargetSnapshot.target == target, TargetSnapshot.month == month
    )
    return db.session.scalar(query.limit(1)) is not None


def kept_version(target: str, month: date, body: Organization | None = None) -> Kept | None:
    """The figure kept for one month, of one public body or of all; None when there is none."""
    found = history(body, month).get(target, [])
    return next((one for one in found if one.month == month), None)


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry as a snapshot keeps it."""
    return {
        "kind": entry.kind,
        "key": entry.key,
        "name": {"fr": entry.name.fr, "en": entry.name.en},
        "link": entry.link,
        "counts": entry.counts,
        "reason": entry.reason,
        "dates": {name: day and day.isoformat() for name, day in entry.dates.items()},
    }


def _entry(body: Organization, kept: dict[str, Any]) -> Entry:
    return Entry(
        body=body.slug,
        body_name=body.name,
        kind=kept["kind"],
        key=kept["key"],
        name=Localized(**kept["name"]),
        link=kept["link"],
        counts=kept["counts"],
        reason=kept["reason"],
        dates={name: day and date.fromisoformat(day) for name, day in kept["dates"].items()},
    )
