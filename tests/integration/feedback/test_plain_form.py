"""The form without script, from any set of questions, and the way back to the service."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from consult.db import db
from consult.feedback import queries
from consult.feedback.models import FeedbackItem
from consult.feedback.services import add_own_set, change_settings
from consult.feedback.views import page as page_view
from consult.organizations.models import Service
from tests.pages import PageClient

NOW = datetime(2026, 11, 23, 15, 0, 1, tzinfo=UTC)
SITE = "https://services.example.org"


@pytest.fixture
def address(service: Service) -> str:
    return f"/fr/services/{service.key}/avis"


def items() -> list[FeedbackItem]:
    db.session.rollback()
    return list(db.session.scalars(select(FeedbackItem).order_by(FeedbackItem.id)))


def parsed(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.data, "html.parser")


def form_of(page: BeautifulSoup) -> dict[str, list[str]]:
    """What a browser would send of the page's form as it stands."""
    sent: dict[str, list[str]] = {}
    for field in page.select("form input, form textarea"):
        kind = field.get("type", "")
        off = field.find_parent("fieldset", disabled=True) or field.has_attr("disabled")
        if off or (kind in ("radio", "checkbox") and not field.has_attr("checked")):
            continue
        value = field.get_text() if field.name == "textarea" else str(field.get("value", ""))
        sent.setdefault(str(field["name"]), []).append(value)
    return sent


def test_the_address_names_a_set_and_the_settings_do_when_it_does_not(
    client: PageClient, service: Service, address: str
) -> None:
    assert "Comment cette démarche" in client.page(f"{address}?question_set=faces").get_text()
    change_settings(service, NOW, question_set="task")
    db.session.commit()
    for asked in (address, f"{address}?question_set=inconnu", f"{address}?question_set=own"):
        assert "faire ce que vous vouliez" in client.page(asked).get_text()


def test_what_an_answer_brings_is_asked_once_then_stored(client: PageClient, address: str) -> None:
    shown = client.page(f"{address}?question_set=task&page=/fin&reference=A-12&channel=phone")
    assert shown.find(id="q_why_not").find_parent("fieldset", hidden=True)
    sent = form_of(shown) | {"q_completion": ["no"], "q_comment": ["Le bouton se cache."]}
    brought = client.post(address, data=sent)
    assert brought.status_code == 200
    assert items() == []
    page = parsed(brought)
    assert page.title
    assert page.title.get_text().startswith("Vos réponses amènent 1 question de plus")
    assert "1 question de plus" in page.find(role="status").get_text()
    assert page.select_one('[role=status] a[href="#q_why_not"]')
    assert page.find(id="q_why_not").find_parent("fieldset", hidden=True) is None
    assert page.find(id="q_comment").get_text().strip() == "Le bouton se cache."
    again = client.post(address, data=form_of(page))  # left blank: it is not required
    assert again.status_code == 303
    (item,) = items()
    assert item.answers == {"completion": "no"}
    assert (item.question_set, item.page, item.reference, item.channel) == (
        "task",
        "/fin",
        "A-12",
        "phone",
    )


def test_an_answer_taken_back_hides_what_it_brought(client: PageClient, address: str) -> None:
    sent = form_of(client.page(f"{address}?question_set=task")) | {"q_completion": ["no"]}
    sent = form_of(parsed(client.post(address, data=sent)))
    sent |= {"q_completion": ["yes"], "q_why_not": ["broken"]}
    assert client.post(address, data=sent).status_code == 303
    assert items()[0].answers == {"completion": "yes"}


def test_follow_ups_of_follow_ups_come_one_after_the_other(
    client: PageClient, address: str
) -> None:
    sent = form_of(client.page(f"{address}?question_set=faces"))
    sent |= {"q_feeling": ["bad"], "q_help": ["phone"]}
    sent = form_of(parsed(client.post(address, data=sent))) | {"q_help_reached": ["yes"]}
    sent = form_of(parsed(client.post(address, data=sent))) | {"q_help_quality": ["2"]}
    assert client.post(address, data=sent).status_code == 303
    (item,) = items()
    assert item.rating == 1
    assert item.answers["help_quality"] == 2


def test_what_is_required_is_told_at_its_question(client: PageClient, address: str) -> None:
    sent = form_of(client.page(f"{address}?question_set=trust")) | {"q_comment": ["Un mot."]}
    answer = client.post(address, data=sent)
    assert answer.status_code == 422
    page = parsed(answer)
    assert page.select_one('[role=alert] a[href="#q_trust"]')
    assert page.find(id="q_trust-error")
    assert page.find(id="q_comment").get_text().strip() == "Un mot."


def test_strange_queries_do_not_stop_anyone(client: PageClient, address: str) -> None:
    strange = f"{address}?channel=Très+Bizarre&return_to=https://ailleurs.example.com/&page=x"
    sent = form_of(client.page(strange)) | {"q_rating": ["4"]}
    assert "return_to" not in sent
    assert client.post(address, data=sent).location == f"{address}/merci"
    assert items()[0].channel == "page"


def native(**fields: Any) -> dict[str, Any]:
    """What a form pasted in a page of the service sends."""
    return {"question_set": "rating", "return_to": f"{SITE}/fin?d=1", **fields}


def test_a_form_of_the_service_comes_back_to_it(
    client: PageClient, address: str, service: Service
) -> None:
    sent = native(rating="2", comment="Trop long.", page="/fin")
    answer = client.post(address, data=sent, headers={"Origin": SITE})
    assert (answer.status_code, answer.location) == (303, f"{SITE}/fin?d=1&avis=merci")
    english = client.post(
        f"/en/services/{service.key}/feedback", data=native(comment="Too long, really.")
    )
    assert english.location == f"{SITE}/fin?d=1&feedback=thanks"
    assert [(i.rating, i.comment, i.lang, i.page) for i in items()] == [
        (2, "Trop long.", "fr", "/fin"),
        (None, "Too long, really.", "en", None),
    ]
    assert not any("Set-Cookie" in one.headers for one in (answer, english))


def test_what_is_missing_is_asked_on_our_page_which_then_leads_back(
    client: PageClient, address: str
) -> None:
    answer = client.post(address, data=native(question_set="task", comment="Un mot gardé."))
    assert answer.status_code == 422
    assert f"form-action 'self' {SITE};" in answer.headers["Content-Security-Policy"]
    sent = form_of(parsed(answer))
    assert sent["q_comment"][0].strip() == "Un mot gardé."
    brought = client.post(address, data=sent | {"q_completion": ["no"]})
    assert brought.status_code == 200
    done = client.post(address, data=form_of(parsed(brought)))
    assert done.location == f"{SITE}/fin?d=1&avis=merci"
    assert "form-action 'self';" in client.get(address).headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"return_to": "https://ailleurs.example.com/"}, {"Origin": SITE}),
        ({"return_to": "javascript:alert(1)"}, {}),
        ({}, {"Origin": "https://ailleurs.example.com"}),
        ({"question_set": "own-7"}, {}),
    ],
)
def test_another_site_is_told_and_nothing_is_lost(
    client: PageClient, address: str, fields: dict[str, str], headers: dict[str, str]
) -> None:
    answer = client.post(address, data=native(comment="Gardé.", **fields), headers=headers)
    assert answer.status_code == 422
    assert items() == []
    page = parsed(answer)
    assert page.select_one("[role=alert] li")
    assert page.find(id="q_comment").get_text().strip() == "Gardé."
    assert client.post(address, data=form_of(page)).status_code == 303
    assert len(items()) == 1


LONG_COMMENT = "Le bouton ne répondait pas, puis la page m’a fait recommencer depuis le tout début."


def test_a_double_click_on_a_pasted_form_counts_once(
    client: PageClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(after: float, **fields: str) -> None:
        monkeypatch.setattr(page_view, "utc_now", lambda: NOW + timedelta(seconds=after))
        assert client.post(address, data=native(**fields)).status_code == 303

    send(0, rating="5")
    send(1, rating="5")
    send(5, rating="5")  # over two seconds later: somebody else
    send(6, rating="4")
    send(20, comment="Le site ne fonctionne pas.")
    send(40, comment="Le site ne fonctionne pas.")  # everyone writes so during an outage
    send(60, comment=LONG_COMMENT)
    send(500, comment=LONG_COMMENT)
    assert [item.rating for item in items()] == [5, 5, 4, None, None, None]


def test_an_address_is_asked_and_sealed_where_the_service_wants_one(
    app: Flask,
    client: PageClient,
    service: Service,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert client.page(address).find(id="contact") is None
    change_settings(service, NOW, asks_contact=True)
    db.session.commit()
    monkeypatch.setattr("consult.mail.can_send", lambda _settings: True)
    page = client.page(address)
    label = page.find("label", attrs={"for": "contact"})
    assert label.get_text(strip=True) == "Courriel, si vous souhaitez une réponse (facultatif)"
    wrong = client.post(address, data=form_of(page) | {"q_rating": ["2"], "contact": ["nom@"]})
    assert wrong.status_code == 422
    again = parsed(wrong)
    assert again.find(id="contact-error")
    assert again.find(id="contact")["value"] == "nom@"
    sent = form_of(again) | {"contact": ["nom@exemple.ca"]}
    assert client.post(address, data=sent).status_code == 303


def test_what_only_a_machine_fills_is_hidden_from_people(client: PageClient, address: str) -> None:
    page = client.page(address)
    assert page.find("input", {"name": "website"}).find_parent(hidden=True)
    client.post(address, data=form_of(page) | {"q_rating": ["5"], "website": ["x"]})
    assert items()[0].review == "held"


def test_the_time_taken_is_a_signal_and_refuses_nobody(
    client: PageClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words sent at once are held; not those of an old page, nor a seal that is lost."""
    monkeypatch.setattr(page_view, "utc_now", lambda: NOW - timedelta(hours=1))
    old = form_of(client.page(address))["began"]
    monkeypatch.setattr(page_view, "utc_now", lambda: NOW)
    sent = form_of(client.page(address)) | {"q_comment": ["Trop de pages."]}
    for number, began in enumerate((sent["began"], old, ["x"], [])):
        again = {"began": began, "idempotency_key": [f"page-{number:08}"]}
        assert client.post(address, data=sent | again).status_code == 303
    signals = [item.signals for item in sorted(items(), key=lambda item: item.id)]
    assert signals == [["fast"], [], [], []]


def test_feedback_on_an_earlier_version_of_own_questions_is_taken_read_and_counted(
    client: PageClient, service: Service, address: str, staff: Any
) -> None:
    from consult.organizations.models import Role
    from tests.unit.feedback.test_limits import choice_question, definition

    actor = staff(Role.ADMINISTRATOR)
    first = definition()
    scale = {"name": "rating", "type": "scale", "low": first["title"], "high": first["title"]}
    first["sections"][0]["questions"][0] = scale | {"label": first["title"]}
    add_own_set(actor, service, first, NOW)
    change_settings(service, NOW, question_set="own")
    db.session.commit()
    old_page = form_of(client.page(address)) | {"q_rating": ["2"]}
    second = json.loads(json.dumps(first))
    second["sections"][0]["questions"][0] = choice_question("kind")
    add_own_set(actor, service, second, NOW)
    db.session.commit()
    assert client.page(address).find(id="q_kind")
    assert client.post(address, data=old_page).status_code == 303
    (item,) = items()
    assert (item.question_set, item.rating) == ("own-1", 2)
    asked = queries.question_set_of(service, item.question_set)
    assert asked is not None
    assert asked.questionnaire.question("rating") is not None
    assert queries.score(service).mean == 2
