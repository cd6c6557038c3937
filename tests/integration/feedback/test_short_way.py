"""The short way in answers what the long way answers, and leaves it the rest."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from consult.config import Settings
from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.feedback.views.short_way import LONGEST
from consult.organizations.models import Service
from consult.security import limiter
from tests.pages import PageClient

ALLOWED = "https://services.example.org"
BODY = {"answers": {"rating": 4}, "comment": "Clair.", "lang": "fr", "page": "/permis/fin"}


@pytest.fixture
def address(service: Service) -> str:
    return f"/api/v1/services/{service.key}/feedback"


@pytest.fixture
def long_ways(app: Flask) -> Iterator[list[str]]:
    """The paths of the requests that went the long way."""
    gone: list[str] = []

    def note() -> None:
        gone.append(g.lang_code)

    app.before_request_funcs[None].append(note)
    yield gone
    app.before_request_funcs[None].remove(note)


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(FeedbackItem)) or 0


@pytest.mark.parametrize("origin", [None, ALLOWED])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_both_ways_answer_alike(
    client: PageClient, address: str, long_ways: list[str], lang: str, origin: str | None
) -> None:
    body = {**BODY, "lang": lang, "comment": "Écrire à nom@exemple.ca"}
    headers = {"Origin": origin} if origin else {}
    for key, status in (("une-seule-fois", 201), ("une-seule-fois", 200)):
        ways = [
            client.post(address, json={**body, "idempotency_key": f"{key}-{way}"}, headers=more)
            for way, more in (("short", headers), ("long", {**headers, "Idempotency-Key": "x"}))
        ]
        short, long = ways
        assert [answer.status_code for answer in ways] == [status, status]
        assert short.json is not None
        assert long.json is not None
        assert short.json.keys() == long.json.keys()
        assert short.json["thanks"] == long.json["thanks"]
        assert short.json["masked"] is long.json["masked"] is True
        assert "Origin" in short.vary
        for answer in ways:
            del answer.headers["Vary"]  # the long way looks at cookies
        assert sorted(short.headers) == sorted(long.headers)
    assert len(long_ways) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"json": {**BODY, "answers": {"rating": 9}}},
        {"json": {**BODY, "stranger": 1}},
        {"json": {**BODY, "answers": {"stranger": 1}}},
        {"json": {**BODY, "answers": []}},
        {"json": {**BODY, "lang": "de"}},
        {"json": {**BODY, "lang": ["fr"]}},
        {"json": {**BODY, "idempotency_key": "?"}},
        {"json": [BODY]},
        {"json": {**BODY, "comment": "a" * LONGEST}},
        {"data": b"{", "content_type": "application/json"},
        {"data": b"[" * 20_000, "content_type": "application/json"},
        {"data": b"\xff", "content_type": "application/json"},
        {"json": BODY, "headers": {"Origin": "https://stranger.example.org"}},
        {"json": BODY, "headers": {"Authorization": "Bearer no"}},
    ],
)
def test_what_is_refused_is_told_by_the_long_way(
    client: PageClient, address: str, long_ways: list[str], change: dict[str, Any]
) -> None:
    answer = client.post(address, **change)
    assert 400 <= answer.status_code < 500
    assert answer.content_type == "application/problem+json"
    assert json.loads(answer.data)["type"].startswith("urn:consult:problem:")
    assert (len(long_ways), count()) == (1, 0)


def test_what_is_not_the_common_case_is_taken_by_the_long_way(
    client: PageClient, address: str, long_ways: list[str]
) -> None:
    without_lang = {name: value for name, value in BODY.items() if name != "lang"}
    asked: list[dict[str, Any]] = [
        {"json": without_lang},
        {"data": {"rating": "4"}},
        {"json": BODY, "query_string": {"from": "here"}},
        {"json": BODY, "headers": {"Idempotency-Key": "une-seule-fois"}},
    ]
    for each in asked:
        assert client.post(address, **each).status_code == 201
    assert (len(long_ways), count()) == (4, 4)
    assert client.post(f"{address}x", json=BODY).status_code == 404


@pytest.fixture
def few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three pieces a minute for each service."""
    settings: Settings = app.config["SETTINGS"]
    changed = settings.model_copy(update={"feedback_per_minute": 3})
    monkeypatch.setitem(app.config, "SETTINGS", changed)
    yield
    limiter.reset()


@pytest.mark.usefixtures("few")
def test_both_ways_are_counted_together_each_once(
    client: PageClient, address: str, long_ways: list[str]
) -> None:
    refused = client.post(address, json={**BODY, "answers": {"rating": 9}})
    short = client.post(address, json=BODY)
    long = client.post(address, data={"rating": "4"})
    assert [answer.status_code for answer in (refused, short, long)] == [422, 201, 201]
    over = client.post(address, json=BODY)
    assert (over.status_code, len(long_ways), count()) == (429, 3, 2)
    assert 0 <= int(over.headers["Retry-After"]) <= 60


def test_a_database_that_is_away_is_asked_once(
    client: PageClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def away(*rows: object) -> None:
        asked.append(rows)
        raise OperationalError("INSERT", {}, Exception("no route to host"))

    monkeypatch.setattr("consult.feedback.services.inserting.Inserter._run", away)
    headers = {"Origin": ALLOWED, "Accept-Language": "fr-CA"}
    answer = client.post(address, json=BODY, headers=headers)
    assert (answer.status_code, answer.headers["Retry-After"], len(asked)) == (503, "10", 1)
    assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED
    assert answer.json is not None
    assert "base de données" in answer.json["detail"]
    assert "route" not in answer.get_data(as_text=True)


def test_an_address_to_answer_goes_the_long_way(
    client: PageClient, address: str, long_ways: list[str]
) -> None:
    answer = client.post(address, json={**BODY, "contact": "nom@exemple.ca"})
    assert (answer.status_code, len(long_ways)) == (201, 1)


def test_a_store_of_counts_that_is_away_is_met_by_the_long_way(
    client: PageClient,
    address: str,
    long_ways: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limiter, "_storage_dead", True)
    assert client.post(address, json=BODY).status_code == 201
    assert len(long_ways) == 1
