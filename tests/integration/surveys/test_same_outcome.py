"""What people see without JavaScript is what the logic says, whatever is asked and answered."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.config import QUEBEC_TIME
from consult.db import db, utc_now
from consult.organizations.models import Account, Organization
from consult.questionnaires import Answer, Section, parse_questionnaire
from consult.questionnaires.logic import Logic
from consult.surveys.models import Consultation
from consult.surveys.services.prepare import add_version, create_consultation
from consult.surveys.services.publish import publish
from tests.factories.definitions import answers_for, definitions
from tests.integration.surveys.conftest import details
from tests.integration.surveys.walking import form_data, names_on, shown_on
from tests.pages import PageClient

#: What a form does not send as such: a file, a code of the link, what nobody types.
NOT_TYPED = ("file", "hidden", "calculated")


@pytest.fixture
def ask(editor: Account, organization: Organization) -> Callable[[dict[str, Any]], Consultation]:
    """``ask(definition)`` is a public consultation that asks it."""
    made: list[Consultation] = []

    def make(definition: dict[str, Any]) -> Consultation:
        changes = details(satisfaction_question=None)
        made.append(create_consultation(editor, organization, f"essai-{len(made)}", changes))
        add_version(editor, made[-1], definition, utc_now())
        publish(editor, made[-1], utc_now())
        db.session.commit()
        return made[-1]

    return make


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_pages_show_what_the_logic_says(
    data: st.DataObject,
    app: Flask,
    ask: Callable[[dict[str, Any]], Consultation],
) -> None:
    definition = data.draw(definitions())
    questionnaire = parse_questionnaire(definition)
    answers = data.draw(answers_for(questionnaire))
    answers = {
        q.name: answers[q.name]
        for q in questionnaire.questions
        if q.name in answers and q.type not in NOT_TYPED
    }
    logic, today = Logic(questionnaire), datetime.now(ZoneInfo(QUEBEC_TIME)).date()
    site = f"/fr/consultations/{ask(definition).slug}/questionnaire"
    client = PageClient(app, app.response_class, use_cookies=True)
    kept: dict[str, Answer] = {}
    for number, section in enumerate(questionnaire.sections, 1):
        outcome = logic.outcome(kept, today=today)
        shown = client.get(f"{site}/{number}")
        if section.name not in outcome.sections:
            assert shown.status_code in (302, 303), f"page {number} has nothing to show"
            continue
        if not kept and number > 1 and shown.status_code == 303:
            continue  # nobody has begun yet: the first page that is shown comes first
        page = BeautifulSoup(shown.data, "html.parser")
        assert shown_on(page) == outcome.visible & names_on(section)
        sent = form_data(section, answers, page)
        kept |= {n: a for n, a in answers.items() if n in shown_on(page) and n in _names(section)}
        client.post(f"{site}/{number}", data=sent)
        again = client.page(f"{site}/{number}")
        outcome = logic.outcome(kept, today=today)
        if section.name in outcome.sections:
            assert shown_on(again) == outcome.visible & names_on(section)


@pytest.mark.parametrize("page", ["questionnaire/1", "verification"])
def test_who_is_asked_nothing_is_told_so(
    app: Flask, ask: Callable[[dict[str, Any]], Consultation], page: str
) -> None:
    questions = [{"name": "q", "type": "yes_no", "label": {"fr": "Oui ?", "en": "Yes?"}}]
    words = {"fr": "Essai", "en": "Trial"}
    section = {"name": "p", "title": words, "relevant": "1 = 2", "questions": questions}
    made = ask({"title": words, "sections": [section]})
    client = PageClient(app, app.response_class, use_cookies=True)
    shown = client.get(f"/fr/consultations/{made.slug}/{page}", follow_redirects=True)
    assert shown.request.path == f"/fr/consultations/{made.slug}"
    assert BeautifulSoup(shown.data, "html.parser").select_one(".app-notice")


def _names(section: Section) -> set[str]:
    return {question.name for question in section.answerable}
