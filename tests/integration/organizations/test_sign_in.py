from collections.abc import Callable

import pytest

from consult.organizations.models import Account, Role
from tests.conftest import PASSWORD
from tests.pages import PageClient

Staff = Callable[..., Account]


def test_staff_sign_in_and_out(
    client: PageClient, staff: Staff, sign_in: Callable[[Account], None]
) -> None:
    sign_in(staff(Role.ANALYST))
    assert client.get("/fr/analyses").status_code == 200
    client.submit("/fr/deconnexion", {}, form_page="/fr/analyses")
    answer = client.get("/fr/analyses")
    assert answer.status_code == 302
    assert answer.location.startswith("/fr/connexion")


@pytest.mark.parametrize(
    ("email", "password"),
    [("analyst@example.org", "autre chose entierement"), ("inconnu@example.org", PASSWORD)],
)
def test_wrong_sign_in_does_not_tell_which_part(
    client: PageClient, staff: Staff, email: str, password: str
) -> None:
    staff(Role.ANALYST)
    answer = client.submit("/fr/connexion", {"email": email, "password": password})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "adresse courriel ou le mot de passe" in page
    assert email in page, "what was typed is kept"
    assert password not in page, "a password is never sent back"


@pytest.mark.parametrize("email", ["nul\x00@example.org", "é" * 5_000, "\u202e@example.org"])
def test_an_address_that_cannot_be_is_refused_as_any_other(client: PageClient, email: str) -> None:
    assert client.submit("/fr/connexion", {"email": email, "password": "x"}).status_code == 422


def test_a_cookie_tells_nothing_of_the_device(
    client: PageClient, staff: Staff, sign_in: Callable[[Account], None]
) -> None:
    sign_in(staff(Role.VIEWER))
    with client.session_transaction() as session:
        assert set(session) <= {"_user_id", "_fresh", "csrf_token"}


def test_sign_in_never_leaves_the_site(client: PageClient, staff: Staff) -> None:
    account = staff(Role.VIEWER)
    targets = "//example.org", "https://example.org", "/\\example.org", "/%09/example.org"
    for target in targets:
        answer = client.submit(
            f"/fr/connexion?next={target}", {"email": account.email, "password": PASSWORD}
        )
        assert answer.location.startswith("/fr/")


def test_too_many_attempts_on_one_account_spare_the_others(
    client: PageClient, staff: Staff
) -> None:
    staff(Role.VIEWER)
    for _attempt in range(10):
        client.submit("/fr/connexion", {"email": "cible@example.org", "password": "x"})
    refused = client.submit("/fr/connexion", {"email": "cible@example.org", "password": "x"})
    assert refused.status_code == 429
    other = client.submit("/fr/connexion", {"email": "viewer@example.org", "password": PASSWORD})
    assert other.status_code == 302


def test_form_without_token_is_refused_kindly(client: PageClient) -> None:
    answer = client.post("/en/sign-in", data={"email": "a@example.org", "password": "x"})
    assert answer.status_code == 400
    assert "reload the page" in answer.get_data(as_text=True)
