"""The second step: set up, asked, never taken twice, recovered, required."""

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from consult.db import db, utc_now
from consult.organizations.accounts import second_factor as factors
from consult.organizations.accounts.models import RecoveryCode, SecondFactor
from consult.organizations.audit.actions import Action
from consult.organizations.audit.models import AuditEvent
from consult.organizations.errors import CodeRefusedError
from consult.organizations.models import Account, Organization, Role
from tests.conftest import PASSWORD
from tests.pages import PageClient

PAGE = "/en/staff/account/second-step"

Staff = Callable[..., Account]
SignIn = Callable[[Account], None]


def set_up(client: PageClient) -> tuple[str, list[str]]:
    """Sets the second step up through the pages; returns the secret and the recovery codes."""
    client.submit(PAGE, {"start": "1", "password": PASSWORD})
    shown = client.page(PAGE)
    assert shown.select_one("svg[role=img] title")
    secret = shown.select("main code")[0].text.replace(" ", "")
    done = client.submit(PAGE, {"code": pyotp.TOTP(secret).now()})
    assert done.status_code == 200
    codes = client.parse(done).select(".app-codes code")
    return secret, [code.text for code in codes]


def password_step(client: PageClient, account: Account) -> str:
    form = {"email": account.email, "password": PASSWORD}
    return str(client.submit("/en/sign-in?next=/en/staff/account", form).location)


def later(secret: str, steps: int = 1) -> str:
    """The code of half a minute from now, which clocks may already show."""
    return pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=30 * steps))


def test_the_code_is_asked_and_taken_once(
    app: Flask, client: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    account = staff(Role.ANALYST)
    sign_in(account)
    secret, codes = set_up(client)
    assert len(set(codes)) == 10
    client.submit("/en/sign-out", {}, form_page="/en/staff/account")
    asked = password_step(client, account)
    assert asked.startswith("/en/sign-in/code")
    assert client.get("/en/staff/account").status_code == 302, "half in is not in"
    assert client.submit(asked, {"code": "000000"}).status_code == 422
    code = later(secret)
    done = client.submit(asked, {"code": code})
    assert done.location == "/en/staff/account"
    client.submit("/en/sign-out", {}, form_page="/en/staff/account")
    again = client.submit(password_step(client, account), {"code": code})
    assert again.status_code == 422
    for _time, status in enumerate((302, 422)):
        client.get("/en/sign-in")
        used = client.submit(password_step(client, account), {"code": codes[0].upper()})
        assert used.status_code == status


def test_the_secret_and_the_codes_are_not_kept_as_they_are(
    client: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.ANALYST))
    secret, codes = set_up(client)
    kept = db.session.scalars(select(SecondFactor)).one().sealed_secret
    hashes = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert secret not in kept
    assert not {code.replace("-", "") for code in codes} & set(hashes)


def test_guesses_are_few(client: PageClient, staff: Staff, sign_in: SignIn) -> None:
    account = staff(Role.ANALYST)
    sign_in(account)
    set_up(client)
    client.submit("/en/sign-out", {}, form_page="/en/staff/account")
    asked = password_step(client, account)
    shown = client.page(asked)
    token = shown.select_one("input[name=csrf_token]")
    assert token is not None
    form = {"csrf_token": token["value"], "code": "000000"}
    client.reads = False
    statuses = [client.post(asked, data=form).status_code for _guess in range(11)]
    assert statuses == [422] * 10 + [429]


def test_the_password_is_asked_before_a_first_factor(
    client: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    account = staff(Role.ANALYST)
    sign_in(account)
    factors.offer_factor(account, "k" * 40)
    db.session.commit()
    for given in ({}, {"password": "autre"}):
        refused = client.submit(PAGE, {"start": "1", **given})
        assert refused.status_code == 422
        assert not client.parse(refused).select("main code"), "an earlier offer is not shown"
    assert client.submit(PAGE, {"code": "000000"}).status_code == 200
    assert client.submit(PAGE, {"start": "1", "password": PASSWORD}).status_code == 303


def test_codes_are_counted_together_wherever_they_are_asked(
    client: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    account = staff(Role.ANALYST)
    sign_in(account)
    set_up(client)
    client.reads = False
    pages = [f"{PAGE}/removal", f"{PAGE}/codes"] * 5
    statuses = [client.submit(page, {"code": "000000"}).status_code for page in pages]
    assert statuses == [422] * 10
    refused = db.session.scalars(select(AuditEvent).where(AuditEvent.action == Action.CODE_REFUSED))
    assert len(refused.all()) == 10
    client.submit("/en/sign-out", {}, form_page="/en/staff/account")
    asked = password_step(client, account)
    assert client.submit(asked, {"code": "000000"}).status_code == 429


def test_new_recovery_codes_and_removal_ask_for_a_code(
    client: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    account = staff(Role.ANALYST)
    sign_in(account)
    _secret, codes = set_up(client)
    refused = client.submit(f"{PAGE}/removal", {"code": "000000"})
    assert refused.status_code == 422
    renewed = client.submit(f"{PAGE}/codes", {"code": codes[0]})
    fresh = [code.text for code in client.parse(renewed).select(".app-codes code")]
    assert not set(fresh) & set(codes)
    assert client.submit(f"{PAGE}/removal", {"code": codes[1]}).status_code == 422
    assert client.submit(f"{PAGE}/removal", {"code": fresh[0]}).status_code == 303
    assert password_step(client, account) == "/en/staff/account"


def test_a_public_body_may_ask_everyone_for_it(
    client: PageClient, staff: Staff, sign_in: SignIn, organization: Organization
) -> None:
    organization.requires_second_factor = True
    sign_in(staff(Role.ADMINISTRATOR))
    sent = client.get("/en/staff/services")
    assert sent.location == PAGE
    assert client.get("/en/").status_code == 302
    set_up(client)
    assert client.get("/en/staff/services").status_code == 200


def test_two_requests_with_one_code_let_one_in(app: Flask, staff: Staff) -> None:
    account, key, now = staff(Role.VIEWER), "k" * 40, utc_now()
    factors.offer_factor(account, key)
    offer = factors.offer_of(account, key, "consult")
    assert offer is not None
    factors.confirm_factor(account, pyotp.TOTP(offer.secret).at(now), key, now)
    soon = now + timedelta(seconds=30)
    code = pyotp.TOTP(offer.secret).at(soon)
    factors.check_factor(account, code, key, soon)
    with pytest.raises(CodeRefusedError):
        factors.check_factor(account, code, key, soon)
    with pytest.raises(CodeRefusedError):
        factors.check_factor(account, pyotp.TOTP(offer.secret).at(now), key, soon)
