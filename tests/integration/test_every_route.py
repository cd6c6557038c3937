"""Every route, asked for by people who may not, and with addresses no page of ours writes."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from consult.db import Localized, db, utc_now
from consult.organizations.models import Account, Role, Service
from consult.organizations.services import add_organization, create_account
from consult.surveys.models import Consultation
from consult.surveys.services.prepare import ConsultationDetails, add_version, create_consultation
from consult.surveys.services.publish import publish
from tests.conftest import PASSWORD
from tests.factories.every_type import every_type
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


def real_address(rule: Rule, service: Service) -> str:
    """The rule's address for the service and its consultation, where they are what it shows."""
    definition = every_type()
    section = definition["sections"][0]
    known = {
        "slug": service.slug,
        "key": service.key,
        "number": "1",
        "name": (section if "/page/" in rule.rule else section["questions"][0])["name"],
        "kind": "one_choice",
        "extension": "json",
    }
    return address(rule, lambda name, kind: known.get(name, STRANGE[kind][0]))


def strange_addresses(rule: Rule, service: Service) -> set[str]:
    """The rule's address with strange variables, then with the service's and strange queries."""
    real = real_address(rule, service)
    return {
        address(rule, lambda _name, kind: STRANGE[kind][n % len(STRANGE[kind])])  # noqa: B023
        for n in range(6)
    } | {f"{real}?{query}" for query in QUERIES}


@pytest.fixture(autouse=True)
def consultation(service: Service) -> Consultation:
    """A public consultation with the same address as the service, on every type of question."""
    actor = create_account("centre@example.org", "Dominique Centre", PASSWORD, is_central=True)
    now, words = utc_now(), Localized("Essai", "Trial")
    details = ConsultationDetails(
        title=words,
        opens_at=now - timedelta(days=2),
        closes_at=now + timedelta(days=2),
        minutes=5,
        **dict.fromkeys(("summary", "why", "influence", "decides", "what_next"), words),  # type: ignore[arg-type]
    )
    made = create_consultation(actor, service.organization, service.slug, details)
    add_version(actor, made, every_type(), now)
    publish(actor, made, now)
    db.session.commit()
    return made


@pytest.fixture(params=["stranger", "viewer", "administrator"])
def anyone(
    request: pytest.FixtureRequest,
    app: Flask,
    client: PageClient,
    service: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> PageClient:
    """Somebody not signed in, then who may only look, then who may do everything."""
    if request.param == "stranger":
        return PageClient(app, app.response_class, use_cookies=False)
    sign_in(staff(Role(request.param)))
    return client


@pytest.mark.parametrize("anyone", ["stranger", "administrator"], indirect=True)
def test_no_address_makes_the_site_fail(app: Flask, anyone: PageClient, service: Service) -> None:
    """Who may only look comes no further than who may do everything."""
    failed = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("feedback_widget."):  # it may not be built where tests run
            continue
        if rule.rule.startswith("/en/"):  # the same views
            continue
        for place, path in enumerate(sorted(strange_addresses(rule, service))):
            anyone.reads = not place  # the first page is read whole, of the others the status
            for method in ["GET"] if place else ["GET", "OPTIONS"]:
                status = anyone.open(path, method=method).status_code
                if status >= 500:
                    failed.append(f"{method} {path}: {status}")
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


#: What everyone does of their own account.
OWN = "/fr/equipe/compte"

PRIVATE = ("/fr/equipe", "/fr/analyses", "/fr/ameliorations")


def private_addresses(app: Flask, service: Service) -> Iterator[tuple[str, str]]:
    """Method and address of each of the staff's pages, with the service's name where it has one."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(PRIVATE):
            shown = real_address(rule, service)
            for method in {"GET", "POST"} & (rule.methods or set()):
                yield method, shown


@pytest.fixture
def token_stolen(app: Flask) -> Iterator[None]:
    """Forms pass without their token: the role alone has to stop them."""
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.mark.usefixtures("token_stolen")
def test_a_stranger_is_asked_to_sign_in_on_every_page_of_the_staff(
    app: Flask, client: PageClient, service: Service
) -> None:
    answers = {
        f"{method} {path}": client.open(path, method=method).location or "no"
        for method, path in private_addresses(app, service)
    }
    assert len(answers) > 15
    let_in = [asked for asked, to in answers.items() if not to.startswith("/fr/connexion?next=")]
    assert let_in == []


@pytest.mark.usefixtures("token_stolen")
@pytest.mark.parametrize("body", ["its own", "another"])
def test_a_viewer_changes_nothing_and_no_one_reads_another_body(
    app: Flask,
    client: PageClient,
    service: Service,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
    body: str,
) -> None:
    if body == "its own":
        sign_in(staff(Role.VIEWER))
    else:
        other = add_organization("autre-organisme", Localized("Autre", "Other"), Localized())
        sign_in(staff(Role.ADMINISTRATOR, other))
    form = {"service": service.slug, "public": "yes", "origins": "https://example.com"}
    done = [
        path
        for method, path in private_addresses(app, service)
        if method == "POST" and not path.startswith(OWN)
        if client.post(path, data=form).status_code not in (403, 404, 422)
    ]
    assert done == []
    shown = client.get(f"/fr/equipe/services/{service.slug}").status_code
    assert shown == (200 if body == "its own" else 403)
    db.session.rollback()
    assert service.allowed_origins == ["https://services.example.org"]


FIELDS = "service consultation question slug code email password origins public rating comment page"


@pytest.mark.parametrize("anyone", ["administrator"], indirect=True)
@pytest.mark.usefixtures("token_stolen")
@pytest.mark.parametrize("value", ["a\x00b", "é" * 3_000, "99999999999999999999", "\ud800"])
def test_no_form_makes_the_site_fail(
    app: Flask, anyone: PageClient, service: Service, value: str
) -> None:
    form = urlencode(dict.fromkeys(FIELDS.split(), value), errors="surrogatepass")
    kind_of_form = "application/x-www-form-urlencoded"
    failed = [
        f"{path}: {status}"
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set()) and not rule.rule.startswith("/en/")
        if rule.endpoint != "organizations.sign_out"
        for path in [real_address(rule, service)]
        if (status := anyone.post(path, data=form, content_type=kind_of_form).status_code) >= 500
    ]
    assert failed == []


def test_reading_a_page_writes_nothing_and_takes_no_lock(
    app: Flask, anyone: PageClient, service: Service
) -> None:
    asked: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.add(" ".join(statement.split()[:2]).upper())

    readable = [r for r in app.url_map.iter_rules() if "GET" in (r.methods or set())]
    addresses = [real_address(r, service) for r in readable if not r.rule.startswith("/en/")]
    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for path in addresses:
            anyone.get(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert any(statement.startswith("SELECT") for statement in asked)
    assert {s for s in asked if not s.startswith("SELECT")} <= {"BEGIN"}
