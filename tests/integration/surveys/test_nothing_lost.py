"""What a person typed, or could still send, when something else happened meanwhile."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from consult.db import db, utc_now
from consult.organizations.models import Account, Role
from consult.surveys.models import Access, Channel, Consultation
from consult.surveys.services.invitations import make_invitations
from consult.surveys.services.withdraw import AFTER_CLOSING, purge
from tests.integration.surveys.conftest import (
    EN,
    PAGE_1,
    PAGE_2,
    Clock,
    answer_all,
    form_of,
    responses,
)
from tests.integration.surveys.paths import paths, with_file
from tests.pages import PageClient

CODE = "/en/receipt"
ENTRY = "/en/staff/consultations/sentiers/entry"
Make = Callable[..., Consultation]
Browser = Callable[[], PageClient]


def text(client: PageClient, path: str) -> str:
    return " ".join(client.page(path).get_text().split())


def closed_since(consultation: Consultation, days: int) -> None:
    consultation.closes_at = utc_now() - timedelta(days=days)
    consultation.opens_at = consultation.closes_at - timedelta(days=20)
    db.session.commit()


@pytest.mark.usefixtures("consultation")
@pytest.mark.parametrize("gone", ["withdrawn", "removed"])
def test_a_page_whose_answers_are_gone_comes_back_and_begins_nothing_unasked(
    client: PageClient, browser: Browser, gone: str
) -> None:
    client.submit(f"{EN}/questionnaire/1", PAGE_1)
    stale = form_of(client, f"{EN}/questionnaire/2")
    if gone == "withdrawn":
        other = browser()
        other.submit(CODE, {"code": responses()[0].receipt_code})
        other.submit(f"{EN}/withdrawal", {})
    else:
        client.submit(f"{EN}/someone-else", {}, form_page=f"{EN}/later")
    before = len(responses())
    answer = client.post(f"{EN}/questionnaire/2", data={**stale, **PAGE_2})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "not on this device any more" in page
    assert "Plus de bancs." in page, "what was typed is still there"
    assert len(responses()) == before
    again = {**form_of(client, f"{EN}/questionnaire/1"), "shown": list(stale["shown"]), **PAGE_2}
    client.post(f"{EN}/questionnaire/2", data=again)
    assert len(responses()) == before + 1, "once it was told, going on begins again"


def test_a_page_whose_answers_are_gone_after_the_closing_says_so(
    client: PageClient, consultation: Consultation, clock: Clock
) -> None:
    client.submit(f"{EN}/questionnaire/1", PAGE_1)
    stale = form_of(client, f"{EN}/questionnaire/2")
    client.submit(f"{EN}/withdrawal", {})
    clock(consultation.closes_at)
    answer = client.post(f"{EN}/questionnaire/2", data={**stale, **PAGE_2})
    assert answer.status_code == 403
    assert "Plus de bancs." in answer.get_data(as_text=True)


@pytest.mark.parametrize("button", ["later", "switch_language"])
def test_what_cannot_be_kept_stays_on_the_page_whatever_the_button(
    client: PageClient, make_consultation: Make, button: str
) -> None:
    make_consultation(questionnaire=paths(), satisfaction_question=None)
    client.submit(f"{EN}/questionnaire/1", {"q_bus": "yes"})
    form = {"q_rides": "a dozen", button: "1"}
    answer = client.submit(f"{EN}/questionnaire/2", form)
    assert answer.status_code == 422
    assert "a dozen" in answer.get_data(as_text=True)


def test_a_conflict_shows_what_was_typed_in_a_question_it_brought(
    client: PageClient, browser: Browser, make_consultation: Make
) -> None:
    make_consultation(questionnaire=paths(), satisfaction_question=None)
    client.submit(f"{EN}/questionnaire/1", {"q_bus": "no"})
    stale = form_of(client, f"{EN}/questionnaire/1")
    other = browser()
    other.submit(CODE, {"code": responses()[0].receipt_code})
    other.submit(f"{EN}/questionnaire/1", {"q_bus": "yes"})
    form = {**stale, "q_bus": "no", "q_why_not": "Too far"}
    answer = client.post(f"{EN}/questionnaire/1", data=form)
    assert answer.status_code == 409
    shown = questions_on(answer.get_data(as_text=True))
    assert "why_not" in shown


def questions_on(page: str) -> set[str]:
    """The questions that a page shows."""
    found = BeautifulSoup(page, "html.parser").select("input[name=shown]:not([disabled])")
    return {str(tag["value"]) for tag in found}


def test_a_correction_saved_for_later_is_called_one(
    client: PageClient, consultation: Consultation
) -> None:
    receipt = answer_all(client, EN)
    client.submit(f"{EN}/correction", {}, form_page=receipt)
    client.submit(f"{EN}/questionnaire/1", {**PAGE_1, "q_often": "never", "later": "1"})
    page = text(client, f"{EN}/later")
    assert "Your correction is saved. It is not sent yet." in page
    assert "What you had sent counts" in page
    assert "Your answers are saved. They are not sent yet." not in page


def test_the_receipt_tells_of_a_correction_that_was_not_sent_in_time(
    client: PageClient, consultation: Consultation, clock: Clock
) -> None:
    receipt = answer_all(client, EN)
    client.submit(f"{EN}/correction", {}, form_page=receipt)
    client.submit(f"{EN}/questionnaire/1", {**PAGE_1, "q_often": "never"})
    closes_at, last_call = consultation.closes_at, consultation.last_call
    clock(closes_at)
    assert client.page(receipt).select_one(f'main a[href="{EN}/check"]')
    clock(last_call)
    assert "correction that you had begun was not sent in time" in text(client, receipt)
    assert not client.page(receipt).select_one(f'main a[href="{EN}/check"]')


def test_who_comes_next_on_a_device_does_not_have_the_invitation_of_the_last(
    app: Flask, client: PageClient, consultation: Consultation, editor: Account
) -> None:
    consultation.access = Access.INVITED
    secret = app.config["SETTINGS"].secret_key
    (made,) = make_invitations(editor, consultation, ["A-1"], secret, utc_now())
    db.session.commit()
    client.submit(f"{EN}/invitation", {"code": made.code})
    client.submit(f"{EN}/questionnaire/1", {**PAGE_1, "later": "1"})
    client.submit(f"{EN}/someone-else", {}, form_page=f"{EN}/later")
    assert client.get(f"{EN}/questionnaire/1").location == f"{EN}/invitation"


def test_the_codes_of_a_link_come_along_while_the_invitation_is_asked(
    app: Flask, client: PageClient, make_consultation: Make, editor: Account
) -> None:
    made = make_consultation(questionnaire=paths(), satisfaction_question=None)
    made.access = Access.INVITED
    secret = app.config["SETTINGS"].secret_key
    (invited,) = make_invitations(editor, made, [""], secret, utc_now())
    db.session.commit()
    asks = client.get(f"{EN}/questionnaire/1?source=journal").location
    first = client.submit(asks, {"code": invited.code}).location
    client.submit(first, {"q_bus": "no", "q_why_not": "Too far"})
    assert responses()[0].current["source"] == "journal"


@pytest.mark.parametrize("code", ["514-555-0100", "046454286"])
def test_what_identifies_a_person_is_no_code_of_a_link(
    client: PageClient, make_consultation: Make, code: str
) -> None:
    make_consultation(questionnaire=paths(), satisfaction_question=None)
    client.submit(f"{EN}/questionnaire/1?source={code}", {"q_bus": "yes"})
    assert "source" not in responses()[0].current


@pytest.fixture
def paper(
    client: PageClient,
    consultation: Consultation,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    """A paper form, half entered long after the closing."""
    sign_in(staff(Role.ANALYST))
    closed_since(consultation, 45)
    begun = client.submit(ENTRY, {"channel": "paper", "lang": "en"})
    page = client.page(begun.location)
    assert "You had begun" not in page.get_text(), "no deadline that is past"
    client.submit(f"{EN}/questionnaire/1", PAGE_1)


@pytest.mark.usefixtures("paper")
def test_a_paper_form_being_entered_long_after_the_closing_is_not_purged() -> None:
    assert purge(utc_now()) == 0
    (draft,) = responses()
    assert draft.channel is Channel.PAPER
    assert purge(utc_now() + AFTER_CLOSING + timedelta(days=1)) == 1


@pytest.mark.usefixtures("paper")
def test_a_paper_form_half_entered_after_the_closing_comes_back_with_its_code(
    browser: Browser,
) -> None:
    back = browser().submit(CODE, {"code": responses()[0].receipt_code})
    assert back.location == f"{EN}/questionnaire/2"


@pytest.mark.usefixtures("paper")
def test_a_page_of_a_paper_form_left_open_too_long_comes_back(client: PageClient) -> None:
    form = {**form_of(client, f"{EN}/questionnaire/2"), **PAGE_2, "csrf_token": "old"}
    assert "Plus de bancs." in client.post(f"{EN}/questionnaire/2", data=form).get_data(
        as_text=True
    )


def test_a_conflict_says_that_a_file_has_to_be_chosen_again(
    client: PageClient, make_consultation: Make
) -> None:
    make_consultation(questionnaire=with_file(), satisfaction_question=None)
    page = f"{EN}/questionnaire/1"
    client.submit(page, {"q_word": "One"})
    stale = form_of(client, page)
    client.submit(page, {"q_word": "Two"})
    answer = client.post(page, data={**stale, "q_word": "Three"})
    assert answer.status_code == 409
    assert "A file has to be chosen again." in answer.get_data(as_text=True)
