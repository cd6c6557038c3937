"""The network is lost, slow or full: an answer is kept, sent later, and counts once."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor
from tests.browser.widget import (
    KEPT,
    THANKS,
    come_back,
    key_of,
    posts,
    rate,
    received,
    refuse_all,
    send,
)

STORED = "Object.keys(localStorage).length"


def test_offline_then_online_counts_once(site: Site, visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    page = person.page()
    sent, answers = posts(page), received(person.context)
    page.goto(f"{site.host}/en")
    rate(page, 1)
    page.get_by_role("textbox").fill("Written on a train.")
    person.context.set_offline(True)
    send(page)
    expect(page.get_by_role("status")).to_contain_text(KEPT["en"])
    expect(page.get_by_role("status")).to_be_focused()
    assert page.evaluate(STORED) == 1
    person.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text(THANKS["en"])
    assert len({key_of(request) for request in sent}) == 1
    assert [answer.status for answer in answers] == [201]
    assert page.evaluate(STORED) == 0


def test_a_reload_shows_what_waits_and_sends_it(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    person = visitor()
    page = person.page()
    sent = posts(page)
    page.goto(f"{site.host}/fr")
    rate(page)
    page.route("**/feedback", lambda route: route.abort())
    send(page)
    expect(page.get_by_role("status")).to_contain_text(KEPT["fr"])
    page.reload()
    expect(page.get_by_role("status")).to_contain_text(KEPT["fr"])
    page.unroute("**/feedback")
    page.reload()
    expect(page.get_by_role("status")).to_contain_text(THANKS["fr"])
    assert len({key_of(request) for request in sent}) == 1
    page.reload()
    expect(page.get_by_role("radio")).to_have_count(5)
    assert page.evaluate(STORED) == 0


def test_two_tabs_leave_one_answer(site: Site, visitor: Callable[..., Visitor]) -> None:
    """Both may send what waits, if they come back in the same instant; it is taken in once."""
    person = visitor()
    first, second = person.page(), person.page()
    for page in (first, second):
        page.goto(f"{site.host}/en")
        expect(page.get_by_role("radio")).to_have_count(5)
    person.context.route("**/feedback", lambda route: route.abort())
    rate(first)
    send(first)
    expect(first.get_by_role("status")).to_contain_text(KEPT["en"])
    person.context.unroute("**/feedback")
    answers = received(person.context)
    for page in (second, first):
        come_back(page)
    expect(first.get_by_role("status")).to_contain_text(THANKS["en"])
    assert sorted({answer.status for answer in answers} | {200}) == [200, 201]
    assert [answer.status for answer in answers].count(201) == 1


def test_it_waits_as_long_as_it_is_told(site: Site, visitor: Callable[..., Visitor]) -> None:
    page = visitor().page()
    page.clock.install()
    sent = posts(page)
    page.goto(f"{site.host}/fr")
    page.route("**/feedback", refuse_all(503, Retry_After="120"))
    rate(page)
    send(page)
    expect(page.get_by_role("status")).to_contain_text(KEPT["fr"])
    page.unroute("**/feedback")
    page.clock.fast_forward(110_000)
    assert len(sent) == 1
    page.clock.fast_forward(90_000)
    expect(page.get_by_role("status")).to_contain_text(THANKS["fr"])
    assert key_of(sent[0]) == key_of(sent[1])


def test_a_double_click_sends_once(site: Site, visitor: Callable[..., Visitor]) -> None:
    page = visitor().page()
    sent = posts(page)
    page.goto(f"{site.host}/fr")
    rate(page)
    page.get_by_role("button", name="Envoyer").dblclick()
    expect(page.get_by_role("status")).to_contain_text(THANKS["fr"])
    assert len(sent) == 1


def test_a_refusal_is_said_in_the_form(site: Site, visitor: Callable[..., Visitor]) -> None:
    page = visitor().page()
    page.goto(f"{site.host}/fr")
    rate(page)
    page.get_by_role("textbox").fill("Un \x07 caché" + "x" * 5_001)
    send(page)
    expect(page.get_by_role("alert")).not_to_be_empty()
    page.get_by_role("textbox").fill("Plus court.")
    send(page)
    expect(page.get_by_role("status")).to_contain_text(THANKS["fr"])
    assert page.evaluate(STORED) == 0
