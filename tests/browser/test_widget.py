"""The widget on another site, in each of its states, as people meet it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from consult.feedback.question_sets import READY
from tests.browser.axe import barriers, overflows
from tests.browser.conftest import Site, Visitor
from tests.browser.widget import (
    KEPT,
    THANKS,
    answer,
    fields,
    posts,
    rate,
    refuse_all,
    send,
    take_time,
)

#: To the end of each ready set, through its follow-ups.
ANSWERS: dict[str, list[dict[str, object]]] = {
    "rating": [{"rating": "4", "comment": "Bien."}],
    "faces": [
        {"feeling": "good", "clear": "4", "help": ["phone", "website"], "help_reached": "yes"}
        | {"help_quality": "5", "comment": "Merci."}
    ],
    "task": [
        {"completion": "no", "why_not": "broken", "ease": "2", "satisfaction": "1"},
        {"completion": "yes", "ease": "5", "satisfaction": "5", "comment": "Facile."},
    ],
    "trust": [
        {"trust": "5", "went_well": ["ease", "humanity"]},
        {"trust": "2", "went_badly": ["efficiency"], "comment": "Trop long."},
    ],
    "recommend": [{"recommend": "10", "comment": "Oui."}],
}
WAYS = [(name, told) for name, all_told in ANSWERS.items() for told in all_told]


@pytest.mark.parametrize(("lang", "width"), [("fr", 320), ("en", 1280)])
def test_no_state_holds_a_barrier(
    lang: str, width: int, site: Site, visitor: Callable[..., Visitor]
) -> None:
    page = visitor(width=width).page()
    page.goto(f"{site.host}/{lang}?set=faces")
    expect(page.get_by_role("radio")).to_have_count(3)
    assert barriers(page) == []
    rate(page, 1)
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("textbox").fill("418 555-0199")
    assert barriers(page) == []
    assert not overflows(page)
    send(page)
    expect(page.get_by_role("alert")).not_to_be_empty()
    assert barriers(page) == []
    page.route("**/feedback", refuse_all(409))
    send(page)
    expect(page.get_by_role("status")).to_contain_text(KEPT[lang])
    assert barriers(page) == []
    page.goto(f"{site.host}/{lang}?display=button&page=/autre")
    page.unroute("**/feedback")
    page.get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert barriers(page) == []
    rate(page)
    send(page)
    expect(page.get_by_role("status")).to_contain_text(THANKS[lang])
    assert barriers(page) == []


@pytest.mark.parametrize(("name", "told"), WAYS)
def test_each_ready_set_goes_to_its_end(
    name: str, told: dict[str, object], site: Site, visitor: Callable[..., Visitor]
) -> None:
    page = visitor().page()
    sent = posts(page)
    lang = "en" if "comment" in told else "fr"
    page.goto(f"{site.host}/{lang}?set={name}&reference=A-12&channel=counter")
    answer(page, READY[name], told)
    send(page)
    expect(page.get_by_role("status")).to_contain_text(THANKS[lang])
    got = fields(sent[0])
    assert (got["question_set"], got["lang"], got["reference"]) == ([name], [lang], ["A-12"])
    assert (got["channel"], got["page"]) == (["counter"], [f"/{lang}"])
    names = {question.name for question in READY[name].section.questions}
    given = {key: values for key, values in got.items() if key in names}
    assert given == {key: v if isinstance(v, list) else [v] for key, v in told.items()}


def test_what_is_hidden_again_is_not_sent(site: Site, visitor: Callable[..., Visitor]) -> None:
    page = visitor().page()
    sent = posts(page)
    page.goto(f"{site.host}/fr?set=task")
    answer(page, READY["task"], {"completion": "no", "why_not": "broken"})
    page.locator("[name=completion][value=yes]").check()
    expect(page.locator("[name=why_not]").first).to_be_hidden()
    send(page)
    expect(page.get_by_role("status")).to_contain_text(THANKS["fr"])
    assert "why_not" not in fields(sent[0])


def test_a_choice_that_goes_alone_unticks_the_others(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    page = visitor().page()
    page.goto(f"{site.host}/en?set=faces")
    rate(page, 0)
    boxes = page.get_by_role("checkbox")
    boxes.nth(1).check()
    boxes.nth(2).check()
    boxes.nth(0).check()
    expect(boxes.nth(1)).not_to_be_checked()
    boxes.nth(3).check()
    expect(boxes.nth(0)).not_to_be_checked()
    expect(page.get_by_role("status")).to_have_text("More questions follow.")


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


def test_the_dialog_keeps_the_focus_and_gives_it_back(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    page = visitor().page()
    page.goto(f"{site.host}/en?display=button")
    opener = page.get_by_role("button", name="Give my feedback")
    expect(page.get_by_role("dialog")).to_be_hidden()
    opener.press("Enter")
    expect(page.get_by_role("radio").first).to_be_focused()
    rate(page)
    page.get_by_role("textbox").fill("Kept")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    expect(page.get_by_role("textbox")).to_have_value("Kept")
    page.get_by_role("button", name="Close").click()
    expect(opener).to_be_focused()


def test_it_warns_once_and_what_identifies_a_person_is_gone_when_the_team_reads(
    site: Site, visitor: Callable[..., Visitor], signed_in: Callable[..., Page]
) -> None:
    page = visitor().page()
    page.clock.install()
    sent = posts(page)
    page.goto(f"{site.host}/fr")
    rate(page, 2)
    page.get_by_role("textbox").fill("Rappelez-moi au 418 555-0199, zqrappel, nom@exemple.ca")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("sera masqué")
    expect(page.get_by_role("textbox")).to_be_focused()
    assert sent == []
    take_time(page)
    send(page)
    expect(page.get_by_role("status")).to_contain_text("a été masqué")
    team = signed_in("fr")
    team.goto(f"{site.url}/fr/equipe/services/permis-plein-air")
    comment = team.get_by_text(re.compile("zqrappel"))
    expect(comment).to_contain_text("[téléphone/phone], zqrappel, [courriel/email]")
