"""Fills an empty database with the demo, through the services of each slice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consult.analysis.queries.subjects import has_comments, subjects_in
from consult.analysis.services.request import request_analysis
from consult.config import QUEBEC_TIME
from consult.db import db
from consult.demo.content import answers_to, consultations, read_json, read_rows, words
from consult.demo.improvements import load_improvements
from consult.demo.inbox import load_inbox
from consult.demo.people import load_people
from consult.demo.register import load_involvement, load_register
from consult.demo.targets import keep_history, load_declared, load_preparations
from consult.feedback import services as feedback
from consult.jobs.models import Job
from consult.organizations import services as organizations
from consult.organizations.models import Account, Organization, Service
from consult.organizations.queries import organizations_of
from consult.surveys.models import Consultation
from consult.surveys.results.figures import Pick
from consult.surveys.services.highlights import add_highlight, publish_highlight
from consult.surveys.services.prepare import (
    TEXTS,
    ConsultationDetails,
    add_version,
    create_consultation,
)
from consult.surveys.services.publish import publish, publish_results
from consult.surveys.services.respond import FilledQuestionnaire, record_all

QUEBEC = ZoneInfo(QUEBEC_TIME)

Say = Callable[[str], None]

#: The service whose widget the other site of the demo shows.
DEMO_SERVICE = "permis-plein-air"

#: The service that asks another set of questions than the others.
TASK_SERVICE = "reservation-refuges"


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
    say(f"{load_people(actor, bodies, now)} personnes des organismes / people of the bodies")
    say(f"{load_register(actor, bodies, services, now)} entrées au registre / register entries")
    say(f"{load_involvement(actor, services, now)} activités de participation / activities")
    say(f"{_load_feedback(services, now)} avis / feedback")
    say(f"{load_inbox(actor, services, now)} avis suivis ou retenus / followed up or held")
    feedback.change_settings(services[DEMO_SERVICE], now, is_public=True)
    say(f"{_load_consultations(actor, bodies, now)} réponses aux consultations / answers")
    say(f"{load_improvements(actor, services, now)} améliorations / improvements")
    say(f"{load_preparations(actor, now)} préparations / preparations")
    say(f"{load_declared(actor, bodies, now)} indicateurs déclarés / declared indicators")
    say(f"{keep_history(now)} chiffres des cibles gardés / figures of the targets kept")
    return actor


def allow_origin(host_origin: str) -> None:
    """Lets the other site show every service's widget: it moves when the demo's port does."""
    for service in db.session.scalars(select(Service)):
        feedback.set_allowed_origins(service, [*service.allowed_origins, host_origin])


def request_analyses(actor: Account, now: datetime) -> list[Job]:
    """Asks for the analysis of everything that has comments; the caller commits and announces."""
    return [
        request_analysis(actor, subject, themes=None, seed=0, now=now).job
        for subject in subjects_in(organizations_of(actor))
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
    """Each service's feedback, oldest first, as it would have come in."""
    rows = sorted(
        enumerate(read_rows("feedback.csv")),
        key=lambda row: (row[1]["service"], -int(row[1]["days_ago"])),
    )
    return sum(
        feedback.record_all(services[slug], [_submission(*row, now) for row in of_service], now)
        for slug, of_service in groupby(rows, key=lambda row: row[1]["service"])
    ) + _load_task_feedback(services[TASK_SERVICE], now)


def _load_task_feedback(service: Service, now: datetime) -> int:
    """What people answered since the service asks what they could do, how easily, and how well."""
    feedback.change_settings(service, now, question_set="task")
    answered = ("completion", "why_not", "ease", "satisfaction", "comment")
    submissions = [
        feedback.Submission(
            answers={name: row[name] or None for name in answered},
            question_set="task",
            lang=row["lang"],
            page=row["page"] or None,
            idempotency_key=f"demo-task-{number:04d}",
            channel=row["channel"],
            submitted_at=now - timedelta(days=int(row["days_ago"]), minutes=41 * (number % 20)),
        )
        for number, row in enumerate(read_rows("feedback_task.csv"))
    ]
    return feedback.record_all(service, submissions, now)


def _submission(number: int, row: dict[str, str], now: datetime) -> feedback.Submission:
    """One line of the file; several of a day are spread over its hours."""
    moment = now - timedelta(days=int(row["days_ago"]), minutes=37 * (number % 24) + 5)
    return feedback.Submission(
        answers={"rating": row["rating"] or None, "comment": row["comment"]},
        question_set="rating",
        lang=row["lang"],
        page=row["page"] or None,
        idempotency_key=f"demo-{number:06d}",
        channel=row["channel"],
        submitted_at=moment,
    )


def _load_consultations(actor: Account, bodies: dict[str, Organization], now: datetime) -> int:
    return sum(
        _load_consultation(actor, bodies[one["organization"]], one, now) for one in consultations()
    )


def _load_consultation(
    actor: Account, body: Organization, row: dict[str, Any], now: datetime
) -> int:
    """One consultation with its answers; results are public once it is closed."""
    opens_at = _quebec_moment(now, row["opens_days"], time(9))
    closes_at = _quebec_moment(now, row["closes_days"], time(23, 59))
    texts: dict[str, Any] = {name: words(row[name]) for name in TEXTS}
    details = ConsultationDetails(
        opens_at=opens_at,
        closes_at=closes_at,
        minutes=row["minutes"],
        satisfaction_question=row["satisfaction_question"],
        **texts,
    )
    consultation = create_consultation(actor, body, row["slug"], details)
    version = add_version(actor, consultation, row["questionnaire"], min(opens_at, now))
    publish(actor, consultation, min(opens_at, now))
    several = {q.name for q in version.questionnaire.questions if q.type == "several_choices"}
    count = record_all(
        consultation,
        [_filled(answer, several, closes_at) for answer in answers_to(row["slug"])],
    )
    if closes_at < now:
        publish_results(actor, consultation, now)
        _publish_highlights(actor, consultation, row.get("highlights", []), now)
    return count


def _publish_highlights(
    actor: Account, consultation: Consultation, rows: list[dict[str, Any]], now: datetime
) -> None:
    for row in rows:
        pick = Pick(row["question"], row["choices"], {})
        highlight = add_highlight(actor, consultation, pick, words(row["words"]), now)
        publish_highlight(actor, highlight, now)


def _quebec_moment(now: datetime, days: int, clock: time) -> datetime:
    """The moment ``days`` from now when Québec's clocks show ``clock``."""
    day = (now.astimezone(QUEBEC) + timedelta(days=days)).date()
    return datetime.combine(day, clock, QUEBEC)


def _filled(row: dict[str, str], several: set[str], closes_at: datetime) -> FilledQuestionnaire:
    """One line of an answers file, whose "days ago" count from the closing."""
    answers: dict[str, object] = {
        name: answer.split("|") if name in several and answer else answer
        for name, answer in row.items()
        if name not in ("lang", "days_ago")
    }
    moment = closes_at - timedelta(days=float(row["days_ago"]), minutes=13)
    return FilledQuestionnaire(answers, row["lang"], moment)
