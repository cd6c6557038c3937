"""Single sign-on against a provider that really listens: who comes in, and who does not."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy import select

from consult.config import Settings
from consult.db import db, utc_now
from consult.organizations import queries
from consult.organizations.accounts.invitations import invite
from consult.organizations.accounts.models import (
    AccountSession,
    Identity,
    PasswordReset,
    RecoveryCode,
    SignInMethod,
)
from consult.organizations.accounts.passwords import forgotten
from consult.organizations.accounts.sessions import start_session
from consult.organizations.models import Account, Organization, Role
from consult.organizations.permissions import role_in
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, open_provider
from tests.pages import PageClient

START = "/en/sign-in/single?next=/en/staff/account"


@pytest.fixture(scope="module")
def one_provider() -> Iterator[Provider]:
    with open_provider() as provider:
        yield provider


@pytest.fixture
def provider(app: Flask, one_provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The provider of the site, which vouches for the viewer."""
    given: Settings = app.config["SETTINGS"]
    changes = {
        "oidc_issuer": one_provider.issuer,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": CLIENT_SECRET,
        "oidc_label": "l’annuaire",
    }
    monkeypatch.setitem(app.config, "SETTINGS", given.model_copy(update=changes))
    monkeypatch.setattr(one_provider, "claims", {})
    monkeypatch.setattr(one_provider, "signs_with", one_provider.key)
    person = {"sub": "u-1", "email": "Viewer@example.org", "email_verified": True, "name": "Vi"}
    monkeypatch.setattr(one_provider, "person", person)
    return one_provider


def come_in(client: PageClient, change: Callable[[str], str] = str) -> Any:
    """Goes to the provider and back, as a browser does; ``change`` is made to the way back."""
    there = client.get(START).location
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(change(back))
    return client.get(f"{parts.path}?{parts.query}")


def signed_in(client: PageClient) -> bool:
    return client.get("/en/staff/account").status_code == 200


@pytest.mark.usefixtures("provider")
def test_who_has_an_account_comes_in_by_a_verified_address(
    client: PageClient, staff: Callable[..., Account]
) -> None:
    staff(Role.VIEWER)
    assert "l’annuaire" in client.page("/fr/connexion").text
    assert come_in(client).location == "/en/staff/account"
    assert signed_in(client)
    assert db.session.scalars(select(AccountSession)).one().method == "sso"


def test_from_then_on_the_subject_counts_and_not_the_address(
    client: PageClient, staff: Callable[..., Account], provider: Provider
) -> None:
    account, other = staff(Role.VIEWER), staff(Role.EDITOR)
    come_in(client)
    provider.person |= {"email": other.email}
    come_in(client)
    assert db.session.scalars(select(Identity)).one().account_id == account.id
    with_session = db.session.scalars(select(AccountSession.account_id)).all()
    assert set(with_session) == {account.id}


@pytest.mark.usefixtures("provider")
def test_what_opened_the_account_before_opens_it_no_more(
    client: PageClient, staff: Callable[..., Account]
) -> None:
    """Somebody else may have chosen the password, and may still be signed in."""
    account, now = staff(Role.VIEWER), utc_now()
    start_session(account, SignInMethod.PASSWORD, "", now, timedelta(hours=1))
    account.second_factor_at = now
    db.session.add(RecoveryCode(account_id=account.id, code_hash="x"))
    forgotten(account.email, now)
    db.session.commit()
    come_in(client)
    db.session.rollback()
    assert (account.password_hash, account.second_factor_at) == ("", None)
    assert db.session.scalars(select(AccountSession.method)).all() == ["sso"]
    assert not db.session.scalars(select(PasswordReset)).all()
    assert not db.session.scalars(select(RecoveryCode)).all()


def test_who_is_invited_gets_an_account_and_the_role(
    client: PageClient,
    staff: Callable[..., Account],
    organization: Organization,
    provider: Provider,
) -> None:
    administrator = staff(Role.ADMINISTRATOR)
    invite(administrator, organization, "neuve@example.org", Role.ANALYST, "fr", utc_now())
    db.session.commit()
    provider.person |= {"email": "neuve@example.org", "name": "Noa Neuve"}
    assert come_in(client).status_code == 302
    made = queries.account_by_email("neuve@example.org")
    assert made is not None
    assert (made.name, role_in(made, organization)) == ("Noa Neuve", Role.ANALYST)
    form = {"email": made.email, "password": ""}
    assert client.submit("/en/sign-in", form | {"password": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"email": "personne@example.org"}, 403),
        ({"email_verified": False}, 403),
        ({"email_verified": "true"}, 403),
        ({"nonce": "un autre"}, 502),
        ({"aud": "un-autre-site"}, 502),
        ({"iss": "https://ailleurs.example.org"}, 502),
        ({"exp": int(time.time()) - 600}, 502),
    ],
)
def test_nobody_else_comes_in(
    client: PageClient,
    staff: Callable[..., Account],
    provider: Provider,
    claims: dict[str, object],
    status: int,
) -> None:
    staff(Role.VIEWER)
    provider.claims = claims
    assert come_in(client).status_code == status
    assert not signed_in(client)
    assert db.session.scalars(select(Identity)).all() == []


def test_a_token_signed_by_another_key_is_refused(
    client: PageClient, staff: Callable[..., Account], provider: Provider
) -> None:
    staff(Role.VIEWER)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "une"})
    assert come_in(client).status_code == 502
    assert not signed_in(client)


@pytest.mark.usefixtures("provider")
def test_a_way_back_that_another_browser_began_is_refused(
    app: Flask, client: PageClient, staff: Callable[..., Account]
) -> None:
    staff(Role.VIEWER)
    assert come_in(client, lambda back: back.replace("state=", "state=x")).status_code == 502
    there = PageClient(app, app.response_class).get(START).location
    back = urlsplit(requests.get(there, allow_redirects=False, timeout=10).headers["Location"])
    assert client.get(f"{back.path}?{back.query}").status_code == 502
    assert not signed_in(client)


def test_without_a_provider_there_is_no_way(client: PageClient) -> None:
    assert client.get("/en/sign-in/single").status_code == 404
    assert client.get("/en/sign-in/return?code=a&state=b").status_code == 404


def test_a_provider_that_does_not_answer_is_said(
    app: Flask, client: PageClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: Settings = app.config["SETTINGS"]
    away = given.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    monkeypatch.setitem(app.config, "SETTINGS", away)
    answer = client.get("/en/sign-in/single")
    assert answer.status_code == 502
    assert "use your password" in answer.get_data(as_text=True)
