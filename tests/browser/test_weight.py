"""Pages stay light: what travels, counted as the browser receives it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, Visitor

BUDGET_BYTES = 60_000
BUDGET_REQUESTS = 5


def weigh(page: Page, url: str) -> tuple[int, int]:
    """Bytes over the wire, headers included, and requests, for a first visit to ``url``."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url, wait_until="networkidle")
    return int(sum(sizes)), len(sizes)


@pytest.mark.parametrize("path", ["fr/", "en/", "fr/consultations/permis-simples/questionnaire/1"])
def test_a_first_visit_is_light(
    path: str, site: Site, visitor: Callable[..., Visitor], record_property: Callable[..., None]
) -> None:
    size, requests = weigh(visitor().page(), f"{site.url}/{path}")
    record_property("bytes", size)
    assert 1_000 < size < BUDGET_BYTES
    assert 1 < requests <= BUDGET_REQUESTS
