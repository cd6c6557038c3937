"""The staff's pages on services: who sees what, the score, the words, the sites allowed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from consult.db import Localized, db
from consult.feedback.services import Submission, record_all
from consult.organizations import services as organizations
from consult.organizations.models import Account, Role, Service
from tests.pages import PageClient

ADDRESS = "/fr/equipe/services/permis-en-ligne"
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)

Staff = Callable[..., Account]
SignIn = Callable[[Account], None]


def say(service: Service, *said: tuple[int | None, str]) -> None:
    record_all(
        service,
        [
            Submission({"rating": rating, "comment": text}, submitted_at=NOW + timedelta(minutes=n))
            for n, (rating, text) in enumerate(said)
        ],
        NOW,
    )
    db.session.commit()


@pytest.mark.parametrize("path", ["/fr/equipe/services", ADDRESS])
def test_only_people_signed_in_see_it(client: PageClient, service: Service, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert "/fr/connexion" in answer.location


def test_people_of_another_body_do_not_see_it(
    client: PageClient, service: Service, staff: Staff, sign_in: SignIn
) -> None:
    name = Localized("Autre", "Other")
    other = organizations.add_organization("autre", name, name)
    sign_in(staff(Role.ADMINISTRATOR, other))
    assert client.get(ADDRESS).status_code == 403
    assert "Permis en ligne" not in client.page("/fr/equipe/services").get_text()


def test_the_list_shows_each_score(
    client: PageClient, service: Service, staff: Staff, sign_in: SignIn
) -> None:
    say(service, (1, "Long"), (4, ""), (None, "Sans note"))
    sign_in(staff(Role.VIEWER))
    row = client.page("/fr/equipe/services").find("tbody").find("tr").get_text(" ", strip=True)
    assert row == "Permis en ligne Régie des essais 2,50 2 2"


def test_the_service_shows_score_and_latest_words_first(
    client: PageClient, service: Service, staff: Staff, sign_in: SignIn
) -> None:
    many = [(4, "")] * 10
    say(service, (1, "Premier mot"), *many, (5, "Dernier mot <b>gras</b>"))
    sign_in(staff(Role.VIEWER))
    text = client.page(ADDRESS).find("main").get_text(" ")
    assert "3,8 sur 5" in text
    assert text.index("Dernier mot <b>gras</b>") < text.index("Premier mot")


def test_many_comments_are_read_page_by_page(
    client: PageClient, service: Service, staff: Staff, sign_in: SignIn
) -> None:
    say(service, *[(3, f"Mot numéro {n:02d}") for n in range(60)])
    sign_in(staff(Role.VIEWER))
    seen = []
    page = client.page(ADDRESS)
    while True:
        seen += [quote.get_text() for quote in page.find_all("blockquote")]
        following = page.find("a", rel="next")
        if following is None:
            break
        page = client.page(following["href"])
    assert seen == [f"Mot numéro {n:02d}" for n in reversed(range(60))]


@pytest.mark.parametrize("number", ["0", "-1", "999999", "abc"])
def test_a_page_number_that_is_not_there_is_no_error(
    client: PageClient, service: Service, staff: Staff, sign_in: SignIn, number: str
) -> None:
    sign_in(staff(Role.VIEWER))
    assert client.get(f"{ADDRESS}?page={number}").status_code == 200
