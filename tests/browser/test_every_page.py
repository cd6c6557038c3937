"""Every page one can reach, in both languages, narrow and wide, light and dark: no barrier."""

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from werkzeug.exceptions import HTTPException

from consult import create_app
from tests.browser.axe import CONTRAST, barriers, overflows
from tests.browser.conftest import Site, Visitor
from tests.browser.pressing import press
from tests.conftest import make_settings

PER_VIEW = 1


class Map:
    """Which view an address leads to, so that each is looked at a few times, not a thousand."""

    def __init__(self, site: Site, folder: object) -> None:
        app = create_app(make_settings(folder))  # type: ignore[arg-type]
        self._adapter = app.url_map.bind(urlsplit(site.url).netloc)
        self.views = {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and (rule.defaults or {}).get("lang_code")
        }

    def view_of(self, url: str) -> str | None:
        try:
            endpoint, _arguments = self._adapter.match(urlsplit(url).path, method="GET")
        except HTTPException:
            return None
        return str(endpoint)


def links(page: Page, site: Site) -> list[str]:
    found: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    return [u.split("#")[0] for u in found if u.startswith(site.url)]


def crawl(page: Page, start: str, site: Site, views: Map, look: Callable[[Page], None]) -> set[str]:
    """Opens what can be reached from ``start`` in its language; returns the views seen."""
    lang = urlsplit(start).path[:4]
    waiting, opened, seen = [start], set(), dict[str, int]()
    while waiting:
        url = waiting.pop(0)
        view = views.view_of(url)
        known = url in opened or not urlsplit(url).path.startswith(lang)
        if view is None or known or seen.get(view, 0) >= PER_VIEW:
            continue
        opened.add(url)
        if PurePosixPath(urlsplit(url).path).suffix:
            assert page.request.get(url).ok, url  # a file: a browser would save it
            continue
        answer = page.goto(url)
        assert answer is not None
        assert answer.status < 400, url
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen[view] = seen.get(view, 0) + 1
        look(page)
        waiting += links(page, site)
    return set(seen)


def no_barrier(page: Page) -> None:
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page) == [], f"{page.url} at {width} px"
        assert not overflows(page), f"{page.url} must be scrolled sideways at {width} px"


def no_barrier_nor_in_the_dark(page: Page) -> None:
    """The dark scheme changes colours, and nothing else that is looked at."""
    no_barrier(page)
    page.emulate_media(color_scheme="dark")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page, CONTRAST) == [], f"{page.url} in the dark at {width} px"
        assert not overflows(page), f"{page.url} in the dark must be scrolled at {width} px"
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_public_pages(
    lang: str, site: Site, visitor: Callable[..., Visitor], tmp_path: object
) -> None:
    person = visitor(color_scheme="light")
    views = Map(site, tmp_path)
    seen = crawl(person.page(), f"{site.url}/{lang}/", site, views, no_barrier_nor_in_the_dark)
    assert {"publishing.home", "surveys.consultation", "publishing.you_said"} <= seen
    assert "public_scores.show" in seen
    assert person.complaints == []


def keep_themes(page: Page) -> None:
    """Keeps the themes of the first report, unless they are kept already."""
    page.locator(".app-card h3 a").first.click()
    keep = page.locator("form[action$='/grille'] button, form[action$='/codeframe'] button")
    expect(page.locator("#method")).to_be_visible()
    if keep.count():
        press(keep)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_staff_pages(
    lang: str, site: Site, signed_in: Callable[..., Page], tmp_path: object
) -> None:
    page = signed_in(lang)
    page.goto(f"{site.url}/{lang}/analyses")
    keep_themes(page)
    seen = crawl(page, f"{site.url}/{lang}/analyses", site, Map(site, tmp_path), no_barrier)
    assert {"analysis.report", "analysis.theme"} <= seen
    assert {"analysis.codeframe", "analysis.codeframe_theme", "analysis.codeframe_history"} <= seen
    assert {"services.show", "services.publication"} <= seen
    assert {"analysis.improvement", "analysis.board", "analysis.new_idea"} <= seen


def test_the_check_can_fail(visitor: Callable[..., Visitor], site: Site) -> None:
    """A page broken on purpose: without this, a check that sees nothing would pass for good."""
    page = visitor().page()
    page.goto(f"{site.url}/fr/connexion")
    page.evaluate(
        """() => {
            document.documentElement.removeAttribute('lang');
            document.querySelector('main label').remove();
            document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="">');
            document.body.style.minWidth = '3000px';
        }"""
    )
    found = " ".join(barriers(page))
    assert "html-has-lang" in found
    assert "label" in found
    assert "image-alt" in found
    assert overflows(page)
