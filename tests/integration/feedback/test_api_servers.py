"""The interface for servers: tokens, batches, and taking feedback out."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from consult.db import db
from consult.feedback.models import ApiToken, FeedbackItem, Review
from consult.feedback.question_sets import READY
from consult.feedback.services import Submission, add_own_set, change_settings, record_all
from consult.organizations.models import Account, Service
from tests.pages import PageClient

Bearer = dict[str, str]
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def base(service: Service) -> str:
    return f"/api/v1/services/{service.key}/feedback"


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(FeedbackItem)) or 0


def problem_of(answer: TestResponse) -> dict[str, Any]:
    assert answer.content_type == "application/problem+json"
    assert answer.json
    assert answer.json["status"] == answer.status_code
    assert answer.json["detail"]
    return dict(answer.json)


def item(number: int, **fields: Any) -> dict[str, Any]:
    return {"answers": {"rating": 4}, "idempotency_key": f"paper-{number:05d}", **fields}


def test_what_is_for_servers_needs_a_token(client: PageClient, base: str) -> None:
    for answer in (client.get(base), client.post(f"{base}/batch", json={"items": [item(1)]})):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="consult"'
        assert problem_of(answer)["type"] == "urn:consult:problem:token-needed"
    assert count() == 0


@pytest.mark.parametrize(
    "header", ["Bearer consult_no", "Bearer", "Basic YTpi", "Bearer é", "Bearer a b", "x", ""]
)
def test_an_unknown_token_is_refused_even_where_none_is_needed(
    client: PageClient, base: str, header: str
) -> None:
    for answer in (
        client.post(base, json={"rating": 4}, headers={"Authorization": header}),
        client.get(base, headers={"Authorization": header}),
    ):
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
        assert problem_of(answer)["type"] == "urn:consult:problem:unknown-token"
    assert count() == 0


def test_a_token_serves_one_service_until_it_is_revoked(
    client: PageClient, base: str, service: Service, bearer: Bearer
) -> None:
    other = Service(slug="autre", name=service.name, organization=service.organization)
    db.session.add(other)
    db.session.commit()
    elsewhere = base.replace(service.key, other.key)
    assert client.get(base, headers=bearer).status_code == 200
    assert client.get(elsewhere, headers=bearer).status_code == 401
    db.session.rollback()
    token = db.session.scalars(select(ApiToken)).one()
    assert token.last_used_on == datetime.now(UTC).date()
    token.revoked_at = datetime.now(UTC)
    db.session.commit()
    assert client.get(base, headers=bearer).status_code == 401


def test_the_day_of_use_is_one_statement_a_day_and_refuses_nobody(
    client: PageClient,
    base: str,
    bearer: Bearer,
    statements: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("locked"))

    with monkeypatch.context() as busy:
        busy.setattr("consult.feedback.views.api.blueprint.note_use", away)
        assert client.get(base, headers=bearer).status_code == 200
    for _ in range(2):
        assert client.get(base, headers=bearer).status_code == 200
    asked = [one for one in statements() if "api_tokens" in one and not one.startswith("INSERT")]
    assert not [one for one in asked if "FOR UPDATE" in one]
    (note,) = [one for one in asked if one.startswith("UPDATE")]
    assert "last_used_on !=" in note, "two workers on one day: the second writes nothing"


def test_a_token_is_never_logged_nor_kept_as_it_is(
    client: PageClient, base: str, bearer: Bearer, caplog: pytest.LogCaptureFixture
) -> None:
    secret = bearer["Authorization"].removeprefix("Bearer ")
    with caplog.at_level(logging.DEBUG):
        client.post(base, json={"rating": 4}, headers=bearer)
        client.get(base, headers={"Authorization": f"Bearer {secret}x"})
    assert secret not in caplog.text
    db.session.rollback()
    token = db.session.scalars(select(ApiToken)).one()
    assert secret not in repr([getattr(token, c.key) for c in ApiToken.__table__.columns])


def test_a_browser_is_never_told_that_it_may_send_a_token(
    client: PageClient, base: str, bearer: Bearer
) -> None:
    asked = client.options(f"{base}/batch", headers={"Origin": "https://services.example.org"})
    assert "Authorization" not in asked.headers["Access-Control-Allow-Headers"]
    foreign = {"Origin": "https://elsewhere.example.com", **bearer}
    assert client.get(base, headers=foreign).status_code == 403


def test_a_batch_is_stored_once(client: PageClient, base: str, bearer: Bearer) -> None:
    batch = {
        "items": [
            item(1, comment="Écrivez à camille@example.org", channel="paper", lang="fr"),
            item(2, submitted_at="2026-01-05T09:30:00-05:00", segment="Comptoir", lang="en"),
            item(1, comment="Écrivez à camille@example.org", channel="paper", lang="fr"),
        ]
    }
    first = client.post(f"{base}/batch", json=batch, headers=bearer)
    again = client.post(f"{base}/batch", json=batch, headers=bearer)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json
    assert again.json
    assert [(one["new"], one["masked"]) for one in first.json["items"]] == [
        (True, True),
        (True, False),
        (False, True),
    ]
    assert (first.json["new"], again.json["new"]) == (2, 0)
    ids = [one["id"] for one in first.json["items"]]
    assert ids == [one["id"] for one in again.json["items"]]
    assert ids[0] == ids[2]
    assert count() == 2
    kept = db.session.scalars(select(FeedbackItem).order_by(FeedbackItem.idempotency_key)).all()
    assert [str(one.public_id) for one in kept] == ids[:2]
    assert (kept[0].channel, kept[0].rating) == ("paper", 4)
    assert "camille" not in kept[0].comment
    assert kept[1].submitted_at == datetime(2026, 1, 5, 14, 30, tzinfo=UTC)
    assert kept[1].segment == "Comptoir"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answers": {"rating": 9}}, "rating"),
        ({"answers": {"colour": "red"}}, "colour"),
        ({"answers": []}, "answers"),
        ({"idempotency_key": ""}, "idempotency_key"),
        ({"idempotency_key": "paper-00000", "answers": {"rating": 1}}, "idempotency_key"),
        ({"submitted_at": "2999-01-01T00:00:00Z"}, "submitted_at"),
        ({"submitted_at": "0001-01-01T00:00:00+14:00"}, "submitted_at"),
        ({"submitted_at": "hier"}, "submitted_at"),
        ({"submitted_at": ""}, "submitted_at"),
        ({"question_set": "unknown"}, "question_set"),
        ({"contact": "x@example.org"}, "contact"),
        ({"comment": "a\x00b"}, "comment"),
    ],
)
def test_one_wrong_item_keeps_the_whole_batch_out(
    client: PageClient, base: str, bearer: Bearer, wrong: dict[str, Any], field: str
) -> None:
    batch = {"items": [item(0), item(1), item(2, **wrong)]}
    answer = client.post(f"{base}/batch", json=batch, headers=bearer)
    assert answer.status_code == 422
    assert list(problem_of(answer)["errors"]) == [f"items.2.{field}"]
    assert count() == 0


@pytest.mark.parametrize(
    "body", [{}, {"items": []}, {"items": [item(n) for n in range(1_001)]}, {"items": {}}]
)
def test_a_batch_has_1_to_1000_items(
    client: PageClient, base: str, bearer: Bearer, body: dict[str, Any]
) -> None:
    answer = client.post(f"{base}/batch", json=body, headers=bearer)
    assert answer.status_code == 422
    assert list(problem_of(answer)["errors"]) == ["items"]


def test_a_thousand_items_are_taken_at_once(client: PageClient, base: str, bearer: Bearer) -> None:
    batch = {"items": [item(n) for n in range(1_000)]}
    answer = client.post(f"{base}/batch", json=batch, headers=bearer)
    assert answer.json
    assert answer.json["new"] == 1_000
    assert count() == 1_000


def test_a_batch_of_3_megabytes_is_too_large(client: PageClient, base: str, bearer: Bearer) -> None:
    answer = client.post(f"{base}/batch", json={"items": ["a" * 3_000_000]}, headers=bearer)
    assert answer.status_code == 413
    assert problem_of(answer)["type"] == "urn:consult:problem:batch-too-large"


def test_all_is_taken_out_page_by_page(
    client: PageClient, base: str, service: Service, bearer: Bearer
) -> None:
    given = [Submission({"rating": 1 + n % 5}, submitted_at=NOW) for n in range(7)]
    later = Submission({"rating": 5, "comment": "Fin"}, submitted_at=NOW + timedelta(hours=1))
    record_all(service, [*given, later], NOW)
    db.session.commit()
    seen: list[dict[str, Any]] = []
    address: str | None = f"{base}?limit=3"
    while address:
        answer = client.get(address, headers=bearer)
        assert answer.json
        seen += answer.json["items"]
        link = answer.headers.get("Link")
        assert bool(link) == bool(answer.json["next"])
        address = link[1:].split(">")[0] if link else None
    assert len({one["id"] for one in seen}) == 8
    assert seen[-1]["comment"] == "Fin"
    assert seen[0].keys() == {
        *("id", "submitted_at", "question_set", "answers", "rating", "comment", "lang"),
        *("channel", "page", "reference", "segment", "review", "counted"),
    }
    since = client.get(f"{base}?since=2026-11-23T15:30:00Z", headers=bearer).json
    until = client.get(f"{base}?until=2026-11-23T16:00:00Z", headers=bearer).json
    assert since
    assert until
    assert [one["rating"] for one in since["items"]] == [5]
    assert len(until["items"]) == 7


def test_what_is_held_is_taken_out_only_when_asked(
    client: PageClient, base: str, bearer: Bearer
) -> None:
    client.post(base, json={"rating": 1, "website": "https://spam.example"})
    assert client.get(base, headers=bearer).json == {"items": [], "next": None}
    everything = client.get(f"{base}?review=all", headers=bearer).json
    assert everything
    assert [(one["review"], one["counted"]) for one in everything["items"]] == [("held", False)]


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=501", "limit=abc", "limit=", "limit=1&limit=2", "limit=%2B5"),
        *(
            "since=",
            "since=hier",
            "until=2026-11-23",
            "since=0001-01-01T00:00:00%2B14:00",
            "review=some",
        ),
        *("cursor=abc", "cursor=%C3%A9", "cursor=fg", "cursor=" + "A" * 500),
    ],
)
def test_a_wrong_parameter_is_named(
    client: PageClient, base: str, bearer: Bearer, query: str
) -> None:
    answer = client.get(f"{base}?{query}", headers=bearer)
    assert answer.status_code == 422
    assert list(problem_of(answer)["errors"]) == [query.split("=")[0]]


def test_a_token_has_a_limit_of_its_own(
    client: PageClient,
    base: str,
    bearer: Bearer,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits = {"feedback_per_minute": 2, "token_per_minute": 3}
    monkeypatch.setitem(app.config, "SETTINGS", app.config["SETTINGS"].model_copy(update=limits))

    def send(**headers: str) -> int:
        return client.post(base, json={"rating": 5}, headers=headers).status_code

    assert [send(**bearer) for _ in range(3)] == [201] * 3
    refused = client.get(base, headers=bearer)
    assert refused.status_code == 429
    assert 0 <= int(refused.headers["Retry-After"]) <= 60
    assert problem_of(refused)["type"] == "urn:consult:problem:too-many"
    assert [send() for _ in range(3)] == [201, 201, 429]  # people were not counted with it


def test_300_people_behind_one_address_are_all_heard_in_a_minute(
    client: PageClient, base: str
) -> None:
    library = {"REMOTE_ADDR": "192.0.2.7"}
    statuses = [
        client.post(base, json={"rating": 1 + n % 5}, environ_base=library).status_code
        for n in range(300)
    ]
    assert statuses == [201] * 300
    assert count() == 300


LONG = "Le formulaire refuse ma pièce jointe et perd tout ce que j’ai écrit avant."


def test_repeated_words_are_acknowledged_and_held(client: PageClient, base: str) -> None:
    answers = [
        client.post(base, json={"rating": 1, "comment": words, "lang": "fr"})
        for words in (LONG, LONG.upper(), f"{LONG} !!", "RAS", "RAS", "RAS", "ras")
    ]
    assert {answer.status_code for answer in answers} == {201}
    assert {tuple(sorted(answer.json or {})) for answer in answers} == {("id", "masked", "thanks")}
    db.session.rollback()
    kept = db.session.scalars(select(FeedbackItem).order_by(FeedbackItem.id)).all()
    assert [one.review for one in kept] == [Review.CLEAR] * 2 + [Review.HELD] + [Review.CLEAR] * 4
    assert kept[2].signals == ["repeated"]
    assert kept[2].comment == f"{LONG} !!"


@pytest.mark.parametrize(
    ("sent", "signals"),
    [
        ({"comment": LONG, "website": "x", "seconds": "30"}, ["honeypot"]),
        ({"comment": LONG, "seconds": "0.4"}, ["fast"]),
        ({"rating": "5", "seconds": "0.4"}, []),
        ({"comment": "www.example.com"}, ["links"]),
        ({"comment": LONG, "website": "", "seconds": ""}, []),
    ],
)
@pytest.mark.parametrize("as_json", [True, False])
def test_signals_are_kept_and_never_refused(
    client: PageClient, base: str, sent: dict[str, str], signals: list[str], as_json: bool
) -> None:
    if as_json:
        seconds = float(sent["seconds"]) if sent.get("seconds") else None
        answer = client.post(base, json={**sent, "seconds": seconds})
    else:
        answer = client.post(base, data=sent)
    assert answer.status_code == 201
    db.session.rollback()
    kept = db.session.scalars(select(FeedbackItem)).one()
    assert (kept.signals, kept.review == Review.HELD) == (signals, bool(signals))


def test_a_piece_of_feedback_is_one_statement_once_the_service_is_known(
    client: PageClient, base: str, statements: Callable[[], list[str]], written: list[int]
) -> None:
    client.post(base, json={"rating": 5, "comment": "Merci."})
    before = len(statements())
    for comment in ("Merci.", LONG, f"{LONG} Encore.", ""):
        client.post(base, json={"rating": 5, "comment": comment})
    assert statements()[before:] == []
    assert written == [1] * 5


def test_own_questions_are_looked_up_once_in_a_batch(
    client: PageClient,
    base: str,
    service: Service,
    bearer: Bearer,
    statements: Callable[[], list[str]],
) -> None:
    definition = READY["rating"].questionnaire.model_dump(mode="json")
    add_own_set(db.session.scalars(select(Account)).one(), service, definition, NOW)
    change_settings(service, NOW, question_set="own")
    db.session.commit()
    for items in ([item(n) for n in range(20)], [item(99, question_set="own-1")] * 2):
        before = len(statements())
        answer = client.post(f"{base}/batch", json={"items": items}, headers=bearer)
        assert answer.status_code == 200
        asked = [one for one in statements()[before:] if "own_question_sets" in one]
        assert len(asked) == 1
    assert count() == 21


def test_the_header_names_the_feedback_as_the_field_does(client: PageClient, base: str) -> None:
    for header in ("8e03978e-40d5", '"8e03978e-40d5"'):
        answer = client.post(base, json={"rating": 4}, headers={"Idempotency-Key": header})
        assert answer.status_code in (200, 201)
    assert count() == 1
    wrong = client.post(base, json={"rating": 4}, headers={"Idempotency-Key": "é"})
    assert list(problem_of(wrong)["errors"]) == ["idempotency_key"]


def test_what_no_question_asks_is_named(client: PageClient, base: str) -> None:
    answer = client.post(base, json={"answers": {"rating": 4, "colour": "red"}, "coment": "x"})
    assert list(problem_of(answer)["errors"]) == ["coment"]
    answer = client.post(base, json={"answers": {"rating": 4, "colour": "red"}, "lang": "en"})
    assert problem_of(answer)["errors"] == {
        "colour": "No question has this name. The names are: rating, comment."
    }
    form = client.post(base, data={"rating": "4", "submit": "Envoyer"})
    assert form.status_code == 201  # a form has buttons


def test_answers_to_what_was_not_asked_further_are_dropped(client: PageClient, base: str) -> None:
    answers = {"feeling": "good", "help": ["website"], "help_reached": "yes", "help_quality": 5}
    answer = client.post(base, json={"question_set": "faces", "answers": answers})
    assert answer.status_code == 201
    db.session.rollback()
    kept = db.session.scalars(select(FeedbackItem)).one()
    assert kept.answers == {"feeling": "good", "help": ["website"]}
    assert kept.rating == 5


def test_the_questions_are_open_to_all_in_both_languages(
    client: PageClient, base: str, service: Service
) -> None:
    address = base.replace("/feedback", "/questions")
    answer = client.get(address, headers={"Origin": "https://anywhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.json
    assert answer.json["question_set"] == "rating"
    assert [q["name"] for q in answer.json["questions"]] == ["rating", "comment"]
    assert answer.json["questions"][0]["label"].keys() == {"fr", "en"}
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    faces = client.get(f"{address}?question_set=faces").json
    assert faces
    assert faces["questions"][0]["choices"][0]["name"] == "bad"
    for unknown in ("?question_set=no", "?question_set=own", "?question_set=own-1"):
        assert client.get(address + unknown).status_code == 404


def test_every_error_is_a_problem_document_in_the_senders_language(
    client: PageClient, base: str
) -> None:
    def told(lang: str) -> list[tuple[int, str]]:
        headers = {"Accept-Language": lang}
        answers = [
            client.get("/api/v1/nothing", headers=headers),
            client.put(base, headers=headers),
            client.post(base, data=b"x", headers=headers),
            client.post(base, data=b"{", content_type="application/json", headers=headers),
            client.post(base, json={"comment": "a" * 3_000_000}, headers=headers),
            client.post(f"{base}x", headers=headers),
            client.post(base, json={}, headers=headers),
        ]
        assert set(answers[1].headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
        return [(answer.status_code, problem_of(answer)["detail"]) for answer in answers]

    french, english = told("fr-CA"), told("en-CA")
    assert [status for status, _ in french] == [404, 405, 415, 400, 413, 404, 422]
    assert not {words for _, words in french} & {words for _, words in english}


def test_strange_bodies_are_told_what_is_wrong(client: PageClient, base: str) -> None:
    for raw in (
        '{"rating": NaN}',
        '{"seconds": Infinity}',
        '{"seconds": 1e999}',
        '{"a": 1, "a": 2}',
    ):
        answer = client.post(base, data=raw, content_type="application/json")
        assert answer.status_code == 422, raw
        problem_of(answer)
