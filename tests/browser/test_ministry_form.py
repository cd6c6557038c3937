"""A LimeSurvey form of the French ministry of finance, brought in by staff and answered to the end.

Through the pages alone: it is imported and completed by an editor, answered in both languages with
JavaScript and without it, and what leaves in the export is what was typed.
"""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from consult.questionnaires import Answer, Question, Questionnaire, parse_questionnaire
from consult.questionnaires.logic import Logic
from consult.surveys.export.columns import columns_of
from consult.surveys.export.questions import asked_questions
from tests.browser.answering import Respondent
from tests.browser.conftest import Site, Visitor
from tests.browser.pressing import press

SLUG = "formulaire-du-ministere"
#: Each language once, each way once: the other two are walked in test_path.py, on a shorter form.
WAYS = [("fr", True), ("en", False)]
NAMES = ["fr-js", "en-no-js"]
#: What the file holds that a questionnaire here has no place for; the page lists each.
LOST = 26


@pytest.fixture
def form(shared_data: Path) -> Path:
    found = shared_data / "survey_forms" / "other" / "mef_questionnaire_test_rgaa.lss"
    if not found.is_file():
        pytest.skip(f"needs the ministry's form, absent: {found.name}")
    return found


@pytest.fixture
def staff(signed_in: Callable[..., Page]) -> Page:
    return signed_in("en")


@pytest.fixture
def questionnaire(form: Path, staff: Page, site: Site) -> Questionnaire:
    """The form as it is public on the site, brought in by whichever test comes first."""
    place = f"{site.url}/en/staff/consultations/{SLUG}"
    answer = staff.goto(place)
    assert answer is not None
    if answer.status == 404:
        _create(staff, site)
        _import(staff, place, form)
        _complete(staff, place)
        _put_in_place(staff, place)
        _publish(staff, place)
    content = staff.request.get(f"{place}/questionnaire/1/export.json").body()
    return parse_questionnaire(content)


def _create(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/en/staff/consultations/new")
    page.locator("[name=slug]").fill(SLUG)
    for part in ("title", "summary", "why", "influence", "decides", "what_next"):
        page.locator(f"[name={part}_fr]").fill(f"Formulaire d'essai, {part}")
        page.locator(f"[name={part}_en]").fill(f"Test form, {part}")
    page.locator("[name=opens_at]").fill("2026-01-05T08:00")
    page.locator("[name=closes_at]").fill("2099-12-31T16:30")
    press(page.locator("main form button").last)
    page.wait_for_url(f"**/{SLUG}")


def _import(page: Page, place: str, form: Path) -> None:
    page.goto(f"{place}/questionnaire/import")
    page.locator("input[type=file]").set_input_files(form)
    press(page.locator("main form button").last)
    losses = page.locator("main table tbody tr")
    expect(losses).to_have_count(LOST)
    expect(losses.filter(has_text="Language switch")).to_have_count(1)
    press(page.locator("button[name=how][value=draft]"))
    page.wait_for_url("**/questionnaire/build")


def _complete(page: Page, place: str) -> None:
    """Writes each text that lacks a language."""
    links = page.locator("main ul.govuk-list a")
    page.goto(f"{place}/questionnaire/build/languages")
    assert links.count() == 1
    address = links.first.get_attribute("href") or ""
    page.goto(f"{place.split('/en/')[0]}{address}")
    page.locator(f"[id='{address.partition('#')[2]}']").fill("Between one and two answers.")
    press(page.locator("button[name=do][value=save]:visible"))
    page.goto(f"{place}/questionnaire/build/languages")
    expect(page.locator("main")).to_contain_text("Nothing is missing")


def _put_in_place(page: Page, place: str) -> None:
    page.goto(f"{place}/questionnaire/build")
    press(page.locator("form[action$='/version'] button"))
    expect(page.locator("main")).to_contain_text("Version 1 of the questionnaire is in place.")


def _publish(page: Page, place: str) -> None:
    page.goto(place)
    press(page.locator("form[action$='/publication'] button"))
    expect(page.locator("main")).to_contain_text("The consultation is public.")


def chosen_answers(questionnaire: Questionnaire, mark: str) -> dict[str, Answer]:
    """An answer to every question; ``mark`` is in the words, so that a row can be found again."""
    return {q.name: _chosen(q, n, mark) for n, q in enumerate(questionnaire.questions)}


def _chosen(question: Question, n: int, mark: str) -> Answer:
    special: dict[str, Answer] = {
        "s": f"=1+1 pèse « {mark} »",  # a spreadsheet would run it
        "qcs3": "no",  # 'yes' hides the two notes that follow
        "af": ["sq01", "sq04"],  # each of the next two matrices is hidden by all or none
    }
    names = [option.name for option in question.options]
    plain: dict[str, Callable[[], Any]] = {
        "short_text": lambda: f"Réponse {n}, {mark}",
        "long_text": lambda: f"{mark} {n} écrit"[: getattr(question, "max_length", 99)],
        "integer": lambda: (-2, 0, 2)[n % 3],
        "decimal": lambda: str(Decimal(n % 8) + Decimal("1.5")),
        "date": lambda: _day(question),
        "ranking": lambda: names[::-1][: getattr(question, "places", None)],
        "several_choices": lambda: [x for x in names if x != getattr(question, "exclusive", None)],
        "one_choice": lambda: names[-1],  # "other" where there is one
        "yes_no": lambda: "yes",
    }
    if question.name in special:
        return special[question.name]
    if question.type in plain:
        return question.normalise(plain[question.type]())
    return question.normalise(names[n % len(names)])


def _day(question: Question) -> str:
    latest = getattr(question, "latest", None) or date(2026, 3, 31)
    return max(latest, getattr(question, "earliest", None) or latest).isoformat()


def cells(questionnaire: Questionnaire, answers: dict[str, Answer]) -> dict[str, str]:
    """What an export in codes has to say of these answers, by the name of the column."""
    found = {}
    for column in columns_of(asked_questions([(1, questionnaire)])):
        answer = answers[column.asked.name]
        several = answer if isinstance(answer, list) else []
        if column.choice:
            found[column.name] = "1" if column.choice.name in several else "0"
        elif column.place:
            found[column.name] = several[column.place - 1] if column.place <= len(several) else ""
        else:
            found[column.name] = "|".join(several) or str(answer)
    return {name: f"'{cell}" if cell.startswith("=") else cell for name, cell in found.items()}


def exported(page: Page, site: Site, mark: str) -> dict[str, str]:
    """The row of the answers with this mark, in the file that staff downloads."""
    page.goto(f"{site.url}/en/staff/consultations/{SLUG}/export")
    page.locator("input[name=format][value=csv]").check()
    page.locator("input[name=open]").check()
    with page.expect_download() as download:
        page.locator("main form button").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if mark in row["s"]]
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize(("lang", "javascript"), WAYS, ids=NAMES)
def test_what_is_typed_is_what_is_exported(
    lang: str,
    javascript: bool,
    questionnaire: Questionnaire,
    staff: Page,
    site: Site,
    visitor: Callable[..., Visitor],
) -> None:
    mark = f"zqm{lang}{'avec' if javascript else 'sans'}"
    answers = chosen_answers(questionnaire, mark)
    outcome = Logic(questionnaire).outcome(answers, today=date(2026, 3, 31))
    assert outcome.errors == {}
    assert outcome.answers == answers, "each question is asked"
    person = visitor(javascript=javascript)
    page = person.page()
    page.goto(f"{site.url}/{lang}/consultations/{SLUG}")
    press(page.locator("main a.govuk-button").first)
    respondent = Respondent(page, questionnaire, lang, javascript)
    respondent.to_the_end(answers)
    assert respondent.given == answers
    row = exported(staff, site, mark)
    assert (row["_lang"], row["_version"]) == (lang, "1")
    expected = cells(questionnaire, answers)
    assert {name: row[name] for name in expected} == expected
    assert {name for name in row if not name.startswith("_")} == expected.keys()
    assert person.complaints == []
