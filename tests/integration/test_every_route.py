"""Every route, asked for by people who may not, and with addresses no page of ours writes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from consult.organizations.models import Account, Role, Service
from tests.pages import PageClient

UUID = "01970000-0000-7000-8000-000000000000"

#: What stands in the place of each kind of variable: of no thing, then of nothing that can be.
STRANGE = {
    "default": ["inconnu", "%00", "a%00b", "%ED%A0%80", "%F0%9F%99%82", "é" * 300],
    "int": ["1", "0", "2147483648", "99999999999999999999"],
    "uuid": [UUID],
}
QUERIES = [
    "page=99999999999999999999",
    "page=-1",
    "page=%00",
    "number=abc&slug=%00&key=%00&public_id=x",
    "_scheme=javascript",
    "_external=1&_scheme=javascript&_anchor=x&_method=POST",
    "lang=%00&also=%00&change=%00&mend=1&next=%00",
]


def address(rule: Rule, value: Callable[[str, str], str]) -> str:
    """An address of the rule; ``value`` gives each variable its text, by its name and kind."""

    def fill(variable: re.Match[str]) -> str:
        return value(variable[2], variable[1] or "default")

    return re.sub(r"<(?:(\w+):)?(\w+)>", fill, rule.rule)


def strange_addresses(rule: Rule, service: Service) -> set[str]:
    """The rule's address with strange variables, then with the service's and strange queries."""
    known = {"slug": service.slug, "key": service.key}
    real = address(rule, lambda name, kind: known.get(name, STRANGE[kind][0]))
    return {
        address(rule, lambda _name, kind: STRANGE[kind][n % len(STRANGE[kind])])  # noqa: B023
        for n in range(6)
    } | {f"{real}?{query}" for query in QUERIES}


@pytest.fixture(params=["stranger", "administrator"])
def anyone(
    request: pytest.FixtureRequest,
    app: Flask,
    client: PageClient,
    service: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> PageClient:
    """Somebody not signed in, then somebody who may do everything."""
    if request.param == "stranger":
        return PageClient(app, app.response_class, use_cookies=False)
    sign_in(staff(Role.ADMINISTRATOR))
    return client


def test_no_address_makes_the_site_fail(app: Flask, anyone: PageClient, service: Service) -> None:
    failed = [
        f"{method} {path}: {status}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "feedback_widget.script"  # it may not be built where tests run
        if not rule.rule.startswith("/en/")  # the same views
        for path in sorted(strange_addresses(rule, service))
        for method in ("GET", "OPTIONS")
        if (status := anyone.open(path, method=method).status_code) >= 500
    ]
    assert failed == []


def test_a_switch_of_language_stays_on_the_page(client: PageClient, service: Service) -> None:
    def switch(path: str) -> Any:
        link = client.page(path).select_one(".app-header__language a")
        assert link
        return link["href"]

    assert switch("/fr/?_external=1&_scheme=javascript").startswith("/en/?")
    ours = f"/fr/vous-avez-dit-nous-avons-fait/{service.slug}"
    assert switch(f"{ours}?slug=autre").startswith(f"/en/you-said-we-did/{service.slug}?")
    assert switch("/fr/consultations?a=1&a=2") == "/en/consultations?a=1&a=2"
