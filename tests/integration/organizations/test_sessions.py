"""Where somebody is signed in: listed, ended, and dead at the next request."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from consult.db import db, utc_now
from consult.organizations.accounts.devices import device_words
from consult.organizations.accounts.models import AccountSession
from consult.organizations.models import Account, Role
from tests.conftest import PASSWORD
from tests.pages import PageClient

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"

Staff = Callable[..., Account]
SignIn = Callable[[Account], None]


@pytest.fixture
def elsewhere(app: Flask) -> PageClient:
    """Another browser."""
    return PageClient(app, app.response_class)


def open_in(browser: PageClient, account: Account) -> None:
    form = {"email": account.email, "password": PASSWORD}
    browser.submit("/fr/connexion", form, headers={"User-Agent": FIREFOX})


def signed_in(browser: PageClient) -> bool:
    return browser.get("/en/staff/account").status_code == 200


def test_a_session_is_seen_and_ended(
    client: PageClient, elsewhere: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    account = staff(Role.VIEWER)
    sign_in(account)
    open_in(elsewhere, account)
    page = client.page("/fr/equipe/compte")
    assert "Firefox, Windows" in page.text
    (form,) = [f for f in page.select("form") if str(f.get("action")).endswith("/fin")][:1]
    client.submit(str(form["action"]), {}, form_page="/fr/equipe/compte")
    assert not signed_in(elsewhere)
    assert signed_in(client)


def test_all_other_sessions_end_at_once(
    client: PageClient, elsewhere: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    account = staff(Role.VIEWER)
    open_in(elsewhere, account)
    sign_in(account)
    client.submit("/en/staff/account/sessions/end", {}, form_page="/en/staff/account")
    assert not signed_in(elsewhere)
    assert signed_in(client)


def test_a_copied_cookie_dies_with_its_session(
    client: PageClient, elsewhere: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.VIEWER))
    with client.session_transaction() as ours, elsewhere.session_transaction() as theirs:
        theirs.update(ours)
    assert signed_in(elsewhere)
    client.submit("/fr/deconnexion", {}, form_page="/fr/equipe/compte")
    assert not signed_in(elsewhere)


def test_a_session_ends_after_its_hours(client: PageClient, staff: Staff, sign_in: SignIn) -> None:
    sign_in(staff(Role.VIEWER))
    row = db.session.scalars(select(AccountSession)).one()
    assert row.expires_at - row.created_at == timedelta(hours=12)
    row.expires_at = utc_now()
    db.session.commit()
    assert not signed_in(client)


def test_another_password_ends_the_other_sessions(
    client: PageClient, elsewhere: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    account = staff(Role.VIEWER)
    open_in(elsewhere, account)
    sign_in(account)
    page, chosen = "/en/staff/account/password", "quatre chaises orange dehors"
    refused = client.submit(page, {"current": "autre", "password": chosen})
    assert "not your current password" in refused.get_data(as_text=True)
    easy = client.submit(page, {"current": PASSWORD, "password": "motdepasse2026"})
    assert "easy to guess" in easy.get_data(as_text=True)
    assert client.submit(page, {"current": PASSWORD, "password": chosen}).status_code == 303
    assert not signed_in(elsewhere)
    assert signed_in(client)
    again = client.submit("/fr/connexion", {"email": account.email, "password": chosen})
    assert again.status_code == 302


def test_knowing_who_is_signed_in_costs_two_queries(
    app: Flask, client: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    """The session with its account, then its roles: one more than nothing at all."""
    sign_in(staff(Role.VIEWER))
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    db.session.rollback()
    db.session.remove()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get("/fr/accessibilite")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140 Safari/537.36 Edg/140", "Edge, Linux"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_said_in_words(said: str, words: str) -> None:
    assert device_words(said) == words
