"""The inbox, by keyboard, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import barriers, overflows
from tests.browser.conftest import Site
from tests.browser.pressing import press

ADDRESSES = {
    "fr": "/fr/equipe/services/permis-plein-air/avis",
    "en": "/en/staff/services/permis-plein-air/inbox",
}


@pytest.mark.parametrize(
    ("lang", "asked", "said"),
    [("fr", "remboursé", "étiquette « essai-fr »"), ("en", "refunds", "tag “essai-en”")],
)
def test_found_ticked_and_tagged_by_keyboard(
    signed_in: Callable[..., Page], site: Site, lang: str, asked: str, said: str
) -> None:
    page = signed_in(lang, width=320)
    page.goto(f"{site.url}{ADDRESSES[lang]}")
    page.locator("#words").fill(asked)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    first = page.locator(".app-inbox input[type=checkbox]").first
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    page.locator("#put-tag").fill(f"essai-{lang}")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    told = " ".join(page.locator("[role=status]").inner_text().split())
    assert said in told.replace("\u00a0", " ")
    expect(page.locator("#words")).to_have_value(asked)
    expect(page.locator(f".app-inbox__tag:has-text('essai-{lang}')")).to_have_count(1)
    assert barriers(page) == []
    assert not overflows(page)
    press(page.locator(".app-inbox h3 a").first)
    assert barriers(page) == []
    press(page.locator(".app-inbox__tag-list button"))
    expect(page.locator(".app-inbox__tag-list")).to_have_count(0)
