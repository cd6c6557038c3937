"""A public body with services and consultations, of which some count."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from consult.analysis.improvements.models import Improvement, ImprovementSource, ImprovementState
from consult.db import Localized, db, utc_now
from consult.feedback.models import FeedbackItem, Review
from consult.involvement.models import Activity, ActivityKind
from consult.organizations.models import Account, Organization, Role, Service
from consult.organizations.services import add_organization, add_service
from consult.register.models import OutsideConsultation
from consult.surveys.models import Consultation

WORDS = Localized("Essai", "Trial")


@pytest.fixture
def now() -> datetime:
    return utc_now()


@pytest.fixture
def body(app: Any) -> Organization:
    return add_organization("essais", Localized("Bureau des essais", "Trials Office"), Localized())


@pytest.fixture
def actor(staff: Callable[..., Account], body: Organization) -> Account:
    return staff(Role.ADMINISTRATOR, body)


def add_one(body: Organization, slug: str, **fields: Any) -> Service:
    name = Localized(f"Service {slug}", f"Service {slug} (en)")
    return add_service(body, slug, name, description=WORDS, **fields)


def involve(actor: Account, service: Service, day: Any) -> None:
    db.session.add(
        Activity(
            organization=service.organization,
            service=service,
            kind=ActivityKind.INTERVIEW,
            title=WORDS,
            starts_on=day,
            ends_on=day,
            people=6,
            recorded_by=actor,
        )
    )


def answer(service: Service, moment: datetime, review: Review = Review.CLEAR) -> None:
    db.session.add(
        FeedbackItem(
            service=service,
            idempotency_key=f"{service.slug}-{moment.timestamp()}-{review}",
            rating=4,
            lang="fr",
            channel="web",
            review=review,
            submitted_at=moment,
        )
    )


def improve(
    actor: Account,
    service: Service,
    moment: datetime,
    source: ImprovementSource = ImprovementSource.THEME,
    did: Localized = WORDS,
) -> None:
    db.session.add(
        Improvement(
            organization=service.organization,
            service=service,
            owner=actor,
            state=ImprovementState.DONE,
            source=source,
            title=WORDS,
            said=WORDS,
            did=did,
            settled_at=moment,
        )
    )


def consult(body: Organization, slug: str, opens_at: datetime, **fields: Any) -> None:
    fields = {"published_at": opens_at - timedelta(days=1), **fields}
    db.session.add(
        Consultation(
            organization=body,
            slug=slug,
            title=WORDS,
            opens_at=opens_at,
            closes_at=opens_at + timedelta(days=20),
            minutes=5,
            **fields,
        )
    )


def consult_elsewhere(body: Organization, day: Any, *means: str) -> None:
    db.session.add(
        OutsideConsultation(
            organization=body,
            title=Localized("Ailleurs", "Elsewhere"),
            opens_on=day,
            closes_on=day,
            means=list(means),
            address="https://exemple.example.org/consultation",
        )
    )


@pytest.fixture
def filled(body: Organization, actor: Account, now: datetime) -> Organization:
    """Target 1: 2 of 3; target 2: 1 of 5; target 3: 2 of 3."""
    today, ago = now.date(), timedelta
    early = add_one(body, "tot", is_new=True, launched_on=today - ago(days=100))
    involve(actor, early, today - ago(days=200))
    involve(actor, early, today - ago(days=50))
    recent = add_one(body, "recent", is_new=True, launched_on=today - ago(days=40))
    involve(actor, recent, today - ago(days=41))
    late = add_one(body, "tard", is_new=True, launched_on=today - ago(days=100))
    involve(actor, late, today - ago(days=100))
    add_one(body, "vieux", is_new=True, launched_on=today - ago(days=49 * 31))
    add_one(body, "papier", is_new=True, is_digital=False, launched_on=today - ago(days=9))
    add_one(body, "retire", launched_on=today - ago(days=900), retired_on=today - ago(days=2))
    add_one(body, "a-venir", is_new=True, launched_on=today + ago(days=9))
    undated = add_one(body, "sans-date")
    answer(early, now - ago(days=10))
    answer(early, now - ago(days=20))
    improve(actor, early, now - ago(days=30))
    answer(recent, now - ago(days=120))
    improve(actor, recent, now - ago(days=5), ImprovementSource.ACTIVITY)
    answer(late, now - ago(days=1))
    improve(actor, late, now - ago(days=5), ImprovementSource.IDEA)
    answer(undated, now - ago(days=1), Review.HELD)
    improve(actor, undated, now - ago(days=400))
    consult(body, "ici", now - ago(days=30))
    consult(body, "brouillon", now - ago(days=30), published_at=None)
    consult(body, "apporte", now - ago(days=30), held_elsewhere=True)
    consult(body, "ancienne", now - ago(days=500))
    consult(body, "bientot", now + ago(days=5))
    consult_elsewhere(body, today - ago(days=60), "meeting", "email")
    consult_elsewhere(body, today - ago(days=70), "meeting", "mail")
    consult_elsewhere(body, today - ago(days=700), "online")
    db.session.commit()
    return body
