"""Answers that the staff enters for someone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from consult.db import db, utc_now
from consult.organizations.models import Account, Role
from consult.surveys.models import Channel, Consultation
from consult.surveys.services.publish import publish_results
from tests.conftest import PASSWORD
from tests.integration.surveys.conftest import EN, FR, PAGE_1, PAGE_2, responses
from tests.pages import PageClient

ENTRY = "/en/staff/consultations/sentiers/entry"


@pytest.fixture
def analyst(staff: Callable[..., Account], sign_in: Callable[[Account], None]) -> Account:
    account = staff(Role.ANALYST)
    sign_in(account)
    return account


def begin(client: PageClient, channel: str = "phone", lang: str = "fr") -> str:
    return str(client.submit(ENTRY, {"channel": channel, "lang": lang}).location)


def fill(client: PageClient, site: str = FR) -> str:
    check = "check" if site == EN else "verification"
    client.submit(f"{site}/questionnaire/1", PAGE_1)
    client.submit(f"{site}/questionnaire/2", PAGE_2)
    return str(client.submit(f"{site}/{check}", {}).location)


@pytest.mark.parametrize(("lang", "site"), [("fr", FR), ("en", EN)])
def test_from_a_phone_call_to_the_code_for_the_person(
    client: PageClient,
    browser: Callable[[], PageClient],
    consultation: Consultation,
    analyst: Account,
    lang: str,
    site: str,
) -> None:
    assert begin(client, "phone", lang) == f"{site}/questionnaire/1"
    if lang == "en":
        page = client.get(f"{site}/questionnaire/1").get_data(as_text=True)
        assert "Entered for someone by phone" in page
    client.get(fill(client, site))
    (response,) = responses()
    assert (response.channel, response.entered_by_id) == (Channel.PHONE, analyst.id)
    assert response.is_submitted
    assert response.browser_mark is None
    assert response.lang == lang
    shown = client.get(f"{ENTRY}/receipt").get_data(as_text=True)
    assert all(group in shown for group in response.receipt_groups)
    verified = browser().submit("/en/receipt", {"code": response.receipt_code})
    assert verified.status_code == 200, "the person can come back to them"


def test_another_one_follows_in_the_same_way(
    client: PageClient, consultation: Consultation, analyst: Account
) -> None:
    begin(client, "counter")
    receipt = client.get(fill(client)).location
    assert client.submit(receipt, {}).location == f"{FR}/questionnaire/1"
    fill(client)
    assert [one.channel for one in responses()] == [Channel.COUNTER, Channel.COUNTER]
    client.submit(f"{ENTRY}/receipt", {"stop": "1"})
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    assert responses()[2].channel is Channel.WEB
    page = client.get(ENTRY).get_data(as_text=True)
    assert "At a counter" in page
    assert analyst.name in page


def test_an_unfinished_entry_is_set_aside_with_its_code(
    client: PageClient, consultation: Consultation, analyst: Account
) -> None:
    begin(client)
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    page = client.get(begin(client, "phone", "en")).get_data(as_text=True)
    assert "-".join(responses()[0].receipt_groups) in page
    fill(client, EN)
    assert [one.is_submitted for one in responses()] == [False, True]


def close(consultation: Consultation) -> None:
    now = utc_now()
    consultation.closes_at = now - timedelta(days=20)
    consultation.opens_at = now - timedelta(days=40)
    db.session.commit()


def test_paper_is_entered_after_the_closing_until_the_results_are_public(
    client: PageClient, consultation: Consultation, analyst: Account, editor: Account
) -> None:
    close(consultation)
    for late in ("phone", "counter"):
        answer = client.submit(ENTRY, {"channel": late, "lang": "fr"})
        assert answer.status_code == 422
        assert "closed" in answer.get_data(as_text=True)
    begin(client, "paper")
    fill(client)
    assert [(one.channel, one.is_submitted) for one in responses()] == [(Channel.PAPER, True)]
    client.submit(f"{ENTRY}/receipt", {})
    publish_results(editor, consultation, utc_now())
    db.session.commit()
    client.post(f"{FR}/questionnaire/1", data=PAGE_1)
    assert len(responses()) == 1
    assert client.submit(ENTRY, {"channel": "paper", "lang": "fr"}).status_code == 422


def test_who_signs_out_enters_for_nobody_any_more(
    client: PageClient, consultation: Consultation, analyst: Account
) -> None:
    begin(client)
    client.submit("/fr/deconnexion", {}, form_page=ENTRY)
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    assert [one.channel for one in responses()] == [Channel.WEB]


def test_who_only_reads_enters_nothing(
    client: PageClient,
    consultation: Consultation,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(staff(Role.VIEWER))
    assert client.get(ENTRY).status_code == 403
    assert client.post(ENTRY, data={"channel": "phone", "lang": "fr"}).status_code in (400, 403)
    assert client.get(f"{ENTRY}/receipt").status_code == 403


def test_an_agent_enters_answers_and_reads_nothing_else(
    client: PageClient,
    consultation: Consultation,
    staff: Callable[..., Account],
) -> None:
    agent = staff(Role.AGENT)
    signed_in = client.submit("/en/sign-in", {"email": agent.email, "password": PASSWORD})
    assert signed_in.location == "/en/staff/entry"
    listed = client.page(signed_in.location)
    assert ENTRY in {link["href"] for link in listed.select("main a")}
    assert "/en/analyses" not in {link["href"] for link in listed.select("nav a")}
    for closed in (
        *("/fr/analyses", "/fr/ameliorations", "/fr/equipe/services", "/fr/equipe/consultations"),
        *("/fr/equipe/consultations/sentiers", "/fr/equipe/consultations/sentiers/resultats"),
    ):
        assert client.get(closed).status_code == 403, closed
    begin(client)
    client.get(fill(client))
    assert "Entered so far" not in client.get(ENTRY).get_data(as_text=True)
    assert [response.entered_by_id for response in responses()] == [agent.id]
