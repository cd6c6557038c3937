"""The address of who wants an answer: taken where it is asked, sealed, answered, erased."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from consult.db import db, utc_now
from consult.feedback import services
from consult.feedback.jobs import contacts as contact_jobs
from consult.feedback.models import FeedbackContact, FeedbackItem, FeedbackNote
from consult.organizations.models import Account, Role, Service
from tests.mailbox import Mailbox, open_mailbox
from tests.pages import PageClient

ADDRESS = "camille.tremblay@exemple.example.org"


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with open_mailbox(app, monkeypatch) as box:
        yield box


@pytest.fixture
def asking(mailbox: Mailbox, service: Service) -> Service:
    """A service that asks who wants an answer for an address."""
    services.change_settings(service, utc_now(), asks_contact=True)
    db.session.commit()
    return service


def contacts() -> list[FeedbackContact]:
    db.session.rollback()
    return list(db.session.scalars(select(FeedbackContact)))


def stored_text() -> str:
    """Everything that the database keeps of feedback, as text."""
    tables = [name for name in db.metadata.tables if name.startswith(("feedback", "jobs"))]
    return str([db.session.execute(text(f"SELECT * FROM {t}")).all() for t in tables])  # noqa: S608


def send(client: PageClient, service: Service, contact: object, **more: object) -> int:
    body = {"answers": {"rating": "2", "comment": "Trop long."}, "contact": contact, **more}
    return client.post(f"/api/v1/services/{service.key}/feedback", json=body).status_code


def test_the_address_is_sealed_and_stands_nowhere(client: PageClient, asking: Service) -> None:
    assert send(client, asking, f" {ADDRESS} ") == 201
    (contact,) = contacts()
    assert contact.sealed
    assert ADDRESS not in stored_text()
    assert "camille" not in stored_text()


def test_an_address_sent_twice_is_kept_once(client: PageClient, asking: Service) -> None:
    codes = [send(client, asking, ADDRESS, idempotency_key="a-key-of-mine") for _ in range(2)]
    assert codes == [201, 200]
    assert len(contacts()) == 1


@pytest.mark.parametrize("contact", ["camille", 12, "a@example.org\r\nBcc: b@example.org", [1]])
def test_what_is_no_address_is_told_at_its_field(
    client: PageClient, asking: Service, contact: object
) -> None:
    body = {"rating": "2", "contact": contact}
    answer = client.post(f"/api/v1/services/{asking.key}/feedback", json=body)
    assert answer.status_code == 422
    assert set(answer.get_json()["errors"]) == {"contact"}
    assert db.session.scalar(select(FeedbackItem)) is None


def test_a_form_gives_the_address_too(client: PageClient, asking: Service) -> None:
    form = {"rating": "2", "contact": ADDRESS}
    answer = client.post(f"/api/v1/services/{asking.key}/feedback", data=form)
    assert answer.status_code == 201
    assert len(contacts()) == 1


@pytest.mark.usefixtures("mailbox")
def test_a_service_that_asks_for_none_keeps_the_words_alone(
    client: PageClient, service: Service
) -> None:
    assert send(client, service, ADDRESS) == 201
    assert contacts() == []
    assert ADDRESS not in stored_text()


def test_without_a_mail_server_none_is_kept(client: PageClient, service: Service) -> None:
    services.change_settings(service, utc_now(), asks_contact=True)
    db.session.commit()
    assert not services.offers_contact(service)
    assert send(client, service, ADDRESS) == 201
    assert contacts() == []


def test_a_batch_keeps_none(asking: Service) -> None:
    said = services.Submission(answers={"rating": "2"}, contact=ADDRESS)
    assert services.record_all(asking, [said], utc_now()) == 1
    db.session.commit()
    assert contacts() == []


def wants_answer(client: PageClient, service: Service, lang: str = "en") -> str:
    """Leaves feedback with an address; returns the address of the item's page."""
    assert send(client, service, ADDRESS, lang=lang) == 201
    item = db.session.scalars(select(FeedbackItem)).one()
    return f"/fr/equipe/services/{service.slug}/avis/{item.public_id}"


LETTER = {"subject": "Your permit", "text": "It is fixed. Call us at 418 555-0123."}


def test_the_answer_is_sent_and_the_address_erased(
    client: PageClient,
    asking: Service,
    mailbox: Mailbox,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    page = wants_answer(client, asking)
    sign_in(staff(Role.EDITOR))
    shown = client.get(page).get_data(as_text=True)
    form = client.page(f"{page}/reponse")
    assert ADDRESS not in shown + str(form)
    assert form.find("textarea").get_text().strip().startswith("Hello,")
    assert "Online Permits" in form.find("input", {"name": "subject"})["value"]
    assert client.submit(f"{page}/reponse", LETTER).location == page
    ((to, message),) = mailbox.messages
    assert to == [ADDRESS]
    assert message["Subject"] == "Your permit"
    assert message.get_content_type() == "text/plain"
    words = message.get_content()
    assert "Call us at 418 555-0123" in words
    assert "Online Permits – Testing Board" in words
    assert f"/en/services/{asking.key}/feedback" in words
    assert "Trop long." not in words
    (contact,) = contacts()
    assert (contact.sealed, contact.answered_by.name) == (None, "Camille editor")
    (note,) = db.session.scalars(select(FeedbackNote))
    assert note.text == "Your permit\n\nIt is fixed. Call us at [téléphone/phone]."
    assert "Réponse envoyée" in client.get(page).get_data(as_text=True)
    ours = [r.getMessage() for r in caplog.records if r.name != "mail.log"]  # the test's own server
    assert "camille.tremblay" not in " ".join(ours)
    assert client.submit(f"{page}/reponse", LETTER, form_page=page).location == page
    assert len(mailbox.messages) == 1


def test_an_answer_that_does_not_leave_is_kept_on_the_page(
    client: PageClient,
    asking: Service,
    mailbox: Mailbox,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    page = wants_answer(client, asking, lang="fr")
    sign_in(staff(Role.ANALYST))
    assert client.submit(f"{page}/reponse", {"subject": "", "text": "x"}).status_code == 422
    mailbox.refuses = True
    refused = client.submit(f"{page}/reponse", LETTER)
    assert refused.status_code == 502
    assert "It is fixed." in refused.get_data(as_text=True)
    (contact,) = contacts()
    assert contact.sealed
    assert contact.answered_at is None
    assert db.session.scalar(select(FeedbackNote)) is None
    mailbox.refuses = False
    assert client.submit(f"{page}/reponse", LETTER).status_code == 303
    assert "Personne ne lit les réponses" in mailbox.messages[0][1].get_content()


def test_an_address_without_answer_is_erased_after_90_days(
    client: PageClient, asking: Service
) -> None:
    wants_answer(client, asking)
    (contact,) = contacts()
    contact.given_at = utc_now() - timedelta(days=89)
    db.session.commit()
    contact_jobs.erase_contacts()
    assert contacts()[0].sealed
    contacts()[0].given_at = utc_now() - timedelta(days=91)
    db.session.commit()
    contact_jobs.erase_contacts()
    assert contacts()[0].sealed is None
