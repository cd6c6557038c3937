"""axe on one page, said in words a person can act on."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: Axe tells of what is wrong alone: to describe all that is right takes it longer than the rules.
QUICKLY: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
EVERY_RULE: dict[str, Any] = {
    **QUICKLY,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
#: The rule that a colour scheme can break.
CONTRAST: dict[str, Any] = {
    **QUICKLY,
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
}


def barriers(page: Page, rules: dict[str, Any] = EVERY_RULE) -> list[str]:
    """What axe finds wrong: rule, what it is about, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run(rules).then(said => said.violations)", rules)
    return [
        f"{rule['id']}: {rule['help']} at {node['target']}"
        for rule in found
        for node in rule["nodes"]
    ]


def overflows(page: Page) -> bool:
    """True when the page must be scrolled sideways to be read."""
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide
