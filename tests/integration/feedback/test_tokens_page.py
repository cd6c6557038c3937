"""The staff page of a service's tokens."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from consult.db import db
from consult.feedback.models import ApiToken
from consult.feedback.services.tokens import PREFIX, token_hash
from consult.organizations.models import Account, Role, Service
from tests.pages import PageClient

ADDRESS = "/fr/equipe/services/permis-en-ligne/jetons"

Staff = Callable[..., Account]
SignIn = Callable[[Account], None]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.ANALYST])
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_only_administrators_see_it_and_find_it(
    client: PageClient, service: Service, staff: Staff, sign_in: SignIn, role: Role
) -> None:
    sign_in(staff(role))
    assert client.get(ADDRESS).status_code == 403
    assert ADDRESS not in client.get("/fr/equipe/services/permis-en-ligne").get_data(as_text=True)


def test_a_token_is_made_shown_once_listed_and_revoked(
    client: PageClient, service: Service, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.ADMINISTRATOR))
    shown = client.page("/fr/equipe/services/permis-en-ligne")
    assert shown.find("a", href=ADDRESS)
    assert "Aucun jeton" in client.page(ADDRESS).get_text()
    made = client.submit(ADDRESS, {"name": "  Centre\td’appels "})
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    secret = next(w for w in made.get_data(as_text=True).split() if PREFIX in w)
    secret = secret[secret.index(PREFIX) :].split("<")[0]
    db.session.rollback()
    token = db.session.scalars(select(ApiToken)).one()
    assert (token.name, token.token_hash) == ("Centre d’appels", token_hash(secret))
    listed = client.page(ADDRESS)
    assert secret not in listed.get_text()
    row = listed.find("tbody").get_text(" ", strip=True)  # type: ignore[union-attr]
    assert row.startswith("Centre d’appels")
    assert "Camille administrator Jamais Révoquer" in row
    feedback = f"/api/v1/services/{service.key}/feedback"
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get(feedback, headers=bearer).status_code == 200
    assert "Jamais" not in client.page(ADDRESS).find("tbody").get_text()  # type: ignore[union-attr]
    revoked = client.submit(
        f"{ADDRESS}/{token.public_id}/revoquer", {}, form_page=ADDRESS, follow_redirects=True
    )
    assert "Le jeton «\u00a0Centre d’appels\u00a0» est révoqué." in revoked.get_data(as_text=True)
    assert client.get(feedback, headers=bearer).status_code == 401


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "a" * 121])
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_token_has_a_name(
    client: PageClient, service: Service, staff: Staff, sign_in: SignIn, name: str
) -> None:
    sign_in(staff(Role.ADMINISTRATOR))
    assert client.submit(ADDRESS, {"name": name}).status_code == 422
    assert db.session.scalars(select(ApiToken)).all() == []
    strange = f"{ADDRESS}/01970000-0000-7000-8000-000000000000/revoquer"
    assert client.submit(strange, {}, form_page=ADDRESS).status_code == 404
