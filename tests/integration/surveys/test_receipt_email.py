"""The receipt code by e-mail: sent at once to a real server, kept nowhere."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from limits import parse

from consult.surveys.models import Consultation
from consult.surveys.views import receipt as receipt_views
from tests.integration.surveys.conftest import EN, FR, PAGE_1, answer_all, responses
from tests.mailbox import Mailbox, open_mailbox
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("consultation")


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with open_mailbox(app, monkeypatch) as box:
        yield box


def ask(client: PageClient, address: str, page: str = f"{EN}/receipt") -> Any:
    site = page.rsplit("/", 1)[0]
    where = f"{site}/recu/courriel" if site == FR else f"{site}/receipt/email"
    return client.submit(where, {"address": address}, form_page=page)


def test_without_a_mail_server_nothing_is_offered(client: PageClient) -> None:
    receipt = answer_all(client, EN)
    assert not client.page(receipt).select("input[type=email]")
    assert ask(client, "camille@example.org").location == receipt


def test_the_code_goes_to_the_address_and_nowhere_else(
    client: PageClient, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receipt = answer_all(client, EN)
    assert "It is not kept" in client.page(receipt).get_text()
    answer = ask(client, "camille@example.org")
    assert answer.location == receipt
    assert "was sent to the address you gave" in client.page(receipt).get_text()
    ((to, message),) = mailbox.messages
    assert to == ["camille@example.org"]
    code = responses()[0].receipt_code
    assert "-".join(responses()[0].receipt_groups) in message.get_content()
    assert f"/en/receipt#{code}" in message.get_content()
    assert message["Subject"] == "Your receipt code: Our trails"
    assert message["From"] == "Consultations <ne-pas-repondre@example.org>"
    assert message.get_content_type() == "text/plain"
    kept = [str(value) for value in vars(responses()[0]).values()]
    assert not any("camille" in value for value in kept)
    assert not [line for line in ours(caplog) if "camille" in line or code in line]


def ours(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What our side logged; the server of the test logs all it receives."""
    return [record.getMessage() for record in caplog.records if record.name != "mail.log"]


def test_unsent_answers_have_their_code_by_email_too(client: PageClient, mailbox: Mailbox) -> None:
    client.submit(f"{FR}/questionnaire/1", {**PAGE_1, "later": "1"})
    assert ask(client, "camille@example.org", f"{FR}/plus-tard").location == f"{FR}/plus-tard"
    ((_to, message),) = mailbox.messages
    assert f"/fr/recu#{responses()[0].receipt_code}" in message.get_content()
    assert "Nos sentiers" in message["Subject"]


@pytest.mark.parametrize(
    "typed", ["", "camille", "a@example.org\nBcc: b@example.org", "a@example.org,b@example.org"]
)
def test_what_is_no_address_is_told_and_nothing_is_sent(
    client: PageClient, mailbox: Mailbox, typed: str
) -> None:
    answer_all(client, EN)
    answer = ask(client, typed)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'href="#address"' in page
    assert responses()[0].receipt_groups[0] in page, "the code is still there"
    assert mailbox.messages == []


@pytest.mark.parametrize("fault", ["refuses", "is away"])
def test_a_server_that_fails_is_told_and_the_code_stays(
    client: PageClient, mailbox: Mailbox, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    receipt = answer_all(client, EN)
    if fault == "refuses":
        mailbox.refuses = True
    else:
        mailbox.server.stop()
    assert ask(client, "camille@example.org").location == receipt
    page = client.page(receipt).get_text()
    assert "could not be sent" in page
    assert "not sent" in " ".join(ours(caplog))
    assert "camille" not in " ".join(ours(caplog))
    assert responses()[0].receipt_groups[0] in page


def test_three_messages_and_no_more(
    client: PageClient, browser: Callable[[], PageClient], mailbox: Mailbox
) -> None:
    receipt = answer_all(client, EN)
    for number in range(4):
        ask(client, f"camille{number}@example.org")
    assert len(mailbox.messages) == 3
    assert "three times today" in client.page(receipt).get_text()
    other = browser()
    answer_all(other, EN)
    ask(other, "camille@example.org")
    assert len(mailbox.messages) == 4, "somebody else is not counted with them"


def test_one_mailbox_is_not_filled_by_many_responses(
    client: PageClient,
    browser: Callable[[], PageClient],
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receipt_views, "_MESSAGES_TO_A_SHARE", parse("2 per day"))
    page = answer_all(client, EN)
    ask(client, "camille@example.org")
    ask(client, "Camille+more@example.org")
    other = browser()
    answer_all(other, EN)
    ask(other, "camille+again@example.org")
    assert len(mailbox.messages) == 2
    told = other.page(page).get_text()
    assert "Too many messages were sent today" in told
    assert responses()[1].receipt_groups[0] in told
    ask(other, "dominique@example.org")
    assert len(mailbox.messages) == 3, "another mailbox is not counted with it"


def test_nobody_else_sends_a_code(
    client: PageClient,
    browser: Callable[[], PageClient],
    mailbox: Mailbox,
    consultation: Consultation,
) -> None:
    answer_all(client, EN)
    other = browser()
    answer = other.submit(
        f"{EN}/receipt/email", {"address": "camille@example.org"}, form_page="/en/receipt"
    )
    assert answer.location == EN
    assert mailbox.messages == []
