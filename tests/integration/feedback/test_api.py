"""The interface for widgets: what it takes, what it refuses and how it says so."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from consult.db import db
from consult.feedback import queries
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Service
from tests.pages import PageClient

ALLOWED = "https://services.example.org"
Send = Callable[..., TestResponse]


@pytest.fixture
def address(service: Service) -> str:
    return f"/api/v1/services/{service.key}/feedback"


@pytest.fixture
def send(client: PageClient, address: str) -> Send:
    """``send(rating=4, …)`` posts JSON as a widget on an allowed site does."""

    def post(headers: dict[str, str] | None = None, **body: Any) -> TestResponse:
        return client.post(address, json=body, headers={"Origin": ALLOWED, **(headers or {})})

    return post


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(FeedbackItem)) or 0


def only_item() -> FeedbackItem:
    db.session.rollback()
    return db.session.scalars(select(FeedbackItem)).one()


def test_feedback_is_stored_and_acknowledged(send: Send) -> None:
    answer = send(rating=2, comment="Trop long.", lang="fr", page="/demande/fin?id=1")
    assert answer.status_code == 201
    assert answer.json
    item = only_item()
    assert answer.json["id"] == str(item.public_id)
    assert answer.json["thanks"].startswith("http://127.0.0.1:8000/fr/")
    assert (item.rating, item.comment, item.lang) == (2, "Trop long.", "fr")
    assert (item.page, item.channel) == ("/demande/fin", "widget")


def test_a_form_is_taken_as_json_is(client: PageClient, address: str) -> None:
    answer = client.post(address, data={"rating": "5", "comment": "Merci", "lang": "en"})
    assert answer.status_code == 201
    assert (only_item().rating, only_item().lang) == (5, "en")


def test_the_same_key_counts_once(send: Send) -> None:
    key = str(uuid.uuid4())
    first = send(rating=1, idempotency_key=key)
    second = send(rating=1, idempotency_key=key)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert count() == 1


def test_a_key_does_not_swallow_other_words(send: Send) -> None:
    """What the first try stored was never acknowledged, say; what was typed since is not lost."""
    key = str(uuid.uuid4())
    send(rating=1, comment="Trop long.", idempotency_key=key)
    other = send(rating=1, comment="Trop long, et en panne.", lang="en", idempotency_key=key)
    assert other.status_code == 422
    assert other.json
    assert "already received" in other.json["errors"]["idempotency_key"]
    assert send(rating=1, comment=" Trop long. ", idempotency_key=key).status_code == 200
    assert only_item().comment == "Trop long."


def test_a_very_long_address_of_a_page_never_costs_the_words(send: Send) -> None:
    assert send(rating=1, page="/" + "a" * 5_000).status_code == 201
    assert len(only_item().page or "") <= 500


def test_the_same_key_for_another_service_is_another_answer(
    send: Send, client: PageClient, service: Service
) -> None:
    other = Service(slug="autre", name=service.name, organization=service.organization)
    db.session.add(other)
    db.session.commit()
    key = str(uuid.uuid4())
    send(rating=1, idempotency_key=key)
    body = {"rating": 1, "idempotency_key": key}
    assert client.post(f"/api/v1/services/{other.key}/feedback", json=body).status_code == 201
    assert count() == 2


def test_senders_racing_with_one_key_all_get_the_one_answer(app: Flask, address: str) -> None:
    key = str(uuid.uuid4())
    answers: list[tuple[int, str]] = []
    ready = threading.Barrier(8)

    def race() -> None:
        ready.wait()
        answer = app.test_client().post(address, json={"rating": 3, "idempotency_key": key})
        assert answer.json
        answers.append((answer.status_code, answer.json["id"]))

    db.session.rollback()
    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in answers) == [200] * 7 + [201]
    assert len({id_ for _, id_ in answers}) == 1
    assert count() == 1


def test_what_identifies_is_gone_before_storage(send: Send) -> None:
    send(comment="Répondez à camille@example.org", page="/compte/camille@example.org", lang="fr")
    assert "camille" not in only_item().comment
    assert "camille" not in (only_item().page or "")


@pytest.mark.parametrize(
    "comment", ["👩🏽‍💻🎉", "شكرا جزيلا على الخدمة", "=1+1", "<b>&amp;", "deux\nlignes\t!"]
)
def test_unusual_text_is_kept_as_written(send: Send, comment: str) -> None:
    assert send(comment=comment, rating=3).status_code == 201
    assert only_item().comment == comment


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"rating": 6}, "rating"),
        ({"rating": True}, "rating"),
        ({"rating": 2.5}, "rating"),
        ({"rating": [1]}, "rating"),
        ({}, "rating"),
        ({"comment": "   \n"}, "rating"),
        ({"rating": 1, "comment": 12}, "comment"),
        ({"rating": 1, "comment": "a" * 5_001}, "comment"),
        ({"rating": 1, "comment": "avant\x00après"}, "comment"),
        ({"rating": 1, "comment": "\ud83d seul"}, "comment"),
        ({"rating": 1, "page": "/nul\x00"}, "page"),
        ({"rating": 1, "reference": "nul\x00"}, "reference"),
        ({"rating": 1, "reference": "client%00-418-555-0177"}, "reference"),
        ({"rating": 1, "lang": "de"}, "lang"),
        ({"rating": 1, "lang": ["fr"]}, "lang"),
        ({"rating": 1, "page": {}}, "page"),
        ({"rating": 1, "idempotency_key": "x"}, "idempotency_key"),
    ],
)
def test_wrong_values_are_named_and_nothing_is_stored(
    send: Send, body: dict[str, Any], field: str
) -> None:
    answer = send(**body)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json
    assert list(answer.json["errors"]) == [field]
    assert answer.json["errors"][field]
    assert count() == 0


def test_every_wrong_field_is_told_at_once(send: Send) -> None:
    answer = send(rating=9, comment=1)
    assert answer.json
    assert set(answer.json["errors"]) == {"rating", "comment"}


def test_messages_come_in_the_senders_language(send: Send) -> None:
    english = send(rating=9, lang="en").json
    by_header = send(rating=9, headers={"Accept-Language": "en-CA"}).json
    assert english == by_header
    assert english["errors"]["rating"] == "Choose among the answers on offer."
    french = send(rating=9, lang="fr", headers={"Accept-Language": "en-CA"}).json
    assert french["errors"]["rating"] != english["errors"]["rating"]


@pytest.mark.parametrize(
    ("raw", "content_type", "status"),
    [
        (b"{not json", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[1, 2]", "application/json", 400),
        (b"null", "application/json", 400),
        (b"[" * 200_000, "application/json", 400),
        (b"", "application/json", 400),
        (b"hello", "text/plain", 415),
        (b"hello", "", 415),
    ],
)
def test_unreadable_bodies_have_a_problem_document(
    client: PageClient, address: str, raw: bytes, content_type: str, status: int
) -> None:
    answer = client.post(address, data=raw, content_type=content_type)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json
    assert answer.json["detail"]
    assert count() == 0


@pytest.mark.parametrize("as_json", [True, False])
def test_a_comment_of_3_megabytes_is_too_large(
    client: PageClient, address: str, as_json: bool
) -> None:
    body = {"rating": "1", "comment": "a" * 3_000_000}
    answer = client.post(address, **({"json": body} if as_json else {"data": body}))
    assert answer.status_code == 413
    assert answer.json
    assert answer.json["detail"]
    assert count() == 0


def test_an_unknown_service_is_not_found(client: PageClient, app: Flask) -> None:
    answer = client.post("/api/v1/services/no-such-key/feedback", json={"rating": 1})
    assert answer.status_code == 404
    assert answer.json
    assert answer.json["type"] == "urn:consult:problem:unknown-service"


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example.com", "null", "http://services.example.org"]
)
def test_a_foreign_site_is_refused_before_and_at_sending(
    client: PageClient, address: str, origin: str
) -> None:
    for answer in (
        client.post(address, json={"rating": 1}, headers={"Origin": origin}),
        client.options(address, headers={"Origin": origin}),
    ):
        assert answer.status_code == 403
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert count() == 0


@pytest.mark.parametrize("origin", [ALLOWED, "http://127.0.0.1:8000"])
def test_allowed_sites_and_our_own_may_read_the_answer(
    client: PageClient, address: str, origin: str
) -> None:
    asked = client.options(address, headers={"Origin": origin})
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Methods"] == "POST"
    assert asked.headers["Access-Control-Allow-Headers"] == "Content-Type, Idempotency-Key"
    sent = client.post(address, json={"rating": 9}, headers={"Origin": origin})
    for answer in (asked, sent):
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Origin" in answer.headers["Vary"]


def test_no_cookie_is_set(send: Send) -> None:
    assert "Set-Cookie" not in send(rating=5).headers


def test_feedback_waits_when_a_service_receives_too_much(
    send: Send, service: Service, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    slower = app.config["SETTINGS"].model_copy(update={"feedback_per_minute": 3})
    monkeypatch.setitem(app.config, "SETTINGS", slower)
    statuses = [send(rating=5).status_code for _ in range(3)]
    refused = send(rating=5)
    assert statuses == [201] * 3
    assert refused.status_code == 429
    assert 0 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Access-Control-Allow-Origin"] == ALLOWED
    assert refused.json
    assert refused.json["detail"]
    other = Service(slug="autre", name=service.name, organization=service.organization)
    db.session.add(other)
    db.session.commit()
    elsewhere = app.test_client().post(f"/api/v1/services/{other.key}/feedback", json={"rating": 5})
    assert elsewhere.status_code == 201


def test_comments_are_handed_over_for_analysis(send: Send, service: Service) -> None:
    send(rating=1, comment="Premier")
    send(rating=4)
    db.session.rollback()
    rows = queries.comments_of(service)
    assert [(row.text, row.rating) for row in rows] == [("Premier", 1), ("", 4)]
    assert queries.comments_by_public_id([rows[0].public_id]) == rows[:1]
    assert queries.score(service) == queries.Score(mean=2.5, ratings=2, comments=1)
