"""The page for people without script: no cookie, nothing lost, framed by named sites only."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Service
from tests.pages import PageClient


@pytest.fixture
def address(service: Service) -> str:
    return f"/fr/services/{service.key}/avis"


def items() -> list[FeedbackItem]:
    db.session.rollback()
    return list(db.session.scalars(select(FeedbackItem)))


def test_the_page_says_who_asks(client: PageClient, address: str) -> None:
    text = client.page(address).get_text(" ")
    assert "Permis en ligne" in text
    assert "Régie des essais" in text


def test_asking_for_the_headers_alone_is_reading(client: PageClient, address: str) -> None:
    assert client.head(address).status_code == 200
    assert client.head(address, data={"rating": "2"}).status_code == 200
    assert items() == []


def test_feedback_is_stored_then_thanked_for(client: PageClient, address: str) -> None:
    answer = client.submit(address, {"rating": "2", "comment": "Trop long."})
    assert answer.status_code == 303
    assert answer.location == f"{address}/merci"
    thanks = client.page(answer.location)
    assert thanks.find("a", href=lambda href: href.startswith("http://127.0.0.1:8000/fr/"))
    (item,) = items()
    assert (item.rating, item.comment, item.lang, item.channel) == (2, "Trop long.", "fr", "page")


def test_the_thanks_say_when_something_was_masked(client: PageClient, service: Service) -> None:
    address = f"/en/services/{service.key}/feedback"
    masked = client.submit(address, {"comment": "Call me at 418 555-0123"})
    assert "was masked" in client.get(masked.location).get_data(as_text=True)
    assert "0123" not in masked.location
    plain = client.submit(address, {"comment": "Too long."})
    assert "was masked" not in client.get(plain.location).get_data(as_text=True)


def test_the_english_page_stores_english(client: PageClient, service: Service) -> None:
    client.submit(f"/en/services/{service.key}/feedback", {"comment": "Too long."})
    assert items()[0].lang == "en"


def test_sending_the_same_page_twice_counts_once(client: PageClient, address: str) -> None:
    key = client.page(address).find("input", {"name": "idempotency_key"})
    assert key
    for _ in range(2):
        sent = client.post(address, data={"rating": "4", "idempotency_key": key["value"]})
        assert sent.status_code == 303
    assert len(items()) == 1


def test_someone_who_goes_back_and_writes_again_is_heard(
    client: PageClient, service: Service
) -> None:
    address = f"/en/services/{service.key}/feedback"
    shown = client.page(address)
    key = shown.find("input", {"name": "idempotency_key"})["value"]
    client.post(address, data={"rating": "4", "idempotency_key": key})
    again = client.post(address, data={"comment": "Autre chose.", "idempotency_key": key})
    assert again.status_code == 422
    page = BeautifulSoup(again.data, "html.parser")
    assert page.find("textarea").get_text().strip() == "Autre chose."
    assert "already received" in page.find(role="alert").get_text()
    new = page.find("input", {"name": "idempotency_key"})["value"]
    sent = client.post(address, data={"comment": "Autre chose.", "idempotency_key": new})
    assert sent.status_code == 303
    assert [item.comment for item in items()] == ["", "Autre chose."]


def test_two_people_have_two_keys(client: PageClient, address: str) -> None:
    keys = {str(client.page(address).find("input", {"name": "idempotency_key"})) for _ in range(2)}
    assert len(keys) == 2


def test_nothing_chosen_is_explained(client: PageClient, address: str) -> None:
    answer = client.submit(address, {"comment": "  "})
    assert answer.status_code == 422
    assert items() == []


def test_what_was_typed_is_kept_when_something_must_be_mended(
    client: PageClient, address: str
) -> None:
    long = "Un mot. " * 1_000
    answer = client.submit(
        f"{address}?page=/demande/fin", {"rating": "2", "comment": long}, form_page=address
    )
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "5 000" in text.replace("\u00a0", " ").replace("\u202f", " ")
    page = BeautifulSoup(text, "html.parser")
    assert page.find("textarea").get_text() == long
    assert page.find("input", {"name": "q_rating", "value": "2"}).has_attr("checked")
    summary = page.find(role="alert")
    assert summary.find("a", href="#q_comment")
    assert items() == []


def test_the_page_someone_came_from_is_kept_without_its_query(
    client: PageClient, address: str
) -> None:
    came_from = f"{address}?page=/demande/fin%3Fdossier=12"
    client.submit(came_from, {"rating": "3"})
    assert items()[0].page == "/demande/fin"


def test_markup_in_the_page_parameter_stays_text(client: PageClient, address: str) -> None:
    shown = client.page(f'{address}?page="><script>x</script>')
    assert shown.find("script", string="x") is None


@pytest.mark.parametrize("path", ["", "/merci"])
def test_only_the_services_sites_may_frame_it(client: PageClient, address: str, path: str) -> None:
    answer = client.get(address + path)
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://services.example.org" in policy
    assert "X-Frame-Options" not in answer.headers


def test_no_cookie_is_ever_set(client: PageClient, address: str) -> None:
    shown = client.get(address)
    sent = client.submit(address, {"rating": "3"})
    thanked = client.get(sent.location)
    assert not any("Set-Cookie" in answer.headers for answer in (shown, sent, thanked))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_service_has_a_clear_page(client: PageClient, app: Flask, method: str) -> None:
    answer = client.open("/fr/services/inconnu/avis", method=method)
    assert answer.status_code == 404


@pytest.mark.parametrize("rating", ["9", "cinq", "5\x00", "٥"])
def test_a_rating_no_radio_button_gives_is_refused(
    client: PageClient, address: str, rating: str
) -> None:
    assert client.submit(address, {"rating": rating}).status_code == 422
    assert items() == []


def test_too_much_at_once_keeps_what_was_typed(
    client: PageClient, address: str, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    slower = app.config["SETTINGS"].model_copy(update={"feedback_per_minute": 1})
    monkeypatch.setitem(app.config, "SETTINGS", slower)
    assert client.submit(address, {"rating": "3"}).status_code == 303
    refused = client.submit(address, {"rating": "3", "comment": "Gardez ces mots."})
    assert refused.status_code == 429
    assert "Gardez ces mots." in refused.get_data(as_text=True)
