"""Every page of the staff, tried as every role on things of a real body, and told in a document.

``CONSULT_WRITE_DOCS=1 pytest tests/integration/test_permissions.py`` writes docs/permissions.md
anew when a page or a right has changed: read what changed before you commit it.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session
from werkzeug.routing import Rule

from consult.db import Localized, db, utc_now
from consult.organizations import queries, services
from consult.organizations.models import Organization, Role, Service
from consult.organizations.permission_table import rights_table
from consult.organizations.services import add_organization, create_account
from consult.surveys.services.prepare import ConsultationDetails, add_version, create_consultation
from consult.surveys.services.publish import publish
from tests.conftest import PASSWORD
from tests.factories.every_type import every_type
from tests.factories.whole_body import things_of
from tests.integration.test_every_route import OWN, PRIVATE
from tests.pages import PageClient

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"

#: Who tries each page, from least to most. The outsider administers another public body.
WHO = ("outsider", *(role.value for role in reversed(Role)), "central")

#: Pages that list what everyone may see of theirs: the outsider finds theirs there.
OF_SEVERAL_BODIES = re.compile(
    r"^/fr/(equipe|analyses|ameliorations|equipe/[a-z-]+|ameliorations/(nouvelle|tableau)"
    r"|equipe/consultations/nouvelle|equipe/participation/nouvelle"
    r"|equipe/registre/(services|consultations)(/(nouveau|nouvelle|fichier|fichier\.csv))?"
    r"|equipe/journal\.<extension>)$"
)

#: What public bodies learned and share: who reads reports of any body reads it.
LIBRARY = "/fr/equipe/apprentissages"

#: Roles are asked for by the code alone: one database tells as much as two.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def addresses(service: Service, organization: Organization) -> Callable[[Rule], str]:
    """``addresses(rule)``: the rule's address for something real of the body, where there is."""
    actor = create_account("centre@example.org", "Dominique Centre", PASSWORD, is_central=True)
    now, words = utc_now(), Localized("Essai", "Trial")
    texts = dict.fromkeys(("summary", "why", "influence", "decides", "what_next"), words)
    details = ConsultationDetails(
        title=words,
        opens_at=now.replace(year=now.year - 1),
        closes_at=now.replace(year=now.year + 1),
        minutes=5,
        **texts,  # type: ignore[arg-type]
    )
    made = create_consultation(actor, organization, service.slug, details)
    add_version(actor, made, every_type(), now)
    publish(actor, made, now)
    things = things_of(actor, service, made)
    section = every_type()["sections"][0]
    viewer = create_account("viewer@example.org", "Camille viewer", PASSWORD)
    known = {
        "number": "1",
        "kind": "one_choice",
        "extension": "csv",
        "state": "done",
        "slug": service.slug,
    }
    body_pages = ("/fr/equipe/organismes/", "/fr/equipe/cibles/")

    def fill(rule: Rule, place: re.Match[str]) -> str:
        name, before = place[2], rule.rule[: place.start()]
        if name == "slug" and before in body_pages:
            return organization.slug
        if name == "name":
            return str((section if "/page/" in before else section["questions"][0])["name"])
        if before.endswith("/personnes/"):
            return str(viewer.public_id)
        if place[1] != "uuid":
            return "json" if "exporter." in before else known.get(name, "essai")
        parts = before.strip("/").split("/")
        wanted = "/".join(parts[-2:]), parts[-1]
        return str(next((things[one] for one in wanted if one in things), things["avis"]))

    organization.services  # noqa: B018 (read before the session forgets)
    return lambda rule: re.sub(r"<(?:(\w+):)?(\w+)>", lambda p: fill(rule, p), rule.rule)


@pytest.fixture
def people(
    app: Flask, organization: Organization, addresses: Callable[[Rule], str]
) -> dict[str, PageClient]:
    """A browser for each of ``WHO``, signed in."""
    other = add_organization("autre-organisme", Localized("Autre", "Other"), Localized())
    browsers = {}
    for who in WHO:
        email = "centre@example.org" if who == "central" else f"{who}@example.org"
        account = queries.account_by_email(email) or create_account(email, who, PASSWORD)
        if who == "outsider":
            services.grant_role(account, other, Role.ADMINISTRATOR)
        elif who != "central":
            services.grant_role(account, organization, Role(who))
        db.session.commit()
        browser = PageClient(app, app.response_class)
        browser.reads = False
        browser.submit("/fr/connexion", {"email": email, "password": PASSWORD})
        browsers[who] = browser
    return browsers


@contextmanager
def nothing_is_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a page would commit is given up; forms pass without their token: roles alone stop."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    with monkeypatch.context() as patch:
        patch.setattr(scoped_session, "commit", scoped_session.rollback)
        yield


def tried(
    app: Flask, people: dict[str, PageClient], addresses: Callable[[Rule], str], slug: str
) -> dict[tuple[str, str], dict[str, int]]:
    """The status that each of ``WHO`` gets of each page, by method and rule."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    form: dict[str, Any] = {"service": slug, "public": "yes", "state": "planned", "stop": "1"}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if not rule.rule.startswith(PRIVATE) or rule.rule.startswith(OWN):
            continue
        path = addresses(rule)
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            data = form if method == "POST" else None
            statuses = found[method, rule.rule] = {}
            for who, browser in people.items():
                answer = browser.open(path, method=method, data=data)
                answer.close()  # a file is open until it is sent
                statuses[who] = answer.status_code
    return found


def routes_table(found: dict[tuple[str, str], dict[str, int]]) -> list[str]:
    """A line per page whose thing is there, with who is let in."""
    shown = WHO[1:]
    lines = ["| page | " + " | ".join(shown) + " |", "| --- |" + " --- |" * len(shown)]
    for (method, rule), statuses in found.items():
        if statuses["central"] == 404:
            continue
        let_in = " | ".join("" if statuses[who] in (403, 404) else "yes" for who in shown)
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)
        lines.append(f"| {method} `{path}` | {let_in} |")
    return lines


def test_every_page_as_every_role(
    app: Flask,
    people: dict[str, PageClient],
    addresses: Callable[[Rule], str],
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slug = service.slug
    with nothing_is_kept(app, monkeypatch):
        found = tried(app, people, addresses, slug)
    shown = "\n".join(f"{key} {value}" for key, value in found.items())
    assert {s for statuses in found.values() for s in statuses.values() if s >= 500} == set(), shown
    reached = {
        page: statuses["outsider"]
        for page, statuses in found.items()
        if statuses["outsider"] not in (403, 404)
        if not OF_SEVERAL_BODIES.match(page[1]) and not page[1].startswith(LIBRARY)
    }
    assert reached == {}, "somebody of another body comes in"
    agents = {page[1] for page, statuses in found.items() if statuses["agent"] not in (403, 404)}
    assert {rule for rule in agents if "saisie" not in rule} == set()
    written = "\n".join([*INTRODUCTION, *rights_table(), *BETWEEN, *routes_table(found), ""])
    if os.environ.get("CONSULT_WRITE_DOCS"):
        DOCUMENT.write_text(written)
    assert DOCUMENT.read_text() == written, "write it again: see the first lines of this file"


INTRODUCTION = [
    "# Who may do what",
    "",
    "Made from the code by `tests/integration/test_permissions.py`, which tries each page as each "
    "role, and as somebody of another public body, whom no page lets in but the library of shared "
    "learnings. What the roles are for stands in [people](people.md#roles). A central account has "
    "every role of an administrator, in every public body.",
    "",
    "## Rights by role",
    "",
]
BETWEEN = [
    "",
    "## Pages by role",
    "",
    "At the French addresses; the English ones are the same pages. Who is not signed in is led to "
    "the sign-in page by all of them. Pages of one's own account are left out: they are "
    "everyone's.",
    "",
]
