"""From an empty database to a team at work, with commands alone."""

import pytest
from flask import Flask

from consult.db import db
from consult.organizations import queries
from consult.organizations.models import Role
from consult.organizations.permissions import role_in
from tests.conftest import PASSWORD
from tests.pages import PageClient

NAMES = ["--name-fr", "Régie d’exemple", "--name-en", "Example Board"]
PERSON = ["--email", "Alex@example.org", "--name", "Alex", "--password", PASSWORD]


def run(app: Flask, *arguments: str) -> str:
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_body_a_service_and_its_people(app: Flask, client: PageClient) -> None:
    run(app, "add-organization", "regie", *NAMES)
    said = run(
        app, "add-service", "regie", "permis", *NAMES, "--launched-on", "2026-01-31", "--new",
        "--origin", "https://Services.example.org:443/",
    )  # fmt: skip
    run(app, "add-staff", "regie", "--role", "analyst", *PERSON)
    service = queries.service_by_slug("permis")
    account = queries.account_by_email("alex@example.org")
    assert service is not None
    assert account is not None
    assert service.key in said
    assert service.allowed_origins == ["https://services.example.org"]
    assert role_in(account, service.organization) is Role.ANALYST
    assert client.get(f"/fr/services/{service.key}/avis").status_code == 200


def test_an_administrator_sees_every_body(app: Flask, client: PageClient) -> None:
    run(app, "add-organization", "regie", *NAMES)
    run(app, "create-admin", *PERSON)
    answer = client.submit("/en/sign-in", {"email": "alex@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get("/en/staff/services").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["create-admin", *PERSON[:-1], "court"], "at least 12 characters"),
        (["add-service", "inconnue", "permis", *NAMES], "No public body is called inconnue"),
        (["add-organization", "deja", *NAMES], "already called deja"),
        (["add-organization", "Une / Régie", *NAMES], "small letters"),
        (["add-organization", "a" * 81, *NAMES], "small letters"),
        (["add-service", "deja", "permis", *NAMES, "--origin", "example.org/x"], "without a path"),
        (["add-staff", "deja", "--role", "king", *PERSON], "is not one of"),
    ],
)
def test_bad_input_is_one_clear_error(app: Flask, arguments: list[str], words: str) -> None:
    run(app, "add-organization", "deja", *NAMES)
    done = app.test_cli_runner().invoke(args=arguments)
    db.session.rollback()
    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output
