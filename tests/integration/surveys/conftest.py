"""A consultation that is open, and what a person types in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from consult.db import Localized, db, utc_now
from consult.organizations.models import Account, Organization, Role
from consult.surveys.models import Consultation, Response
from consult.surveys.services.prepare import (
    ConsultationDetails,
    add_version,
    create_consultation,
)
from consult.surveys.services.publish import publish
from consult.surveys.views import (
    own_answers,
    participate,
    question_page,
    read,
    receipt,
    refusals,
    verify,
)
from tests.factories.questionnaires import trails
from tests.pages import PageClient

FR = "/fr/consultations/sentiers"
EN = "/en/consultations/sentiers"

PAGE_1 = {"q_often": "daily", "q_with_whom": ["family", "dog"], "q_favourite": "Le grand tour"}
PAGE_2 = {"q_satisfaction": "4", "q_change": "Plus de bancs.", "q_region": "03"}


def details(**changes: Any) -> ConsultationDetails:
    now = utc_now()
    fields: dict[str, Any] = {
        part: Localized(f"{part} en français", f"{part} in English")
        for part in ("summary", "why", "influence", "decides", "what_next")
    }
    fields |= {
        "title": Localized("Nos sentiers", "Our trails"),
        "opens_at": now - timedelta(days=2),
        "closes_at": now + timedelta(days=10),
        "minutes": 4,
        "satisfaction_question": "satisfaction",
    }
    return ConsultationDetails(**{**fields, **changes})


@pytest.fixture
def browser(app: Flask) -> Callable[[], PageClient]:
    """``browser()`` is another person's browser."""
    return lambda: PageClient(app, app.response_class, use_cookies=True)


Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """``clock(moment)``: the pages of taking part believe that it is then."""
    pages = (own_answers, participate, question_page, read, receipt, refusals, verify)

    def set_to(moment: datetime) -> None:
        for module in pages:
            monkeypatch.setattr(module, "utc_now", lambda: moment)

    return set_to


@pytest.fixture
def editor(staff: Callable[..., Account]) -> Account:
    return staff(Role.EDITOR)


@pytest.fixture
def make_consultation(editor: Account, organization: Organization) -> Callable[..., Consultation]:
    """``make_consultation(closes_at=…)``: public, with the trails questionnaire or another."""

    def make(
        slug: str = "sentiers",
        public: bool = True,
        questionnaire: dict[str, Any] | None = None,
        **changes: Any,
    ) -> Consultation:
        made = create_consultation(editor, organization, slug, details(**changes))
        add_version(editor, made, questionnaire or trails(), utc_now())
        if public:
            publish(editor, made, utc_now())
        db.session.commit()
        return made

    return make


@pytest.fixture
def consultation(make_consultation: Callable[..., Consultation]) -> Consultation:
    return make_consultation()


def form_of(client: PageClient, path: str) -> dict[str, Any]:
    """The hidden fields of a page's forms, as a browser keeps them while the page is open."""
    fields: dict[str, Any] = {}
    for tag in client.page(path).select("main input[type=hidden]:not([disabled])"):
        fields.setdefault(str(tag["name"]), []).append(str(tag["value"]))
    return fields


def responses() -> list[Response]:
    """Every response, as the database has it now."""
    db.session.rollback()
    return list(db.session.scalars(db.select(Response).order_by(Response.id)))


def answer_all(client: PageClient, site: str = FR) -> str:
    """Answers both pages and sends; returns the address of the receipt."""
    check = f"{site}/{'check' if site.startswith('/en') else 'verification'}"
    client.submit(f"{site}/questionnaire/1", PAGE_1)
    client.submit(f"{site}/questionnaire/2", PAGE_2)
    return client.submit(check, {}).location
