"""The address of who wants an answer: taken where it is asked, sealed, answered, erased."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from consult.config import Settings
from consult.db import db, utc_now
from consult.feedback import services
from consult.feedback.models import FeedbackContact, FeedbackItem
from consult.organizations.models import Service
from tests.pages import PageClient

ADDRESS = "camille.tremblay@exemple.example.org"


@pytest.fixture
def mails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deployment that can send mail."""
    given: Settings = app.config["SETTINGS"]
    mail = {"smtp_url": "smtp://127.0.0.1:1", "mail_from": "ne-pas-repondre@example.org"}
    monkeypatch.setitem(app.config, "SETTINGS", given.model_copy(update=mail))


@pytest.fixture
def asking(mails: None, service: Service) -> Service:
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


@pytest.mark.usefixtures("mails")
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
