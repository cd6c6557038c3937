"""The register: services and consultations held elsewhere, by pages and by files."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consult.db import Localized, db, utc_now
from consult.feedback.models import FeedbackItem
from consult.organizations.audit.models import AuditEvent
from consult.organizations.models import Account, Organization, Role, Service, ServiceStage
from consult.register.entries import slug_for
from consult.register.models import OutsideConsultation
from tests.pages import PageClient

SERVICES = "/fr/equipe/registre/services"
CONSULTATIONS = "/fr/equipe/registre/consultations"


@pytest.fixture
def editor(staff: Callable[..., Account], sign_in: Callable[[Account], None]) -> Account:
    account = staff(Role.EDITOR)
    sign_in(account)
    return account


def acts(prefix: str) -> list[str]:
    found = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [event.action for event in found if event.action.startswith(prefix)]


def named(slug: str) -> Service:
    db.session.rollback()
    return db.session.scalars(select(Service).where(Service.slug == slug)).one()


def look(client: PageClient, where: str, content: str | bytes) -> Any:
    data = content if isinstance(content, bytes) else content.encode()
    form = {"file": (io.BytesIO(data), "registre.csv")}
    return client.submit(f"{where}/fichier", form, content_type="multipart/form-data")


def hidden_in(page: Any) -> dict[str, str]:
    return {str(tag["name"]): str(tag["value"]) for tag in page.select("main [type=hidden]")}


def agree(client: PageClient, where: str, shown: Any) -> Any:
    page = client.parse(shown)
    hidden = page.select("form")[0].select("input[type=hidden]")
    return client.post(f"{where}/fichier", data={str(i["name"]): str(i["value"]) for i in hidden})


@pytest.mark.usefixtures("editor")
def test_a_service_is_added_then_changed_and_what_is_wrong_is_told(client: PageClient) -> None:
    told = {
        "name_fr": "Réserver un refuge", "name_en": "Book a hut", "stage": "retired",
        "take_up": "62,5", "is_digital": "y", "channels": ["web", "phone"], "is_new": "y",
    }  # fmt: skip
    page = client.submit(f"{SERVICES}/nouveau", told).text
    assert "Inscrivez le jour où le taux d’utilisation a été compté." in page
    told |= {"take_up_on": "2026-10-01", "stage": "pilot"}
    assert client.submit(f"{SERVICES}/nouveau", told).status_code == 303
    made = named("reserver-un-refuge")
    assert (made.take_up, made.stage, made.channels) == (
        0.625,
        ServiceStage.PILOT,
        ["web", "phone"],
    )
    again = client.page(f"{SERVICES}/{made.slug}")
    assert again.select_one("#take_up")["value"] == "62.5"  # type: ignore[index]
    assert client.submit(f"{SERVICES}/{made.slug}", {**told, "owner": "Accueil"}).status_code == 303
    assert acts("service.") == ["service.added", "service.changed"]
    late = client.post(f"{SERVICES}/{made.slug}", data={**told, **hidden_in(again)})
    assert late.status_code == 422
    assert "Quelqu’un a modifié" in late.text
    assert named(made.slug).owner == "Accueil", "nobody writes over another’s words unseen"
    page = client.page(f"{SERVICES}?new=yes&sort=-take_up&stage=pilot&q=REFUGE").get_text(" ")
    assert "Réserver un refuge" in page
    assert "Accueil" in page
    assert "Permis en ligne" not in page


@pytest.mark.parametrize("word", ["Nouveau", "New", "Fichier", "File", "Consultations"])
def test_no_service_stands_where_another_page_does(word: str) -> None:
    assert slug_for(Localized(word, word), set()) == f"{word.lower()}-2"


@pytest.mark.usefixtures("editor")
def test_the_list_tells_which_services_are_answered(
    client: PageClient, service: Service, organization: Organization
) -> None:
    quiet = Service(slug="ancien", name=Localized("Ancien", "Old"), organization=organization)
    never = Service(slug="muet", name=Localized("Muet", "Mute"), organization=organization)
    db.session.add_all([quiet, never])
    for one, days in ((service, 3), (quiet, 100)):
        moment = utc_now() - timedelta(days=days)
        item = FeedbackItem(
            service=one, idempotency_key=str(days), rating=3, lang="fr", channel="web"
        )
        item.submitted_at = moment
        db.session.add(item)
    db.session.commit()

    def shown(asked: str) -> list[str]:
        rows = client.page(f"{SERVICES}?{asked}").select("tbody th a")
        return [str(row["href"]).rsplit("/", 1)[1] for row in rows]

    assert shown("widget=answered") == [service.slug]
    assert shown("widget=quiet") == ["ancien"]
    assert shown("widget=never") == ["muet"]
    assert shown("sort=-answer") == [service.slug, "ancien", "muet"]
    assert shown("sort=answer") == ["ancien", service.slug, "muet"]
    assert shown("take_up=known") == shown("stage=x") == shown("q=%25") == []


@pytest.mark.usefixtures("editor")
def test_a_consultation_held_elsewhere_is_kept_beside_those_held_here(client: PageClient) -> None:
    told = {
        "title_fr": "Plan d’eau", "title_en": "Water plan", "opens_on": "2026-03-02",
        "closes_on": "2026-03-01", "means": ["mail"], "address": "exemple",
    }  # fmt: skip
    wrong = client.submit(f"{CONSULTATIONS}/nouvelle", told)
    assert wrong.status_code == 422
    told["closes_on"] = "2026-04-01"
    assert "https://www.example.org" in client.submit(f"{CONSULTATIONS}/nouvelle", told).text
    told["address"] = "https://www.example.org/eau"
    assert client.submit(f"{CONSULTATIONS}/nouvelle", told).status_code == 303
    held = db.session.scalars(select(OutsideConsultation)).one()
    page = f"{CONSULTATIONS}/{held.public_id}"
    assert "Plan d’eau" in client.page(f"{CONSULTATIONS}?where=elsewhere&digital=no").get_text()
    assert "Plan d’eau" not in client.page(f"{CONSULTATIONS}?digital=yes").get_text()
    shown = client.page(page)
    assert client.submit(page, {**told, "means": ["mail", "online"]}).status_code == 303
    late = client.post(page, data={**told, **hidden_in(shown)})
    assert "Quelqu’un a modifié" in late.text
    assert client.submit(f"{page}/supprimer", {}).status_code == 303
    assert acts("outside") == [f"outside-consultation.{v}" for v in ("added", "changed", "deleted")]


@pytest.mark.usefixtures("editor")
def test_a_file_is_looked_at_then_written_whole_and_comes_back_the_same(
    client: PageClient, service: Service
) -> None:
    service.description = Localized("=SOMME(A1)", "-1+1")
    service.take_up, service.take_up_on = 1 / 3, date(2026, 1, 1)
    db.session.commit()
    taken_out = client.get(f"{SERVICES}/fichier.csv").data
    assert taken_out.startswith(b"\xef\xbb\xbf")
    assert b"'=SOMME" in taken_out
    assert "dit déjà la même chose" in look(client, SERVICES, taken_out).text
    english = client.get("/en/staff/register/services/file.csv").data
    assert "dit déjà la même chose" in look(client, SERVICES, english).text

    lines = (
        "Name in French,Nom en anglais,Stage,Launch,Channels\r\n"
        'Suivre un dossier,Follow a file,en service,2026-02-01,"Web | Guichet"\r\n'
    )
    shown = look(client, SERVICES, lines)
    assert "1 entrée ajoutée" in shown.text
    assert len(db.session.scalars(select(Service)).all()) == 1
    assert agree(client, SERVICES, shown).status_code == 303
    made = named("suivre-un-dossier")
    assert (made.launched_on, made.channels) == (date(2026, 2, 1), ["web", "Guichet"])
    assert "dit déjà la même chose" in look(client, SERVICES, lines).text

    made.name = Localized("Suivi", "Follow-up")
    db.session.commit()
    assert "a changé depuis" in agree(client, SERVICES, shown).text  # agreed to something else


@pytest.mark.usefixtures("editor", "service")
def test_what_is_wrong_in_a_file_is_told_line_by_line_and_nothing_is_written(
    client: PageClient,
) -> None:
    lines = (
        "Identifiant;Nom en français;Nom en anglais;Nouveau;Taux d’utilisation;Taux compté le\n"
        "permis-en-ligne;Permis;Permit;peut-être;130;2026-01-01\n"
        "\n"
        "autre;Autre;;oui;;\n"
        "autre;Autre;Other;oui;;demain\n"
    )
    shown = look(client, SERVICES, lines)
    assert shown.status_code == 422
    rows = [
        [cell.get_text() for cell in row.select("td")]
        for row in client.parse(shown).select("tbody tr")
    ]
    assert [row[:2] for row in rows] == [
        ["2", "Nouveau"],
        ["2", "Taux d’utilisation"],
        ["4", "Nom en anglais"],
        ["5", "Taux compté le"],
    ]
    assert rows[3][2] == "Écrivez un jour comme 2026-11-23."
    for strange in (b"\xff\x00", b"", b'a;b\n"', "Couleur;Nom en français\nx;y\n".encode()):
        assert look(client, SERVICES, strange).status_code == 422
    assert len(db.session.scalars(select(Service)).all()) == 1


@pytest.mark.usefixtures("editor")
def test_consultations_held_elsewhere_come_from_a_file(client: PageClient) -> None:
    lines = (
        "Titre en français\tTitre en anglais\tOuverture\tFermeture\tMoyens de participer\n"
        "Plan\tPlan\t2026-01-02\t2026-02-03\tPar la poste | in a meeting\n"
        "Vide\tEmpty\t\t2026-02-03\tPar la poste\n"
    )
    assert look(client, CONSULTATIONS, lines).status_code == 422
    kept = lines.rsplit("Vide", 1)[0]
    assert agree(client, CONSULTATIONS, look(client, CONSULTATIONS, kept)).status_code == 303
    held = db.session.scalars(select(OutsideConsultation)).one()
    assert held.means == ["mail", "meeting"]
    again = client.get(f"{CONSULTATIONS}/fichier.csv").data
    assert "dit déjà la même chose" in look(client, CONSULTATIONS, again).text


def test_commands_do_the_same(app: Flask, editor: Account, service: Service, tmp_path: Any) -> None:
    file = tmp_path / "services.csv"
    run = app.test_cli_runner().invoke
    body = ["--organization", service.organization.slug]
    out = run(args=["export-services", str(file), *body])
    assert out.exit_code == 0, out.output
    came = run(args=["import-services", str(file), *body, "--as", editor.email])
    assert "0 services were added, 0 changed, 1 left" in came.output
    file.write_text("Nom en français;Étape\nSans anglais;perdu\n")
    wrong = run(args=["import-services", str(file), *body, "--as", editor.email])
    assert wrong.exit_code == 1
    assert "line 2, Stage: Write one of: Planned" in wrong.output


@pytest.mark.usefixtures("editor")
def test_lists_take_as_few_queries_with_many_rows(
    client: PageClient, organization: Organization, queries_of: Callable[[str], int]
) -> None:
    counts: list[list[int]] = []
    for many in (1, 12):
        for number in range(many):
            name = Localized(f"S{many}-{number}", "S")
            db.session.add(Service(slug=f"s{many}-{number}", name=name, organization=organization))
            held = OutsideConsultation(
                organization=organization, title=name, means=["mail"],
                opens_on=date(2026, 1, 1), closes_on=date(2026, 1, 2),
            )  # fmt: skip
            db.session.add(held)
        db.session.commit()
        counts.append([queries_of(page) for page in (SERVICES, CONSULTATIONS)])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 10
