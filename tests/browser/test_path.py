"""The whole path: a citizen's words come in by both doors, and come out behind a ranked theme.

In both languages, with JavaScript and without it; feedback from a page of another origin under a
strict policy.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from consult.feedback.spam import FASTEST_WORDS
from tests.browser.conftest import Site, Visitor
from tests.browser.pressing import press
from tests.browser.widget import take_time

WAYS = [(lang, javascript) for lang in ("fr", "en") for javascript in (True, False)]
NAMES = [f"{lang}-{'js' if javascript else 'no-js'}" for lang, javascript in WAYS]

ANSWER = {
    "fr": "Le code de connexion arrive trop tard par courriel et la page expire, vécu {mark}.",
    "en": "The sign-in code comes too late by email and the page expires, seen {mark}.",
}
COMMENT = {
    "fr": "J'attends encore le code de connexion par courriel, il n'arrive pas, {mark}.",
    "en": "Still waiting for the sign-in code by email, it never comes, {mark}.",
}


def mark_of(door: str, lang: str, javascript: bool) -> str:
    """A word nobody else writes, so that a person's words can be found again."""
    return f"zq{door}{lang}{'avec' if javascript else 'sans'}"


def start(page: Page, site: Site, lang: str) -> None:
    page.goto(f"{site.url}/{lang}/")
    title = {"fr": "Des permis de plein air plus simples", "en": "Simpler outdoor permits"}
    press(page.get_by_role("link", name=title[lang]))
    press(page.locator("main a.govuk-button").first)
    expect(page.locator("h1")).to_be_visible()


def fill_page(page: Page, words: str) -> None:
    """Answers every question of the page, by what each control is."""
    options = "input[type=radio], input[type=checkbox]"
    for group in page.locator(f"main form fieldset:not(:has(fieldset)):has({options})").all():
        group.locator(options).nth(1).check()
    for box in page.locator("main form textarea").all():
        box.fill(words)
    for line in page.locator("main form input[type=text]").all():
        line.fill("Permis 1 200 000 500 $")
    for choice in page.locator("main form select").all():
        choice.select_option(index=3)


def go_on(page: Page) -> None:
    press(page.locator("main form button.govuk-button").first)


@pytest.mark.parametrize(("lang", "javascript"), WAYS, ids=NAMES)
def test_a_citizen_answers_a_consultation(
    lang: str, javascript: bool, site: Site, visitor: Callable[..., Visitor]
) -> None:
    person = visitor(width=320, javascript=javascript)
    page = person.page()
    words = ANSWER[lang].format(mark=mark_of("answer", lang, javascript))
    start(page, site, lang)
    for _section in range(4):
        assert "/questionnaire/" in page.url
        fill_page(page, words)
        go_on(page)
    assert page.url.endswith(("/verification", "/check"))
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main")).to_contain_text("1 200 000 500 $")
    go_on(page)
    page.wait_for_url(re.compile(r"/(recu|receipt)$"))
    code = page.locator(".app-receipt").inner_text()
    assert re.search(r"([0-9A-Z]{4}[\s-]?){3}", code), code
    page.go_back()
    page.goto(page.url)
    assert person.complaints == []


def test_switching_language_midway_loses_nothing(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    page = visitor(javascript=False).page()
    start(page, site, "fr")
    page.locator("input[type=text]").first.fill("une réponse à moitié écr")
    page.locator("input[type=checkbox]").nth(2).check()
    press(page.locator("header").get_by_text("English"))
    assert "/en/" in page.url
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^en"))
    expect(page.locator("input[type=text]").first).to_have_value("une réponse à moitié écr")
    expect(page.locator("input[type=checkbox]").nth(2)).to_be_checked()


def test_a_missing_answer_is_announced_and_the_rest_kept(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    page = visitor().page()
    start(page, site, "fr")
    page.locator("input[type=text]").first.fill("gardez ceci")
    go_on(page)
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page.locator("input[type=text]").first).to_have_value("gardez ceci")
    summary.locator("a").first.click()
    assert page.evaluate("document.activeElement.matches('main form input')")
    assert page.title().startswith("Erreur")


def test_the_keyboard_alone_is_enough(site: Site, visitor: Callable[..., Visitor]) -> None:
    """From the home page to the second page of questions with Tab, Space, Enter and letters."""
    page = visitor().page()
    page.goto(f"{site.url}/fr/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    press_until(page, "a", "Des permis de plein air")
    page.keyboard.press("Enter")
    page.wait_for_url("**/consultations/permis-simples")
    press_until(page, "main a.govuk-button", "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaire/1")
    press_until(page, "input[type=checkbox]", "")
    page.keyboard.press("Space")
    press_until(page, "input[type=radio]", "")
    page.keyboard.press("Space")
    press_until(page, "main form button.govuk-button", "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaire/2")


def press_until(page: Page, selector: str, text: str) -> None:
    """Presses Tab until the focus is on what ``selector`` and ``text`` describe, and is visible."""
    for _key in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """([selector, text]) => {
                const focused = document.activeElement;
                if (!focused.matches(selector) || !focused.textContent.includes(text)) return null;
                const style = getComputedStyle(focused);
                return style.outlineStyle !== 'none' || style.boxShadow !== 'none'
                    || focused.matches('input');
            }""",
            [selector, text],
        )
        if found is not None:
            assert found, "the focus cannot be seen"
            return
    raise AssertionError(f"the keyboard never reaches {selector} {text}")


@pytest.mark.parametrize(("lang", "javascript"), WAYS, ids=NAMES)
def test_a_citizen_leaves_feedback_from_another_site(
    lang: str, javascript: bool, site: Site, visitor: Callable[..., Visitor]
) -> None:
    person = visitor(width=320, javascript=javascript)
    page = person.page()
    words = COMMENT[lang].format(mark=mark_of("widget", lang, javascript))
    if javascript:
        page.clock.install()
    page.goto(f"{site.host}/{lang}")
    if javascript:
        page.get_by_role("radio").nth(0).check(force=True)
        page.get_by_role("textbox").fill(words)
        take_time(page)
        page.get_by_role("button").dblclick()
        expect(page.get_by_role("status")).to_contain_text("Merci" if lang == "fr" else "Thank you")
        assert len([u for u in person.requests if "/api/" in u]) == 1
    else:
        press(page.locator("noscript a, a").first)
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{lang}"))
        page.get_by_role("radio").nth(0).check()
        page.get_by_role("textbox").first.fill(words)
        page.wait_for_timeout(
            1000 * FASTEST_WORDS
        )  # who writes takes time; haste is held for review
        go_on(page)
        expect(page.locator("main")).to_contain_text("Merci" if lang == "fr" else "Thank you")
    assert person.context.cookies() == []
    assert person.complaints == []


def comments_behind(page: Page, report: str) -> Iterator[str]:
    """The text of every page of comments behind the themes of a report."""
    page.goto(report)
    themes = page.eval_on_selector_all(
        "main a[href*='/themes/']", "all => [...new Set(all.map(a => a.href.split('#')[0]))]"
    )
    for theme in [t for t in themes if re.search(r"/themes/\d+$", t)]:
        page.goto(theme)
        yield page.locator("main").inner_text()
        while page.locator("main a[rel=next]").count():
            press(page.locator("main a[rel=next]").first)
            yield page.locator("main").inner_text()


def analyse(page: Page, site: Site, lang: str, **subject: str) -> str:
    """Asks for a new analysis of a subject, waits for it, and returns the report's address."""
    page.goto(f"{site.url}/{lang}/analyses")
    form = page.locator("main form")
    for name, value in subject.items():
        form = form.filter(has=page.locator(f"input[name={name}][value='{value}']"))
    press(form.locator("button"))
    page.wait_for_url(re.compile(r"/analyses/[0-9a-f-]{36}"))
    report = page.url.split("#")[0]
    for _time in range(60):
        page.goto(report)
        if page.locator("main a[href*='/themes/']").count():
            return report
        page.wait_for_timeout(500)
    raise AssertionError(page.locator("main").inner_text())


def test_the_team_sees_these_words_in_its_report(
    site: Site, signed_in: Callable[..., Page]
) -> None:
    """Runs after the tests above, in the same demo."""
    page = signed_in("en")
    question = {"consultation": "permis-simples", "question": "hardest"}
    for subject, door in (({"service": "permis-plein-air"}, "widget"), (question, "answer")):
        report = analyse(page, site, "en", **subject)
        words = "\n".join(comments_behind(page, report))
        for lang, javascript in WAYS:
            assert mark_of(door, lang, javascript) in words


def test_a_theme_becomes_an_improvement_people_can_read(
    site: Site, signed_in: Callable[..., Page], visitor: Callable[..., Visitor]
) -> None:
    page = signed_in("fr")
    page.goto(f"{site.url}/fr/analyses")
    press(page.locator("main a[href*='/analyses/']").first)
    press(page.locator("main a[href$='/amelioration']").first)
    fields = {
        "title_fr": "Un code qui arrive tout de suite",
        "title_en": "A code that comes at once",
        "said_fr": "Le code tardait.",
        "said_en": "The code was late.",
        "did_fr": "Le code part maintenant en dix secondes.",
        "did_en": "The code now leaves within ten seconds.",
    }
    for name, words in fields.items():
        page.locator(f"[name={name}]").fill(words)
    state = page.locator("select[name=state]")
    if state.count():
        state.select_option("done")
    else:
        page.locator("input[name=state][value=done]").check()
    go_on(page)
    public = visitor(javascript=False).page()
    for path, words in (
        ("fr/vous-avez-dit-nous-avons-fait", fields["did_fr"]),
        ("en/you-said-we-did", fields["did_en"]),
    ):
        public.goto(f"{site.url}/{path}")
        expect(public.locator("main")).to_contain_text(words)


def test_a_card_of_the_board_moves_by_keyboard_without_javascript(
    site: Site, signed_in: Callable[..., Page]
) -> None:
    page = signed_in("fr", javascript=False)
    page.goto(f"{site.url}/fr/ameliorations/tableau")
    card = page.locator("section[aria-labelledby=state-to_study] li").first
    title = card.locator("h3").inner_text()
    card.locator("select").focus()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    planned = page.locator("section[aria-labelledby=state-planned]")
    expect(planned).to_contain_text(title)
    expect(page.locator("[role=status]")).to_contain_text(title)
