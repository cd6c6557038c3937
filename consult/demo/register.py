"""The demo's register, and how citizens took part in the making of its services."""

from datetime import date, datetime, timedelta
from typing import Any

from consult.db import Localized, db
from consult.demo.content import read_json, words
from consult.involvement.models import ActivityKind
from consult.involvement.services.recording import ActivityDraft, record_activity, share
from consult.organizations.models import Account, Organization, Service
from consult.quebec_time import quebec_day
from consult.register.entries import OutsideEntry, ServiceEntry
from consult.register.services.keeping import add_outside, change_service


def load_register(
    actor: Account,
    bodies: dict[str, Organization],
    services: dict[str, Service],
    now: datetime,
) -> int:
    """What the register tells of services, and consultations held elsewhere; how many entries."""
    told, today = read_json("register.json"), quebec_day(now)
    for slug, row in told["services"].items():
        before = vars(ServiceEntry.of(services[slug]))
        counted = row.pop("counted_days_ago")
        row["take_up_on"] = None if counted is None else today - timedelta(days=counted)
        change_service(actor, services[slug], ServiceEntry(**{**before, **row}), now)
    for row in told["consultations"]:
        opens = today - timedelta(days=row["opens_days_ago"])
        entry = OutsideEntry(
            title=words(row["title"]),
            opens_on=opens,
            closes_on=opens + timedelta(days=row["lasted"]),
            means=tuple(row["means"]),
            address=row["address"],
        )
        add_outside(actor, bodies[row["organization"]], entry, now)
    db.session.flush()
    return len(told["services"]) + len(told["consultations"])


def load_involvement(actor: Account, services: dict[str, Service], now: datetime) -> int:
    """Records each activity, and shares what was learned of those that say so; how many."""
    rows = read_json("involvement.json")
    for row in rows:
        service = services[row["service"]]
        starts = _first_day(service, row, quebec_day(now))
        texts: dict[str, Localized] = {
            name: words(row.get(name)) for name in ("title", "profile", "learned", "changed")
        }
        draft = ActivityDraft(
            kind=ActivityKind(row["kind"]),
            starts_on=starts,
            ends_on=starts + timedelta(days=row["lasted"] - 1),
            people=row["people"],
            themes=tuple(words(theme) for theme in row["themes"]),
            **texts,
        )
        made = record_activity(actor, service, draft, now)
        if row["shared"]:
            share(actor, made, now)
    return len(rows)


def _first_day(service: Service, row: dict[str, Any], today: date) -> date:
    """So many days ago, or before the service's launch."""
    if "days_ago" in row or service.launched_on is None:
        return today - timedelta(days=row.get("days_ago", 0))
    return service.launched_on - timedelta(days=row["days_before_launch"])
