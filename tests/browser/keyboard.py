"""Working with the keyboard alone: Tab to what is wanted, then type, choose or press."""

from playwright.sync_api import Locator, Page, expect

#: Nothing of a page lies so many Tabs away.
FARTHEST = 250


def reach(target: Locator) -> Page:
    """Presses Tab until ``target`` has the focus, as a person without a mouse does."""
    page = target.page
    expect(target).to_be_visible()
    for _press in range(FARTHEST):
        if target.evaluate("element => element === document.activeElement"):
            return page
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def write(target: Locator, words: str) -> None:
    """Writes in a field in place of what stands there."""
    page = reach(target)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(words)


def choose(group: Locator, value: str) -> None:
    """Chooses one radio button of a group with the arrows, the group reached with Tab."""
    wanted, first = group.locator(f"[value='{value}']"), group.locator("input:checked")
    page = reach(first.first if first.count() else group.locator("input").first)
    page.keyboard.press("Space")
    for _press in range(group.locator("input").count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not choose {value}")


def follow(target: Locator) -> None:
    """Opens a link, or presses a button that leads to a page."""
    page = reach(target)
    with page.expect_navigation():
        page.keyboard.press("Enter")
