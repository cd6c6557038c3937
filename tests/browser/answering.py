"""Somebody who answers a questionnaire in a browser, from its definition and chosen answers."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from consult.questionnaires import Answer, Question, Questionnaire, Section
from tests.browser.pressing import press

#: Ways in which a page is seen again before its answers are complete, at most.
MOST_TURNS = 4

_VISIBLE = """all => all.filter(one => one.checkVisibility()).map(one => one.dataset.question)"""
_FOLLOWED = """names => {
    const all = [...document.querySelectorAll("#questions [data-question]")];
    const shown = all.filter(one => one.checkVisibility()).map(one => one.dataset.question);
    return shown.length === names.length && shown.every(name => names.includes(name));
}"""


@dataclass
class Respondent:
    """A person on the pages of one questionnaire; ``given`` is what they answered so far.

    A file is given as the path of one.
    """

    page: Page
    questionnaire: Questionnaire
    lang: str
    javascript: bool
    given: dict[str, Answer | Path] = field(default_factory=dict)

    @property
    def visible(self) -> set[str]:
        """The names of the questions, rows, headings and notes that the eye can see."""
        found: list[str] = self.page.eval_on_selector_all("#questions [data-question]", _VISIBLE)
        return set(found)

    def wait_to_see(self, names: Collection[str]) -> None:
        """Waits until the eye sees these and no other; each change of a control is followed."""
        self.page.wait_for_function(_FOLLOWED, arg=sorted(names))

    def give(self, question: Question, answer: Answer | Path) -> None:
        """Answers one question, and waits until the page has followed."""
        self._follow(lambda: fill(self.page, question, answer, self.lang))
        self.given[question.name] = answer

    def to_the_end(self, answers: Mapping[str, Answer | Path]) -> str:
        """Answers page after page, sends, and returns the receipt code."""
        turns: dict[int, int] = {}
        while found := re.search(r"/questionnaire/(\d+)", self.page.url):
            number = int(found[1])
            turns[number] = turns.get(number, 0) + 1
            assert turns[number] < MOST_TURNS, f"page {number} comes again and again"
            self.answer_page(self.questionnaire.sections[number - 1], answers)
            self.go_on()
            assert not self.page.locator(".govuk-error-summary").count(), self._said()
        expect(self.page).to_have_url(re.compile(r"/(verification|check)$"))
        self.go_on()
        self.page.wait_for_url(re.compile(r"/(recu|receipt)$"))
        return self.page.locator(".app-receipt").inner_text()

    def answer_page(self, section: Section, answers: Mapping[str, Answer | Path]) -> None:
        """Answers what the page shows, and what it shows because of that."""
        while asked := self._to_answer(section, answers):
            for question in asked:
                self.give(question, answers[question.name])

    def go_on(self) -> None:
        """Presses the main button of the page, and waits for what follows."""
        press(self.page.locator("main form button.govuk-button:not([name])").first)

    def _to_answer(self, section: Section, answers: Mapping[str, Answer | Path]) -> list[Question]:
        visible = self.visible
        return [
            question
            for question in section.answerable
            if question.name in answers
            and question.name not in self.given
            and question.name in visible
        ]

    def _follow(self, change: Callable[[], None]) -> None:
        if not self.javascript or not self.page.locator("[data-preview] [data-logic]").count():
            change()
            return
        with self.page.expect_response(re.compile(r"/(apercu|preview)$")) as told:
            change()
            self.page.evaluate("document.activeElement.blur()")
        self.page.wait_for_function(_FOLLOWED, arg=told.value.json()["visible"])

    def _said(self) -> str:
        return self.page.locator(".govuk-error-summary").inner_text()


def fill(page: Page, question: Question, answer: Answer | Path, lang: str) -> None:
    """Fills the controls of a question with an answer, as a person would."""
    name = f"q_{question.name}"
    if isinstance(answer, Path):
        page.locator(f"input[type=file][name='{name}']").set_input_files(answer)
    elif question.type == "date":
        for part, typed in zip(("year", "month", "day"), str(answer).split("-"), strict=True):
            page.locator(f"input[name='{name}-{part}']").fill(typed)
    elif question.type == "ranking" and isinstance(answer, list):
        for rank, choice in enumerate(answer, 1):
            page.locator(f"select[name='{name}-{choice}']").select_option(str(rank))
    elif question.options:
        for choice in answer if isinstance(answer, list) else [str(answer)]:
            _choose(page, name, choice)
    else:
        page.locator(f"[name='{name}']").fill(question.in_words(answer, lang)[0])


def _choose(page: Page, name: str, choice: str) -> None:
    select = page.locator(f"select[name='{name}']")
    if select.count():
        select.select_option(choice)
    else:
        page.locator(f"input[name='{name}'][value='{choice}']").check()
