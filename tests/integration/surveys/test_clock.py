"""Consultations open and close by the clock, to the second."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from consult.db import db, utc_now
from consult.surveys.errors import ConsultationClosedError, ConsultationNotOpenError
from consult.surveys.models import Consultation
from consult.surveys.services.respond import save_page, submit
from tests.integration.surveys.conftest import (
    EN,
    FR,
    PAGE_1,
    PAGE_2,
    Clock,
    answer_all,
    form_of,
    responses,
)
from tests.pages import PageClient

SECOND = timedelta(seconds=1)
Make = Callable[..., Consultation]


def test_closing_is_to_the_second(consultation: Consultation) -> None:
    version = consultation.version
    assert version is not None
    first, second = version.questionnaire.sections
    closing = consultation.closes_at
    saved = save_page(consultation, None, first, {"often": "daily"}, "fr", closing - SECOND)
    save_page(consultation, saved.response, second, {"satisfaction": "5"}, "fr", closing - SECOND)
    with pytest.raises(ConsultationClosedError):
        save_page(consultation, None, first, {"often": "daily"}, "fr", closing)
    with pytest.raises(ConsultationClosedError):
        submit(saved.response, "fr", consultation.last_call)
    assert submit(saved.response, "fr", consultation.last_call - SECOND).is_submitted
    assert submit(saved.response, "fr", consultation.last_call).is_submitted, "sent is sent"
    with pytest.raises(ConsultationNotOpenError):
        save_page(consultation, None, first, {}, "fr", consultation.opens_at - SECOND)


def test_who_had_begun_is_told_and_can_finish_after_the_closing(
    client: PageClient, consultation: Consultation, clock: Clock
) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    clock(consultation.closes_at)
    page = client.page(f"{EN}/questionnaire/2").get_text()
    assert "This consultation closed on" in page
    assert "You had begun: you have until" in page
    assert client.submit(f"{FR}/questionnaire/2", PAGE_2).location == f"{FR}/verification"
    clock(consultation.last_call - SECOND)
    assert client.submit(f"{FR}/verification", {}).location == f"{FR}/recu"
    assert responses()[0].is_submitted


def test_who_opened_the_first_page_before_the_closing_has_begun(
    client: PageClient, browser: Callable[[], PageClient], consultation: Consultation, clock: Clock
) -> None:
    form = form_of(client, f"{FR}/questionnaire/1")
    clock(consultation.closes_at)
    saved = client.post(f"{FR}/questionnaire/1", data={**form, **PAGE_1})
    assert saved.location == f"{FR}/questionnaire/2"
    late = browser()
    answer = late.submit(f"{FR}/questionnaire/1", PAGE_1, form_page="/fr/connexion")
    assert answer.status_code == 403
    assert "Le grand tour" in answer.get_data(as_text=True)


def test_after_the_last_call_what_was_written_is_shown_and_nothing_is_received(
    client: PageClient, consultation: Consultation, clock: Clock
) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    token = client.page(f"{FR}/questionnaire/2").select_one("input[name=csrf_token]")
    assert token is not None
    clock(consultation.last_call)
    form = {**PAGE_2, "csrf_token": token["value"]}
    answer = client.post(f"{FR}/questionnaire/2", data=form)
    assert answer.status_code == 403
    page = answer.get_data(as_text=True)
    assert "Cette consultation est fermée" in page
    assert "Plus de bancs." in page
    assert "Le grand tour" in page
    sent = client.post(f"{FR}/verification", data={"csrf_token": token["value"]})
    assert sent.status_code == 403
    assert "Le grand tour" in client.get(f"{FR}/questionnaire/2").get_data(as_text=True)
    (draft,) = responses()
    assert not draft.is_submitted
    assert draft.current["favourite"] == "Le grand tour"


def test_a_consultation_taken_back_says_so_to_who_was_answering(
    client: PageClient, browser: Callable[[], PageClient], consultation: Consultation
) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    token = client.page(f"{EN}/questionnaire/2").select_one("input[name=csrf_token]")
    assert token is not None
    consultation.published_at = None
    db.session.commit()
    form = {**PAGE_2, "csrf_token": token["value"]}
    answer = client.post(f"{EN}/questionnaire/2", data=form)
    assert answer.status_code == 403
    page = answer.get_data(as_text=True)
    assert "not public at the moment" in page
    assert "-".join(responses()[0].receipt_groups) in page
    assert "Plus de bancs." in page
    assert "Le grand tour" in page
    assert client.get(FR).status_code == 403
    assert browser().get(FR).status_code == 404


def test_what_was_sent_before_closing_is_never_said_to_be_late(
    client: PageClient, consultation: Consultation, clock: Clock
) -> None:
    receipt = answer_all(client)
    token = client.page(receipt).select_one("main input[name=csrf_token]")
    assert token is not None
    clock(consultation.closes_at)
    late = client.post(f"{FR}/questionnaire/2", data={**PAGE_2, "csrf_token": token["value"]})
    assert late.location == receipt


def test_a_coming_consultation_says_when_and_takes_nothing(
    client: PageClient, make_consultation: Make
) -> None:
    now = utc_now()
    make_consultation(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=9))
    page = client.page(FR)
    assert not page.select("main a.govuk-button")
    assert "Revenez ce jour-là" in page.get_text()
    assert client.get(f"{FR}/questionnaire/1").location == FR
    answer = client.submit(f"{FR}/questionnaire/1", PAGE_1, form_page="/fr/connexion")
    assert answer.location == FR
    assert responses() == []


def test_a_closed_consultation_leads_to_its_results_once_public(
    client: PageClient, make_consultation: Make
) -> None:
    now = utc_now()
    made = make_consultation(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    page = client.page(FR)
    assert not page.select("main a.govuk-button")
    assert client.get(f"{FR}/questionnaire/1").location == FR
    assert client.get(f"{FR}/resultats").status_code == 404
    made.results_published_at = now
    db.session.commit()
    assert client.page(FR).select_one("main a.govuk-button")["href"] == f"{FR}/resultats"  # type: ignore[index]


def test_the_list_sorts_by_state_and_hides_what_is_not_public(
    client: PageClient, make_consultation: Make
) -> None:
    now, day = utc_now(), timedelta(days=1)
    make_consultation("ouverte")
    make_consultation("a-venir", opens_at=now + day, closes_at=now + 2 * day)
    make_consultation("fermee", opens_at=now - 9 * day, closes_at=now - day)
    make_consultation("cachee", public=False)
    page = client.page("/fr/consultations")
    links = [str(a["href"]).rsplit("/", 1)[1] for a in page.select("main .app-card a")]
    assert links == ["ouverte", "a-venir", "fermee"]
    assert client.get("/fr/consultations/cachee").status_code == 404
    assert client.get("/fr/consultations/cachee/questionnaire/1").status_code == 404
