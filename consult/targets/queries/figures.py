"""Figures of the targets as they stand on a day, and the lists behind them."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, Subquery, case, func, select

from consult.db import Localized, db
from consult.organizations.models import Organization
from consult.quebec_time import quebec_day
from consult.targets.definitions import Definition


@dataclass(frozen=True)
class Figure:
    """``counted`` of ``total`` things count, where ``goal`` percent of them should."""

    counted: int
    total: int
    goal: int

    @property
    def share(self) -> float | None:
        """counted ÷ total, 0 to 1; None when there is nothing to count."""
        return self.counted / self.total if self.total else None

    @property
    def lacking(self) -> int:
        """How many more have to count to reach the goal, the total staying as it is."""
        needed = -(-self.total * self.goal // 100)
        return max(needed - self.counted, 0)


@dataclass(frozen=True)
class Entry:
    """One thing of a list: what it is, whether it counts, why, and when."""

    body: str
    body_name: Localized
    kind: str
    key: str
    name: Localized
    link: str
    counts: bool
    reason: str
    dates: dict[str, date | None]


def figure(definition: Definition, day: date, body: Organization | None = None) -> Figure:
    """The figure of a day, of one public body or of all."""
    found = _figures(definition, day, None if body is None else [body.id])
    counted, total = (sum(part) for part in zip(*found.values(), strict=True)) if found else (0, 0)
    return Figure(counted, total, definition.goal)


def figures_by_body(
    definition: Definition, day: date, bodies: Iterable[Organization]
) -> dict[int, Figure]:
    """The figure of each of some public bodies, by its database id."""
    ids = [body.id for body in bodies]
    found = _figures(definition, day, ids)
    return {id_: Figure(*found.get(id_, (0, 0)), definition.goal) for id_ in ids}


def _figures(
    definition: Definition, day: date, ids: Collection[int] | None
) -> dict[int, tuple[int, int]]:
    listed = _listed(definition, day, ids).subquery()
    counted = func.sum(case((listed.c.counts, 1), else_=0))
    query = select(listed.c.organization_id, counted, func.count())
    rows = db.session.execute(query.group_by(listed.c.organization_id))
    return {id_: (int(number), total) for id_, number, total in rows}


def entries(definition: Definition, day: date, body: Organization | None = None) -> list[Entry]:
    """The whole list behind a figure: what counts first, then in the order of bodies and names."""
    listed = _listed(definition, day, None if body is None else [body.id]).subquery()
    return _read(listed, definition)


def figure_and_entries(
    definition: Definition, day: date, body: Organization | None, start: int, number: int
) -> tuple[Figure, list[Entry]]:
    """A figure, and a part of the list behind it, of ``number`` entries from ``start``.

    Everything is counted and put in order in one query, which looks up no more than that needs;
    the dates are asked for of the few entries shown.
    """
    listed = _listed(definition, day, None if body is None else [body.id]).subquery()
    light = [listed.c[name] for name in ("organization_id", "kind", "key", "name_fr", "counts")]
    once = select(*light).offset(0).subquery()  # the databases would ask twice whether each counts
    counted, total = func.sum(case((once.c.counts, 1), else_=0)), func.count()
    query = (
        select(once.c.kind, once.c.key, counted.over().label("counted"), total.over())
        .join(Organization, Organization.id == once.c.organization_id)
        .order_by(*_order(once))
        .offset(start)
        .limit(number)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return figure(definition, day, body), []
    shown = listed.select().where(listed.c.key.in_([row.key for row in rows])).subquery()
    places = {(row.kind, row.key): place for place, row in enumerate(rows)}
    found = [entry for entry in _read(shown, definition) if (entry.kind, entry.key) in places]
    return Figure(int(rows[0].counted), rows[0][3], definition.goal), found


def _order(listed: Subquery) -> tuple[ColumnElement[Any], ...]:
    counts_first = case((listed.c.counts, 0), else_=1)
    return counts_first, Organization.slug.expression, listed.c.name_fr, listed.c.key


def _read(listed: Subquery, definition: Definition) -> list[Entry]:
    names = Organization.__table__.c
    query = (
        select(
            *listed.c,
            Organization.slug.label("body"),
            names.name_fr.label("body_fr"),
            names.name_en.label("body_en"),
        )
        .join(Organization, Organization.id == listed.c.organization_id)
        .order_by(*_order(listed))
    )
    return [_entry(row, definition.dates) for row in db.session.execute(query).mappings()]


def _listed(definition: Definition, day: date, ids: Collection[int] | None) -> Select[Any]:
    """What the definition lists, of some public bodies or of all."""
    if ids is None:
        return definition.listed(day)
    listed = definition.listed(day).subquery()
    return select(*listed.c).where(listed.c.organization_id.in_(ids))


def _entry(row: RowMapping, dates: Sequence[str]) -> Entry:
    kind, key = row["kind"], row["key"]
    found = {name: row[name] or row.get(f"{name}_moment") for name in dates}
    return Entry(
        body=row["body"],
        body_name=Localized(row["body_fr"], row["body_en"]),
        kind=kind,
        key=str(uuid.UUID(key)) if kind == "outside" else key,
        name=Localized(row["name_fr"], row["name_en"]),
        link=row["link"],
        counts=bool(row["counts"]),
        reason=row["reason"],
        dates={name: _day(value) for name, value in found.items()},
    )


def _day(value: date | datetime | None) -> date | None:
    return quebec_day(value) if isinstance(value, datetime) else value
