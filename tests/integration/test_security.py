"""What every answer owes: strict headers, no cookie without need, no stack trace."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError

from consult.db import db
from consult.organizations.models import Account, Organization, Role, Service
from tests.conftest import make_settings, make_test_app
from tests.pages import PageClient

PUBLIC = ["/fr/", "/en/", "/fr/consultations", "/en/consultations"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_set_no_cookie_and_allow_no_frame(client: PageClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_bare_address_leads_to_french(client: PageClient) -> None:
    assert client.get("/").location == "/fr/"


@pytest.mark.parametrize(
    ("path", "words"),
    [("/fr/rien-ici", "existe pas"), ("/en/nothing-here", "does not exist"), ("/rien", "existe")],
)
def test_unknown_pages_say_so_in_their_language(client: PageClient, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert words in answer.get_data(as_text=True).replace("’", "'").replace("n'existe", "n’existe")


def test_a_fault_shows_no_trace(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "publishing.home", lambda **_: 1 / 0)
    answer = client.get("/en/")
    assert answer.status_code == 500
    page = answer.get_data(as_text=True)
    assert "Traceback" not in page
    assert "ZeroDivision" not in page


def test_two_people_who_add_the_same_thing_are_told(
    app: Flask, client: PageClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_again(**_: object) -> str:
        db.session.execute(insert(Organization).values(slug=service.organization.slug))
        return ""

    monkeypatch.setitem(app.view_functions, "publishing.home", add_again)
    assert client.get("/fr/").status_code == 409
    monkeypatch.undo()
    assert client.get("/fr/").status_code == 200


def test_staff_are_told_too_when_the_database_is_away(
    client: PageClient,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in(staff(Role.VIEWER))

    def away(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(db.session, "execute", away)
    monkeypatch.setattr(db.session, "scalar", away)
    monkeypatch.setattr(db.session, "scalars", away)
    answer = client.get("/fr/analyses")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "refused" not in answer.get_data(as_text=True)


def test_a_request_too_large_is_refused_in_words(client: PageClient) -> None:
    answer = client.post("/fr/connexion", data={"email": "x" * 1_100_000})
    assert answer.status_code == 413


def test_over_tls_cookies_are_secure_and_hsts_is_sent(tmp_path: Path) -> None:
    app = make_test_app(make_settings(tmp_path, base_url="https://consult.example.org"))
    with app.app_context():
        db.create_all()
        client = app.test_client()
        answer = client.get("/fr/connexion", base_url="https://consult.example.org")
        db.engine.dispose()
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert flag in cookie
