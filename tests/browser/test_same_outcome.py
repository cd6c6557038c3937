"""What the browser shows after each change is what the logic says, whatever is asked and answered.

The same definitions and answers as for the pages without JavaScript.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from consult import create_app
from consult.config import QUEBEC_TIME
from consult.db import Localized, db, utc_now
from consult.organizations.queries import account_by_email, organizations_of
from consult.questionnaires import Answer, Question, parse_questionnaire
from consult.questionnaires.logic import Logic, Outcome
from consult.surveys.services.prepare import ConsultationDetails, add_version, create_consultation
from consult.surveys.services.publish import publish
from tests.browser.answering import Respondent
from tests.browser.conftest import Site, Visitor
from tests.conftest import make_settings
from tests.factories.definitions import answers_for, definitions
from tests.integration.surveys.walking import names_on

#: What is not typed on a page: a file has no rule, a link brings codes, a value is worked out.
NOT_TYPED = ("file", "hidden", "calculated")

WORDS = Localized("Essai", "Trial")


@pytest.fixture
def beside(site: Site) -> Iterator[Flask]:
    """An application on the data of the demo that runs."""
    app = create_app(make_settings(site.var_dir))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def ask(beside: Flask, site: Site) -> Callable[[dict[str, Any]], str]:
    """``ask(definition)`` is the address of a public consultation that asks it."""
    asked = 0

    def make(definition: dict[str, Any]) -> str:
        nonlocal asked
        asked += 1
        now = utc_now()
        actor = account_by_email(site.email)
        assert actor is not None
        details = ConsultationDetails(
            title=WORDS,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=1),
            minutes=5,
            **dict.fromkeys(("summary", "why", "influence", "decides", "what_next"), WORDS),  # type: ignore[arg-type]
        )
        body = organizations_of(actor)[0]
        slug = f"meme-issue-{asked}"
        made = create_consultation(actor, body, slug, details)
        add_version(actor, made, definition, now)
        publish(actor, made, now)
        db.session.commit()
        db.session.remove()  # what is read would keep the site from writing
        return f"{site.url}/fr/consultations/{slug}/questionnaire"

    return make


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a browser is too slow to look for the smallest failure
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_browser_shows_what_the_logic_says(
    data: st.DataObject, ask: Callable[[dict[str, Any]], str], visitor: Callable[..., Visitor]
) -> None:
    definition = data.draw(definitions())
    questionnaire = parse_questionnaire(definition)
    answers = data.draw(answers_for(questionnaire))
    logic, today = Logic(questionnaire), datetime.now(ZoneInfo(QUEBEC_TIME)).date()
    address = ask(definition)
    page = visitor().page()
    kept: dict[str, Answer] = {}
    has_begun = False
    for number, section in enumerate(questionnaire.sections, 1):
        outcome = logic.outcome(kept, today=today)
        page.goto(f"{address}/{number}")
        if not page.url.endswith(f"/questionnaire/{number}"):
            assert section.name not in outcome.sections or not has_begun
            continue
        respondent = Respondent(page, questionnaire, "fr", javascript=True)
        assert respondent.visible == outcome.visible & names_on(section)
        for question in section.answerable:
            if not _can_be_answered(question, answers, outcome):
                continue
            respondent.give(question, answers[question.name])
            kept[question.name] = _left(question, answers[question.name])
            outcome = logic.outcome(kept, today=today)
            respondent.wait_to_see(outcome.visible & names_on(section))
        respondent.go_on()
        has_begun = True


def _can_be_answered(question: Question, answers: dict[str, Answer], outcome: Outcome) -> bool:
    """True when the question is seen, and what is to be answered is on offer."""
    answer = answers.get(question.name)
    if answer is None or question.type in NOT_TYPED or question.name not in outcome.visible:
        return False
    offered = outcome.choices.get(question.name)
    return offered is None or answer in offered


def _left(question: Question, answer: Answer) -> Answer:
    """What stays ticked once the last of these was: the choice that goes alone unticks others."""
    alone = getattr(question, "exclusive", None)
    return [alone] if isinstance(answer, list) and alone in answer else answer
