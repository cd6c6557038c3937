"""The page a team begins its day with: what waits for one public body, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from consult.analysis.improvements.models import Improvement, ImprovementSource, ImprovementState
from consult.db import Localized, db, utc_now
from consult.feedback.models import Alert, AlertKind
from consult.organizations.models import Account, Organization, Role, Service
from consult.organizations.services import add_organization, add_service
from consult.quebec_time import quebec_day
from tests.pages import PageClient

WORD = {"word": "attente", "count": 9, "expected": 1.5, "also": []}


@pytest.fixture
def elsewhere(app: Flask) -> Service:
    body = add_organization("autre", Localized("Autre organisme", "Other Body"), Localized())
    made = add_service(body, "ailleurs", Localized("Ailleurs", "Elsewhere"))
    db.session.commit()
    return made


def improvement(owner: Account, service: Service, title: str, days: int) -> None:
    due = quebec_day(utc_now()) + timedelta(days=days)
    made = Improvement(
        organization=service.organization,
        service=service,
        owner=owner,
        source=ImprovementSource.IDEA,
        state=ImprovementState.PLANNED,
        title=Localized(title, title),
        due_on=due,
    )
    db.session.add(made)


def test_what_waits_is_told_and_only_of_ones_own_body(
    client: PageClient,
    service: Service,
    elsewhere: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    owner = staff(Role.EDITOR)
    for where in (service, elsewhere):
        db.session.add(Alert(service=where, kind=AlertKind.BURST, key="attente", details=WORD))
        improvement(owner, where, f"Retard {where.slug}", -2)
    improvement(owner, service, "Bientôt", 10)
    improvement(owner, service, "Plus tard", 60)
    db.session.commit()
    sign_in(owner)
    page = client.page("/fr/equipe")
    text = page.get_text(" ", strip=True)
    assert "« attente »" in text.replace("\xa0", " ")
    assert "Retard permis-en-ligne" in text
    assert "en retard" in text
    assert "Bientôt" in text
    for hidden in ("Plus tard", "ailleurs", "Ailleurs"):
        assert hidden not in text
    assert client.get("/fr/equipe?body=autre").status_code == 404
    assert "What people said this week" in client.page("/en/staff").get_text()


def test_a_morning_of_a_quiet_body_says_so(
    client: PageClient, organization: Organization, staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:  # fmt: skip
    sign_in(staff(Role.VIEWER))
    text = client.page("/en/staff").get_text(" ", strip=True)
    for said in ("No alert in the last 7 days", "Nothing is late", "No consultation is open"):
        assert said in text


def test_many_services_cost_no_more_queries(
    service: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
    queries_of: Callable[[str], int],
) -> None:
    owner = staff(Role.EDITOR)
    sign_in(owner)

    def add(number: int) -> None:
        made = add_service(service.organization, f"s{number}", Localized("S", "S"))
        db.session.add(Alert(service=made, kind=AlertKind.BURST, key="a", details=WORD))
        improvement(owner, made, f"I{number}", 1)
        db.session.commit()

    add(0)
    few = queries_of("/fr/equipe")
    for number in range(1, 12):
        add(number)
    assert queries_of("/fr/equipe") == few
