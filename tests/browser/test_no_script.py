"""Feedback without JavaScript: our page, and a plain form pasted in a page of another site."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import barriers, overflows
from tests.browser.conftest import Site, Visitor
from tests.browser.pressing import press

SLUG = "reservation-refuges"
ASKING = {"fr": f"/fr/equipe/services/{SLUG}/questions", "en": f"/en/staff/services/{SLUG}/asking"}
BROUGHT = {"fr": "1 question de plus", "en": "1 more question"}
BACK = {"fr": "avis=merci", "en": "feedback=thanks"}
POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"


def look(page: Page) -> None:
    assert barriers(page) == []
    assert not overflows(page)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_pasted_form_asks_what_answers_bring_and_comes_back(
    lang: str, site: Site, visitor: Callable[..., Visitor], signed_in: Callable[..., Page]
) -> None:
    team = signed_in(lang)
    team.goto(f"{site.url}{ASKING[lang]}")
    look(team)
    form = team.locator("pre").nth(1).inner_text()
    assert f'value="{site.host}/"' in form

    def host(route: Route) -> None:
        html = f'<!doctype html><html lang="{lang}"><title>Fin</title><h1>Fin</h1>{form}</html>'
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=html, headers=headers, content_type="text/html; charset=utf-8")

    # axe is a script: the page runs none of its own, and has none.
    page = visitor(width=320).page()
    page.route(f"{site.host}/**", host)
    page.goto(f"{site.host}/fin")
    page.locator("[name=completion][value=no]").check()
    page.locator("textarea").fill(f"Sans script, {lang}.")
    press(page.locator("button"))
    assert urlsplit(page.url).netloc == urlsplit(site.url).netloc
    expect(page.locator("[role=status]").first).to_contain_text(BROUGHT[lang])
    expect(page.locator("textarea")).to_have_value(f"Sans script, {lang}.")
    assert page.locator("script").count() == 0
    look(page)
    page.locator("#q_why_not").check()
    press(page.locator("main button"))
    assert page.url == f"{site.host}/?{BACK[lang]}"


def test_the_page_says_what_is_missing_without_any_script(
    site: Site, visitor: Callable[..., Visitor], signed_in: Callable[..., Page]
) -> None:
    team = signed_in("fr")
    team.goto(f"{site.url}{ASKING['fr']}")
    form = team.locator("pre").nth(1).inner_text()
    address = form.split('action="')[1].split('"')[0]
    page = visitor(width=320, javascript=False).page()
    page.goto(f"{address}?question_set=trust")
    page.locator("textarea").fill("Un mot.")
    press(page.locator("main button"))
    expect(page.get_by_role("alert")).to_contain_text("Choisissez")
    expect(page.locator("textarea")).to_have_value("Un mot.")
    page.locator("[name=q_trust][value='2']").check(force=True)
    press(page.locator("main button"))
    page.locator("[name=q_went_badly]").first.check()
    press(page.locator("main button"))
    expect(page.locator("h1")).to_contain_text("Merci")
