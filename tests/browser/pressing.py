"""Pressing what leads to another page."""

from playwright.sync_api import Locator


def press(target: Locator) -> None:
    """Presses a link or a button, and waits for the page it leads to.

    A click alone comes back while the browser still shows the page before.
    """
    with target.page.expect_navigation():
        target.click()
