"""The widget on another site, in each of its states, as people meet it."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.axe import barriers, overflows
from tests.browser.conftest import Site, Visitor

THANKS = {"fr": "Merci", "en": "Thank you"}


def posts(page: Page) -> list[Request]:
    """The feedback this page sends, as it goes."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    return sent


def key_of(request: Request) -> str:
    return parse_qs(request.post_data or "")["idempotency_key"][0]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_state_holds_a_barrier(
    lang: str, width: int, site: Site, visitor: Callable[..., Visitor]
) -> None:
    page = visitor(width=width).page()
    page.goto(f"{site.host}/{lang}")
    expect(page.get_by_role("radio")).to_have_count(5)
    assert barriers(page) == []
    page.get_by_role("radio").nth(3).check(force=True)
    expect(page.get_by_role("textbox")).to_be_visible()
    assert barriers(page) == []
    assert not overflows(page)
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text(THANKS[lang])
    assert barriers(page) == []


def test_the_keyboard_alone_sends_feedback(site: Site, visitor: Callable[..., Visitor]) -> None:
    page = visitor().page()
    page.goto(f"{site.host}/fr")
    expect(page.get_by_role("radio")).to_have_count(5)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Au clavier seulement.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(THANKS["fr"])
    expect(page.get_by_role("status")).to_be_focused()


def test_a_lost_network_loses_nothing_and_counts_once(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    person = visitor()
    page = person.page()
    sent = posts(page)
    page.goto(f"{site.host}/en")
    page.get_by_role("radio").nth(1).check(force=True)
    page.get_by_role("textbox").fill("Written on a train.")
    person.context.set_offline(True)
    page.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("try again")
    expect(page.get_by_role("textbox")).to_have_value("Written on a train.")
    person.context.set_offline(False)
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text(THANKS["en"])
    assert len({key_of(request) for request in sent}) == 1


def test_what_identifies_a_person_is_gone_when_the_team_reads(
    site: Site, visitor: Callable[..., Visitor], signed_in: Callable[..., Page]
) -> None:
    page = visitor().page()
    page.goto(f"{site.host}/fr")
    page.get_by_role("radio").nth(2).check(force=True)
    page.get_by_role("textbox").fill("Rappelez-moi au 418 555-0199, zqrappel, nom@exemple.ca")
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text(THANKS["fr"])
    team = signed_in("fr")
    team.goto(f"{site.url}/fr/equipe/services/permis-plein-air")
    comment = team.get_by_text(re.compile("zqrappel"))
    expect(comment).to_contain_text("[téléphone/phone], zqrappel, [courriel/email]")


def test_a_host_page_with_hostile_styles_does_not_break_it(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    page = visitor(bypass_csp=True).page()
    page.goto(f"{site.host}/en")
    page.add_style_tag(
        content="input, button, label, fieldset, form, textarea, span, p, [role]"
        " { display: none !important; visibility: hidden !important; position: fixed !important }"
    )
    expect(page.get_by_role("radio")).to_have_count(5)
    page.get_by_role("radio").nth(4).check(force=True)
    expect(page.get_by_role("button")).to_be_visible()


def test_it_adds_nothing_to_the_page_but_itself(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    person = visitor()
    page = person.page()
    page.goto(f"{site.url}/fr/")
    plain = set(page.evaluate("Object.getOwnPropertyNames(window)"))
    page.goto(f"{site.host}/fr")
    expect(page.get_by_role("radio")).to_have_count(5)
    assert set(page.evaluate("Object.getOwnPropertyNames(window)")) <= plain
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]
    assert person.complaints == []
