"""Pages that are strict, broken, hostile, or go from right to left: neither breaks the other."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.axe import barriers
from tests.browser.conftest import Site, Visitor
from tests.browser.widget import THANKS, rate, send

RATIO = """button => {
    const linear = colour => {
        const canvas = new OffscreenCanvas(1, 1).getContext("2d");
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(
            c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    };
    const light = colour => {
        const [r, g, b] = linear(colour);
        return .2126 * r + .7152 * g + .0722 * b + .05;
    };
    const style = getComputedStyle(button);
    const [a, b] = [light(style.color), light(style.backgroundColor)];
    return Math.max(a, b) / Math.min(a, b);
}"""


def test_it_adds_nothing_to_the_page_but_itself(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    person = visitor()
    page = person.page()
    page.goto(f"{site.url}/fr/")
    plain = set(page.evaluate("Object.getOwnPropertyNames(window)"))
    person.requests.clear()
    page.goto(f"{site.host}/fr")
    expect(page.get_by_role("radio")).to_have_count(5)
    assert set(page.evaluate("Object.getOwnPropertyNames(window)")) <= plain
    rate(page)
    send(page)
    expect(page.get_by_role("status")).to_contain_text(THANKS["fr"])
    nothing = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert nothing == [0, 0, ""]
    assert person.complaints == []
    asked = [url for url in person.requests if url.startswith(site.url)]
    asked = [url for url in asked if "/favicon-" not in url]  # late, of the page before
    assert len(asked) == 2, "the script, then the answer"


def test_a_page_with_hostile_styles_does_not_break_it(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    page = visitor(bypass_csp=True).page()
    page.goto(f"{site.host}/en")
    page.add_style_tag(
        content="input, button, label, fieldset, form, textarea, span, p, [role]"
        " { display: none !important; visibility: hidden !important; position: fixed !important }"
    )
    expect(page.get_by_role("radio")).to_have_count(5)
    rate(page, 4)
    expect(page.get_by_role("button")).to_be_visible()


def test_a_page_that_broke_the_language_does_not_break_it(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    person = visitor()
    page = person.page()
    page.goto(f"{site.host}/hostile")
    expect(page.get_by_role("radio")).to_have_count(5)
    rate(page)
    page.get_by_role("textbox").fill("Sur une page cassée.")
    send(page)
    expect(page.get_by_role("status")).to_contain_text(THANKS["fr"])
    assert person.complaints == []


def test_a_page_from_right_to_left(site: Site, visitor: Callable[..., Visitor]) -> None:
    page = visitor(width=320).page()
    page.goto(f"{site.host}/rtl?lang=en")
    first, second = page.get_by_role("radio").nth(0), page.get_by_role("radio").nth(1)
    expect(first).to_have_accessible_name("1 Very dissatisfied")
    left, right = (
        radio.evaluate("one => one.getBoundingClientRect().x") for radio in (first, second)
    )
    assert left < right
    assert barriers(page) == []


def test_an_application_adds_moves_and_removes_it(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    person = visitor()
    page = person.page()
    page.goto(f"{site.host}/app")
    add, remove = page.locator("#add"), page.locator("#remove")
    elements = page.locator("consult-feedback")
    add.click()
    expect(page.get_by_role("radio")).to_have_count(5)
    rate(page)
    page.get_by_role("textbox").fill("Gardé.")
    remove.click()
    expect(elements).to_have_count(0)
    add.click()
    expect(page.get_by_role("textbox")).to_have_value("Gardé.")
    add.click()
    expect(page.get_by_role("radio")).to_have_count(10)
    assert barriers(page) == []
    rate(elements.nth(1), 2)
    send(elements.nth(1))
    expect(elements.nth(1).get_by_role("status")).to_contain_text(THANKS["fr"])
    send(elements.nth(0))
    expect(elements.nth(0).get_by_role("status")).to_contain_text(THANKS["fr"])
    assert person.complaints == []


def test_the_script_twice_shows_two_forms_and_breaks_nothing(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    person = visitor(bypass_csp=True)
    page = person.page()
    page.goto(f"{site.host}/fr")
    expect(page.get_by_role("radio")).to_have_count(5)
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            const { src, dataset } = document.querySelector("script");
            script.src = src;
            script.dataset.service = dataset.service;
            script.dataset.set = "recommend";
            document.querySelector("main").append(script);
        }"""
    )
    expect(page.get_by_role("radio")).to_have_count(16)
    assert person.complaints == []


def test_a_brand_colour_keeps_its_contrast(site: Site, visitor: Callable[..., Visitor]) -> None:
    page = visitor(bypass_csp=True).page()
    page.goto(f"{site.host}/fr?display=button")
    button = page.get_by_role("button")
    for brand in ("#ffd400", "#767676", "#3a78ff", "#0f4c81", "#f4f4f4"):
        page.evaluate("c => document.body.style.setProperty('--consult-brand', c)", brand)
        assert button.evaluate(RATIO) >= 4.5, brand
