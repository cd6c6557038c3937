"""Recording how citizens took part, telling it, and sharing what was learned."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from consult.db import Localized, db, utc_now
from consult.files.storing import stored_path
from consult.involvement.models import Activity, ActivityKind
from consult.involvement.services.recording import share
from consult.organizations.audit.models import AuditEvent
from consult.organizations.models import Account, Role, Service
from consult.organizations.services import add_organization, create_account, grant_role
from tests.conftest import PASSWORD
from tests.factories.files import PDF, SECRET, jpeg
from tests.integration.involvement.conftest import Make
from tests.pages import PageClient

NEW = "/fr/equipe/participation/nouvelle?service=permis-en-ligne"
TOLD = {
    "kind": "usability_test",
    "title_fr": "Essais du formulaire",
    "starts_on": "2026-05-04",
    "ends_on": "",
    "people": "6",
    "profile_fr": "Des pêcheurs, joints par camille.demers@example.org",
    "learned_fr": "Le bouton Payer passe inaperçu.",
    "themes_fr": "Paiement\nBoutons",
    "themes_en": "Payment\nButtons",
}


def only() -> Activity:
    db.session.rollback()
    return db.session.scalars(select(Activity)).one()


def acts() -> list[str]:
    found = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [event.action for event in found if event.action.startswith("activity.")]


@pytest.fixture
def analyst(
    staff: Callable[..., Account], service: Service, sign_in: Callable[[Account], None]
) -> Account:
    account = staff(Role.ANALYST)
    sign_in(account)
    return account


@pytest.mark.usefixtures("analyst")
def test_an_activity_is_recorded_changed_and_deleted(client: PageClient, service: Service) -> None:
    service.launched_on = date(2026, 6, 1)
    db.session.commit()
    wrong = client.submit(NEW, {**TOLD, "people": "0", "starts_on": "hier", "title_fr": ""})
    assert wrong.status_code == 422
    assert "Inscrivez un jour" in wrong.text
    assert "Le bouton Payer" in wrong.text
    assert client.submit(NEW, TOLD).status_code == 303
    made = only()
    assert (made.kind, made.people, made.ends_on) == (
        ActivityKind.USABILITY_TEST, 6, date(2026, 5, 4),
    )  # fmt: skip
    assert "example.org" not in made.profile.fr
    assert made.themes == [{"fr": "Paiement", "en": "Payment"}, {"fr": "Boutons", "en": "Buttons"}]
    address = f"/fr/equipe/participation/{made.public_id}"
    page = client.page(address).get_text(" ", strip=True)
    assert "un repère en tient lieu" in page
    assert "Avant le lancement" in page
    assert "Essais du formulaire" in client.page("/fr/equipe/participation").get_text()

    seen = made.changed_at.isoformat()
    later = {**TOLD, "changed_fr": "Le bouton est plus gros.", "seen": seen}
    assert client.submit(f"{address}/modifier", later).status_code == 303
    assert client.submit(f"{address}/modifier", later).status_code == 422  # somebody changed it
    assert only().changed.fr == "Le bouton est plus gros."
    assert client.submit(f"{address}/supprimer", {}).status_code == 303
    assert db.session.scalar(select(Activity)) is None
    assert acts() == ["activity.recorded", "activity.changed", "activity.deleted"]


def test_documents_are_checked_bare_and_erased_with_the_activity(
    client: PageClient, analyst: Account, service: Service, make_activity: Make
) -> None:
    made = make_activity(analyst, service)
    address = f"/fr/equipe/participation/{made.public_id}"

    def send(data: bytes, name: str) -> Any:
        form = {"document": (io.BytesIO(data), name)}
        kind = "multipart/form-data"
        return client.submit(f"{address}/documents/nouveau", form, content_type=kind)

    assert "PDF, Word" in send(b"MZ\x90", "guide.pdf").text
    assert "Choisissez un document" in client.submit(f"{address}/documents/nouveau", {}).text
    assert send(PDF, "Rapport.pdf").status_code == 303
    assert send(jpeg(), "séance.jpg").status_code == 303
    report, picture = only().documents
    assert (report.name, picture.extension) == ("Rapport.pdf", "jpg")
    assert SECRET not in stored_path(picture.public_id).read_bytes()
    sent = client.get(f"{address}/documents/{report.public_id}")
    assert (sent.data, sent.mimetype) == (PDF, "application/pdf")
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    assert "attachment" in sent.headers["Content-Disposition"]
    sent.close()

    paths = [stored_path(one.public_id) for one in (report, picture)]
    assert client.submit(f"{address}/documents/{report.public_id}/retirer", {}).status_code == 303
    assert [path.exists() for path in paths] == [False, True]
    client.submit(f"{address}/supprimer", {})
    assert not paths[1].exists()


def test_what_is_shared_is_read_by_every_body_and_nothing_else_is(
    client: PageClient,
    service: Service,
    analyst: Account,
    sign_in: Callable[[Account], None],
    make_activity: Make,
) -> None:
    half = make_activity(analyst, service, title=Localized("Sans anglais"))
    address = f"/fr/equipe/participation/{half.public_id}"
    client.submit(f"{address}/partager", {}, form_page=f"{address}/modifier")
    assert only_shared() == []
    assert "dans les deux langues" in client.page(address).get_text()
    made = make_activity(analyst, service, themes=(Localized("Reçus", "Receipts"),))
    share(analyst, made, utc_now())
    db.session.commit()
    assert only_shared() == ["Entrevues au comptoir"]

    other = create_account("autre@example.org", "Dominique Autre", PASSWORD)
    body = add_organization("autre-organisme", Localized("Autre", "Other"), Localized())
    grant_role(other, body, Role.VIEWER)
    db.session.commit()
    client.delete_cookie("session")
    sign_in(other)
    assert client.get(address).status_code == 403
    assert client.get(address.replace("participation", "apprentissages")).status_code == 404
    entry = client.page(f"/en/staff/learnings/{made.public_id}").get_text(" ", strip=True)
    assert "Testing Board" in entry
    assert "Seniors miss the receipt." in entry


def only_shared() -> list[str]:
    query = select(Activity).where(Activity.shared_at.is_not(None))
    return [one.title.fr for one in db.session.scalars(query)]


def test_the_library_is_searched_in_both_languages_without_accents(
    client: PageClient, analyst: Account, service: Service, make_activity: Make
) -> None:
    found = make_activity(analyst, service, themes=(Localized("Reçus", "Receipts"),))
    other = make_activity(
        analyst,
        service,
        kind=ActivityKind.SURVEY,
        title=Localized("Sondage d’été", "Summer survey"),
        learned=Localized("L’attente est trop longue.", "The wait is too long."),
    )
    for one in (found, other):
        share(analyst, one, utc_now())
    db.session.commit()

    def titles(asked: str) -> list[str]:
        page = client.page(f"/fr/equipe/apprentissages?{asked}")
        return [link.get_text() for link in page.select(".app-card h3")]

    both = ["Sondage d’été", "Entrevues au comptoir"]
    assert titles("") == both
    assert titles("q=recu") == titles("q=RECEIPTS") == titles("q=aîné") == both[1:]
    assert titles("q=attentes") == titles("q=summer+wait") == titles("kind=survey") == both[:1]
    assert titles("q=reçu+attente") == titles("kind=x") == []
    assert titles("q=-attente") == titles("theme=recus") == both[1:]
    assert titles("body=regie-des-essais&service=permis-en-ligne") == both


def test_lists_take_as_few_queries_with_many_rows(
    client: PageClient,
    analyst: Account,
    service: Service,
    make_activity: Make,
    queries_of: Callable[[str], int],
) -> None:
    pages = ("/fr/equipe/participation", "/fr/equipe/apprentissages")
    for number in range(2):
        for _each in range(1 + 9 * number):
            share(analyst, make_activity(analyst, service), utc_now())
        db.session.commit()
        counts = [queries_of(page) for page in pages]
        if not number:
            few = counts
    assert counts == few
    assert max(counts) <= 12
