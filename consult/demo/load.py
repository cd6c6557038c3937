"""Fills an empty database with the demo, through the services of each slice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from consult.analysis.models import Improvement, ImprovementState
from consult.analysis.queries.subjects import has_comments, subjects_of
from consult.analysis.services.improve import Draft, change_improvement
from consult.analysis.services.request import request_analysis
from consult.db import db
from consult.demo.content import answers_to, consultations, read_json, read_rows, words
from consult.feedback.services import Submission, record_all
from consult.jobs.models import Job
from consult.organizations import services as organizations
from consult.organizations.models import Account, Organization, Service

Say = Callable[[str], None]

#: The service whose widget the other site of the demo shows.
DEMO_SERVICE = "permis-plein-air"


@dataclass(frozen=True)
class StaffAccount:
    """The one account of the demo; its password is made at the first start."""

    email: str = "camille@example.org"
    name: str = "Camille Demers"


staff_account = StaffAccount()


def load_content(host_origin: str, password: str, now: datetime, say: Say) -> Account:
    """Loads everything and returns the staff account; the caller commits.

    Args:
        host_origin: the other site, which every service allows to show its widget.
        password: the staff account's.
        now: the moment the content's "days ago" count from.
        say: told each step, in both languages.
    """
    actor = organizations.create_account(
        staff_account.email, staff_account.name, password, is_central=True
    )
    bodies = _load_organizations(host_origin, now.date())
    services = {s.slug: s for body in bodies.values() for s in body.services}
    say(f"{len(bodies)} organismes, {len(services)} services / bodies, services")
    say(f"{_load_feedback(services, now)} avis / feedback")
    _load_consultations(actor, bodies, now, say)
    say(f"{_load_improvements(actor, services, now)} améliorations / improvements")
    return actor


def request_analyses(actor: Account, now: datetime) -> list[Job]:
    """Asks for the analysis of everything that has comments; the caller commits and announces."""
    return [
        request_analysis(actor, subject, themes=None, seed=0, now=now).job
        for subject in subjects_of(actor)
        if has_comments(subject)
    ]


def _load_organizations(host_origin: str, today: date) -> dict[str, Organization]:
    bodies = {}
    for body in read_json("organizations.json"):
        made = organizations.add_organization(
            body["slug"], words(body["name"]), words(body["description"])
        )
        for service in body["services"]:
            organizations.add_service(
                made,
                service["slug"],
                words(service["name"]),
                description=words(service["description"]),
                launched_on=today - timedelta(days=service["launched_days_ago"]),
                is_new=service["is_new"],
                is_digital=service["is_digital"],
                channels=service["channels"],
                allowed_origins=[host_origin],
            )
        bodies[made.slug] = made
    return bodies


def _load_feedback(services: dict[str, Service], now: datetime) -> int:
    rows = [
        (row["service"], _submission(number, row, now))
        for number, row in enumerate(read_rows("feedback.csv"))
    ]
    rows.sort(key=lambda row: row[0])
    return sum(
        record_all(services[slug], _in_order(submissions), now)
        for slug, submissions in groupby(rows, key=lambda row: row[0])
    )


def _in_order(rows: Iterable[tuple[str, Submission]]) -> list[Submission]:
    return sorted((s for _slug, s in rows), key=lambda s: s.submitted_at or datetime.min)


def _submission(number: int, row: dict[str, str], now: datetime) -> Submission:
    """One line of the file; several of a day are spread over its hours."""
    moment = now - timedelta(days=int(row["days_ago"]), minutes=37 * (number % 24) + 5)
    return Submission(
        rating=int(row["rating"]) if row["rating"] else None,
        comment=row["comment"],
        lang=row["lang"],
        page=row["page"] or None,
        idempotency_key=f"demo-{number:06d}",
        channel=row["channel"],
        submitted_at=moment,
    )


def _load_improvements(actor: Account, services: dict[str, Service], now: datetime) -> int:
    improvements = read_json("improvements.json")
    for row in improvements:
        service = services[row["service"]]
        moment = now - timedelta(days=row["days_ago"])
        state = ImprovementState(row["state"])
        told = "reason" if state is ImprovementState.DECLINED else "did"
        improvement = Improvement(
            organization=service.organization, service=service, created_at=moment
        )
        draft = Draft(
            title=words(row["title"]),
            owner=actor,
            state=state,
            said=words(row["said"]),
            **{told: words(row["did"])},
        )
        change_improvement(actor, improvement, draft, moment)
        db.session.add(improvement)
    db.session.flush()
    return len(improvements)
