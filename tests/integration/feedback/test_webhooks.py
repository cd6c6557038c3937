"""Webhooks: signed, tried again, logged, and never sent into a private network."""

import json
import re
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from standardwebhooks import Webhook as Reader

from consult.db import db, utc_now
from consult.feedback.jobs.webhooks import deliver, erase_old
from consult.feedback.models import (
    DeliveryState,
    FeedbackItem,
    Review,
    Webhook,
    WebhookDelivery,
)
from consult.feedback.services import Submission, record, record_all
from consult.feedback.services import webhooks as verbs
from consult.feedback.services.deliver import deliver_due
from consult.feedback.webhooks import addresses
from consult.organizations.models import Account, Role, Service
from tests.pages import PageClient
from tests.receiver import Receiver, started_receiver

PAGE = "/fr/equipe/services/permis-en-ligne/webhooks"


@pytest.fixture(scope="module")
def running() -> Iterator[Receiver]:
    with started_receiver() as receiver:
        yield receiver


@pytest.fixture
def receiver(running: Receiver, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Receiver:
    running.statuses.clear()
    running.received.clear()
    allow(app, monkeypatch, "127.0.0.0/8")
    return running


def allow(app: Flask, monkeypatch: pytest.MonkeyPatch, networks: str) -> None:
    changed = app.config["SETTINGS"].model_copy(update={"webhook_networks": networks})
    monkeypatch.setitem(app.config, "SETTINGS", changed)


@pytest.fixture
def secret(receiver: Receiver, service: Service, staff: Callable[..., Account]) -> str:
    """The secret of a webhook of the service."""
    actor = staff(Role.ADMINISTRATOR)
    _webhook, secret = verbs.add_webhook(actor, service, f"{receiver.url}/hook?a=b", utc_now())
    db.session.commit()
    return secret


def say(service: Service, comment: str = "Trop long", **more: object) -> FeedbackItem:
    answers = {"rating": "2", "comment": comment}
    item = record(service, Submission(answers=answers, **more), utc_now()).item  # type: ignore[arg-type]
    db.session.commit()
    return item


def messages() -> list[WebhookDelivery]:
    db.session.rollback()
    return list(db.session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id)))


def webhook() -> Webhook:
    return db.session.scalars(select(Webhook)).one()


def test_feedback_is_told_signed_and_without_what_is_not_for_others(
    receiver: Receiver, secret: str, service: Service
) -> None:
    item = say(service, "Écrivez à a@example.org", reference="dossier 12", page="/permis?x=1")
    deliver()
    (got,) = receiver.received
    told = Reader(secret).verify(got.body, got.headers)
    assert got.path == "/hook?a=b"
    assert told["type"] == "feedback.created"
    assert told["data"] == {
        "id": str(item.public_id),
        "service": "permis-en-ligne",
        "question_set": "rating",
        "answers": {"rating": 2},
        "rating": 2,
        "comment": "Écrivez à [courriel/email]",
        "lang": "fr",
        "channel": "widget",
        "page": "/permis",
        "submitted_at": item.submitted_at.isoformat(),
    }
    (message,) = messages()
    assert got.headers["webhook-id"] == str(message.public_id)
    assert (message.state, message.attempts, message.last_status) == ("delivered", 1, 204)
    deliver()
    assert len(receiver.received) == 1


def test_nobody_is_told_what_is_held_imported_or_was_not_stored(
    receiver: Receiver, secret: str, service: Service
) -> None:
    now = utc_now()
    record(service, Submission(answers={"rating": "1"}, idempotency_key="k" * 10), now)
    db.session.rollback()
    record_all(service, [Submission(answers={"rating": "1"})], now)
    held = FeedbackItem(
        service=service, idempotency_key="x" * 10, rating=1, lang="fr", channel="widget",
        review=Review.HELD, submitted_at=now, question_set="rating", answers={"rating": "1"},
    )  # fmt: skip
    db.session.add(held)
    db.session.flush()
    verbs.announce_item(held, now)
    db.session.commit()
    assert messages() == []
    for _ in range(2):
        held.review = Review.KEPT
        verbs.announce_item(held, now)
        db.session.commit()
    assert len(messages()) == 1, "somebody kept it, held it again, and kept it"


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_webhook_removed_meanwhile_makes_no_post_fail(
    client: PageClient, secret: str, service: Service
) -> None:
    """Another transaction tries to remove it once it was looked up: it has to wait its turn."""
    refused = []

    def remove(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO webhook_deliveries") and not refused:
            refused.append("")
            with db.engine.connect() as other:
                other.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")
                try:
                    other.exec_driver_sql("DELETE FROM webhooks")
                    other.commit()
                except OperationalError as error:
                    refused.append(type(error.orig).__name__)

    event.listen(db.engine, "before_cursor_execute", remove)
    try:
        body = {"answers": {"rating": 4}}
        answer = client.post(f"/api/v1/services/{service.key}/feedback", json=body)
    finally:
        event.remove(db.engine, "before_cursor_execute", remove)
    assert (answer.status_code, refused) == (201, ["", "LockNotAvailable"])
    verbs.remove_webhook(webhook())
    db.session.commit()
    assert messages() == []


def test_a_service_without_webhook_is_not_asked_for_at_each_answer(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(verbs, "hooks_to_tell", lambda id_: asked.append(id_) or [])
    monkeypatch.setattr(verbs.time, "monotonic", lambda: 0.0)
    verbs._forget(service.id)
    for _ in range(3):
        say(service)
    assert len(asked) == 1
    monkeypatch.setattr(verbs.time, "monotonic", lambda: verbs._REMEMBERED + 1)
    say(service)
    assert len(asked) == 2


def test_a_receiver_that_fails_twice_is_tried_again_under_the_same_identifier(
    receiver: Receiver, secret: str, service: Service
) -> None:
    receiver.statuses[:] = [500, 503]
    say(service)
    now = utc_now()
    waits = []
    for _ in range(3):
        deliver_due(now)
        (message,) = messages()
        if message.next_attempt_at:
            waits.append(message.next_attempt_at - utc_now())
            assert deliver_due(now) == 0, "not before it is due"
            now = message.next_attempt_at + timedelta(seconds=1)
    assert (message.state, message.attempts) == (DeliveryState.DELIVERED, 3)
    assert timedelta(seconds=40) < waits[0] < waits[1] < timedelta(minutes=5)
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1


def test_after_three_days_it_has_failed_and_can_be_sent_again(
    receiver: Receiver,
    secret: str,
    service: Service,
    client: PageClient,
    sign_in: Callable[[Account], None],
) -> None:
    say(service)
    (message,) = messages()
    message.attempts = 10
    db.session.commit()
    receiver.statuses[:] = [500]
    deliver()
    (message,) = messages()
    assert (message.state, message.next_attempt_at) == (DeliveryState.FAILED, None)
    sign_in(webhook().created_by)  # type: ignore[arg-type]
    assert "A échoué" in client.page(PAGE).get_text()
    page = f"{PAGE}/{webhook().public_id}"
    assert "500" in client.page(page).get_text()
    answer = client.submit(f"{page}/messages/{message.public_id}", {}, form_page=page)
    assert answer.location == page
    deliver()
    (message,) = messages()
    assert (message.state, message.attempts) == (DeliveryState.DELIVERED, 1)
    assert "Livré" in client.page(page).get_text()


def test_gone_turns_it_off(receiver: Receiver, secret: str, service: Service) -> None:
    receiver.statuses[:] = [410]
    say(service)
    say(service, "Autre chose")
    deliver()
    assert len(receiver.received) == 1
    assert {message.state for message in messages()} == {DeliveryState.FAILED}
    assert {message.last_error for message in messages()} == {"gone"}
    assert webhook().disabled_at is not None
    say(service, "Encore")
    assert len(messages()) == 2


def test_redirections_are_not_followed(receiver: Receiver, secret: str, service: Service) -> None:
    receiver.statuses[:] = [302]
    say(service)
    deliver()
    (message,) = messages()
    assert (message.state, message.last_error) == (DeliveryState.WAITING, "redirect")
    assert [one.path for one in receiver.received] == ["/hook?a=b"]


def test_a_worker_that_died_leaves_its_message_to_the_next(
    receiver: Receiver, secret: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(service)

    def die(*_anything: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("consult.feedback.services.deliver._note", die)
        with pytest.raises(KeyboardInterrupt):
            deliver()
    (message,) = messages()
    assert (message.state, message.attempts) == (DeliveryState.WAITING, 1)
    assert deliver_due(utc_now()) == 0, "held by the one that died"
    assert deliver_due(utc_now() + timedelta(minutes=6)) == 1
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1


def test_a_name_that_turns_to_a_private_address_is_not_followed(
    app: Flask,
    receiver: Receiver,
    secret: str,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is public when it is checked and private ever after: the receiver hears nothing."""
    allow(app, monkeypatch, "")
    port = int(receiver.url.rpartition(":")[2])
    found = webhook()
    found.url = f"https://systems.example.org:{port}/hook"
    db.session.commit()
    asked: list[str] = []
    connected: list[str] = []

    def resolve(host: str, *_more: object, **_options: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(0, 0, 0, "", ("8.8.8.8" if len(asked) == 1 else "127.0.0.1", port))]

    def connect(address: tuple[str, int], *_more: object, **_options: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(addresses.socket, "getaddrinfo", resolve)
    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    say(service)
    deliver()
    assert asked == ["systems.example.org"]
    assert connected == ["8.8.8.8"]
    assert messages()[0].last_error == "no-answer"
    say(service, "Encore")
    deliver()
    assert messages()[1].last_error == "private"
    assert connected == ["8.8.8.8"]
    assert receiver.received == []


def test_the_pages_of_an_administrator(
    receiver: Receiver,
    client: PageClient,
    service: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(staff(Role.ADMINISTRATOR))
    assert client.submit(PAGE, {"url": "https://10.0.0.1/"}).status_code == 422
    assert client.submit(PAGE, {"url": "https://me:x@example.org/"}).status_code == 422
    shown = client.submit(PAGE, {"url": f" {receiver.url}/hook "}).get_data(as_text=True)
    found = re.search(r"whsec_[\w+/=]+", shown)
    assert found
    secret = found[0]
    page = f"{PAGE}/{webhook().public_id}"
    assert secret not in client.get(page).get_data(as_text=True)
    assert secret not in webhook().sealed_secret
    client.submit(page, {"do": "test"})
    deliver()
    (got,) = receiver.received
    assert Reader(secret).verify(got.body, got.headers)["type"] == "webhook.test"
    client.submit(page, {"do": "off"})
    say(service)
    assert len(messages()) == 1
    english = page.replace("/fr/equipe/", "/en/staff/")
    client.submit(english, {"do": "on"})
    assert "turned on" in client.page(english).get_text()
    say(service, "Encore")
    assert len(messages()) == 2
    client.submit(page, {"do": "off"})
    assert messages()[1].last_error == "turned-off"
    assert client.submit(page, {"do": "?"}).status_code == 400
    client.submit(page, {"do": "remove"})
    assert messages() == []


def test_the_others_do_not_see_them(
    client: PageClient,
    service: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(staff(Role.EDITOR))
    assert client.get(PAGE).status_code == 403
    assert "Webhooks" not in client.page(PAGE.removesuffix("/webhooks")).get_text()


def test_old_messages_are_erased(receiver: Receiver, secret: str, service: Service) -> None:
    say(service)
    say(service, "Encore")
    old, _new = messages()
    old.created_at = utc_now() - timedelta(days=31)
    db.session.commit()
    erase_old()
    assert len(messages()) == 1


def test_a_secret_that_cannot_be_opened_is_told(
    app: Flask,
    receiver: Receiver,
    secret: str,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    say(service)
    changed = app.config["SETTINGS"].model_copy(update={"secret_key": "u" * 40})
    monkeypatch.setitem(app.config, "SETTINGS", changed)
    deliver()
    (message,) = messages()
    assert (message.state, message.last_error) == (DeliveryState.FAILED, "secret-lost")


def test_the_time_of_a_payload_can_be_read(
    receiver: Receiver, secret: str, service: Service
) -> None:
    say(service)
    deliver()
    stamp = json.loads(receiver.received[0].body)["timestamp"]
    assert abs(datetime.fromisoformat(stamp) - utc_now()) < timedelta(minutes=5)
