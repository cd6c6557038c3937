"""One code: come back on another device, correct, withdraw; nothing lost, nothing counted twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from consult.db import db, utc_now
from consult.surveys.models import Consultation, Response, ResponseState
from consult.surveys.queries import response_count
from tests.integration.surveys.conftest import (
    EN,
    PAGE_1,
    PAGE_2,
    Clock,
    answer_all,
    form_of,
    responses,
)
from tests.pages import PageClient

CODE = "/en/receipt"
Browser = Callable[[], PageClient]


def code() -> str:
    return responses()[-1].receipt_code


def text(client: PageClient, path: str) -> str:
    return " ".join(client.page(path).get_text().split())


def token(client: PageClient, path: str = CODE) -> str:
    field = client.page(path).select_one("main input[name=csrf_token]")
    assert field is not None
    return str(field["value"])


@pytest.fixture(autouse=True)
def _open(consultation: Consultation) -> None:
    """Every test here has an open consultation."""


def test_saving_for_later_gives_a_code_that_brings_the_answers_to_another_device(
    client: PageClient, browser: Browser
) -> None:
    saved = client.submit(f"{EN}/questionnaire/1", {"q_favourite": "Le lac", "later": "1"})
    assert saved.location == f"{EN}/later"
    page = client.page(saved.location)
    assert all(group in page.get_text() for group in responses()[0].receipt_groups)
    assert page.select_one("svg.app-qr title")
    assert page.select_one("[data-print]")
    other = browser()
    back = other.submit(CODE, {"code": code()})
    assert back.location == f"{EN}/questionnaire/1"
    shown = other.page(back.location)
    assert shown.select_one("#q_favourite")["value"] == "Le lac"  # type: ignore[index]
    other.submit(f"{EN}/questionnaire/1", PAGE_1)
    assert browser().submit(CODE, {"code": code()}).location == f"{EN}/questionnaire/2"
    other.submit(f"{EN}/questionnaire/2", PAGE_2)
    assert browser().submit(CODE, {"code": code()}).location == f"{EN}/check"
    assert len(responses()) == 1


def test_a_code_that_takes_the_place_of_other_answers_tells_theirs(
    client: PageClient, browser: Browser
) -> None:
    other = browser()
    other.submit(f"{EN}/questionnaire/1", PAGE_1)
    client.submit(f"{EN}/questionnaire/1", PAGE_1)
    mine, theirs = responses()[1].receipt_groups, responses()[0].receipt_code
    page = text(client, str(client.submit(CODE, {"code": theirs}).location))
    assert "-".join(mine) in page


def test_a_correction_counts_once_sent_and_not_before(
    client: PageClient, consultation: Consultation
) -> None:
    receipt = answer_all(client, EN)
    assert client.submit(f"{EN}/correction", {}, form_page=receipt).location == f"{EN}/check"
    assert "You are correcting" in text(client, f"{EN}/check")
    changed = client.submit(f"{EN}/questionnaire/1?change=1", {**PAGE_1, "q_often": "never"})
    assert changed.location == f"{EN}/check"
    assert responses()[0].answers["often"] == "daily"
    assert "You began to correct" in text(client, receipt)
    assert client.submit(f"{EN}/check", {}).location == receipt
    (sent,) = responses()
    assert sent.answers["often"] == "never"
    assert sent.corrected_at is not None
    assert sent.submitted_at is not None
    assert response_count(consultation) == 1
    assert "Your correction was received" in text(client, receipt)


def test_an_abandoned_correction_changes_nothing(client: PageClient) -> None:
    receipt = answer_all(client, EN)
    client.submit(f"{EN}/correction", {}, form_page=receipt)
    client.submit(f"{EN}/questionnaire/1", {**PAGE_1, "q_often": "never"})
    left = client.submit(f"{EN}/correction", {"abandon": "1"}, form_page=f"{EN}/check")
    assert left.location == receipt
    (sent,) = responses()
    assert (sent.answers["often"], sent.draft) == ("daily", None)


def test_withdrawing_says_what_is_erased_then_erases_it(
    client: PageClient, browser: Browser, consultation: Consultation
) -> None:
    receipt = answer_all(client, EN)
    mine = code()
    client.submit(
        f"{EN}/receipt/experience", {"rating": "5", "comment": "Bien."}, form_page=receipt
    )
    page = text(client, f"{EN}/withdrawal")
    assert "This is erased for good" in page
    assert responses()[0].is_submitted, "looking withdraws nothing"
    assert client.submit(f"{EN}/withdrawal", {}).location == EN
    (left,) = responses()
    assert left.state is ResponseState.WITHDRAWN
    assert (left.answers, left.draft) == ({}, None)
    assert (left.experience_rating, left.experience_comment) == (None, "")
    assert response_count(consultation) == 0
    assert "withdrawn" in browser().submit(CODE, {"code": mine}).get_data(as_text=True)
    assert client.get(receipt).location == EN
    answer_all(client, EN)
    assert response_count(consultation) == 1


def test_what_was_not_sent_is_erased_without_a_trace(client: PageClient) -> None:
    client.submit(f"{EN}/questionnaire/1", {**PAGE_1, "later": "1"})
    assert "your code leads nowhere" in text(client, f"{EN}/withdrawal")
    client.submit(f"{EN}/withdrawal", {})
    assert responses() == []


def test_after_the_closing_a_code_only_verifies(
    client: PageClient, browser: Browser, consultation: Consultation, clock: Clock
) -> None:
    receipt = answer_all(client, EN)
    mine, closes_at = code(), consultation.closes_at
    clock(closes_at)
    page = browser().submit(CODE, {"code": mine}).get_data(as_text=True)
    assert "Your answers were received" in page
    assert "Correct my answers" not in page
    assert "Withdraw" not in page
    assert "Correct my answers" not in text(client, receipt)
    assert client.submit(f"{EN}/correction", {}, form_page=receipt).status_code == 403
    assert client.submit(f"{EN}/withdrawal", {}).status_code == 403
    assert responses()[0].is_submitted


def test_a_correction_not_sent_in_time_leaves_what_was_sent(
    client: PageClient, consultation: Consultation, clock: Clock
) -> None:
    receipt = answer_all(client, EN)
    client.submit(f"{EN}/correction", {}, form_page=receipt)
    client.submit(f"{EN}/questionnaire/1", {**PAGE_1, "q_often": "never"})
    clock(consultation.last_call)
    late = client.post(f"{EN}/check", data={"csrf_token": token(client)})
    assert late.status_code == 403
    assert "What you had sent counts" in late.get_data(as_text=True)
    assert client.get(f"{EN}/check").location == receipt
    assert responses()[0].answers["often"] == "daily"


def test_a_page_changed_elsewhere_meanwhile_is_not_overwritten_unseen(
    client: PageClient, browser: Browser
) -> None:
    client.submit(f"{EN}/questionnaire/1", PAGE_1)
    stale = form_of(client, f"{EN}/questionnaire/1")
    other = browser()
    other.submit(CODE, {"code": code()})
    other.submit(f"{EN}/questionnaire/1", {**PAGE_1, "q_favourite": "La crête"})
    form = {**stale, **PAGE_1, "q_often": "never"}
    answer = client.post(f"{EN}/questionnaire/1", data=form)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "changed in another tab or on another device" in page
    assert "La crête" in page
    assert "Le grand tour" in page, "what was typed here is still there"
    assert responses()[0].current["favourite"] == "La crête"
    same = client.post(f"{EN}/questionnaire/1", data={**form, "seen": ""} | {
        "q_often": "daily", "q_favourite": "La crête",
    })  # fmt: skip
    assert same.location == f"{EN}/questionnaire/2", "the same answers twice are no conflict"


def test_answers_changed_since_the_check_are_checked_again(
    client: PageClient, browser: Browser
) -> None:
    client.submit(f"{EN}/questionnaire/1", PAGE_1)
    client.submit(f"{EN}/questionnaire/2", PAGE_2)
    stale = form_of(client, f"{EN}/check")
    client.submit(f"{EN}/questionnaire/1", {**PAGE_1, "q_often": "never"})
    assert client.post(f"{EN}/check", data=stale).location == f"{EN}/check"
    assert not responses()[0].is_submitted
    assert client.submit(f"{EN}/check", {}).location == f"{EN}/receipt"


def test_a_page_that_stayed_open_too_long_comes_back_with_what_was_typed(
    client: PageClient, browser: Browser
) -> None:
    client.submit(f"{EN}/questionnaire/1", PAGE_1)
    lost = browser()
    form = {**PAGE_2, "csrf_token": "old", "shown": ["satisfaction", "change", "region"]}
    answer = lost.post(f"{EN}/questionnaire/2", data=form)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "stayed open too long" in page
    assert "Plus de bancs." in page
    assert 'href="/en/receipt"' in page
    stale = client.post(f"{EN}/questionnaire/2", data=form).get_data(as_text=True)
    assert "Plus de bancs." in stale
    assert responses()[0].current.keys() == {"often", "with_whom", "favourite"}


def test_a_withdrawn_consultation_still_tells_what_it_received(
    client: PageClient, browser: Browser, consultation: Consultation
) -> None:
    answer_all(client, EN)
    mine = code()
    consultation.published_at = None
    db.session.commit()
    page = browser().submit(CODE, {"code": mine}).get_data(as_text=True)
    assert "Your answers were received" in page


def test_the_last_question_is_kept_corrected_and_redacted(client: PageClient) -> None:
    receipt = answer_all(client, EN)
    form = {"rating": "4", "comment": "Write to me at name@example.org"}
    where = f"{EN}/receipt/experience"
    assert client.submit(where, form, form_page=receipt).location == receipt
    (sent,) = responses()
    assert (sent.experience_rating, sent.experience_comment) == (
        4,
        "Write to me at [courriel/email]",
    )
    shown = client.page(receipt)
    assert shown.select_one("#experience input[checked]")["value"] == "4"  # type: ignore[index]
    client.submit(where, {"rating": "", "comment": ""}, form_page=receipt)
    assert responses()[0].experience_rating is None
    refused = client.submit(where, {"rating": "9", "comment": "x" * 1_001}, form_page=receipt)
    assert refused.status_code == 422
    assert "x" * 1_001 in refused.get_data(as_text=True)


def test_the_last_question_is_for_those_who_sent(client: PageClient) -> None:
    client.submit(f"{EN}/questionnaire/1", PAGE_1)
    answer = client.submit(f"{EN}/receipt/experience", {"rating": "4"}, form_page=CODE)
    assert answer.location == f"{EN}/receipt"
    assert responses()[0].experience_rating is None


@pytest.mark.parametrize(
    ("minutes", "people", "words"),
    [(13, 29, "about 2 minutes"), (13, 30, "about 13 minutes"), (600, 40, "about 2 minutes")],
)
def test_the_time_it_takes_is_measured_once_enough_people_answered(
    client: PageClient, consultation: Consultation, minutes: int, people: int, words: str
) -> None:
    now = utc_now()
    for number in range(people):
        response = Response(
            consultation=consultation,
            version=consultation.version,
            receipt_code=f"{number:012d}",
            state=ResponseState.SUBMITTED,
            answers={"often": "daily"},
            lang="fr",
            started_at=now - timedelta(minutes=minutes),
            submitted_at=now,
        )
        db.session.add(response)
    db.session.commit()
    assert words in text(client, EN)
