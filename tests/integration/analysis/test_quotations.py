"""A quotation leads to its comment, in its context, for those who may read it."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from consult.analysis.improvements.evidence import (
    analyses_named,
    of_theme,
    quotations_with,
    still_said,
)
from consult.analysis.models import Analysis, CommentKind, Theme, ThemeComment
from consult.analysis.queries.sources import standing
from consult.analysis.queries.subjects import subject_of_question
from consult.analysis.services.request import request_analysis
from consult.db import Localized, db
from consult.jobs.models import JobState
from consult.organizations import services as organizations
from consult.organizations.models import Account, Organization, Role
from consult.surveys.models import Consultation, QuestionnaireVersion
from consult.surveys.models import Response as SurveyResponse
from consult.surveys.models.responses import ResponseState
from consult.surveys.services.withdraw import withdraw
from tests.pages import PageClient

NOW = datetime(2026, 3, 1, 15, tzinfo=UTC)
SignIn = Callable[[Account], None]
Staff = Callable[..., Account]


def _question(name: str, fr: str, en: str) -> dict[str, Any]:
    return {"type": "long_text", "name": name, "label": {"fr": fr, "en": en}}


QUESTIONNAIRE = {
    "title": {"fr": "Essai", "en": "Trial"},
    "sections": [
        {
            "name": "main",
            "title": {"fr": "Vos idées", "en": "Your ideas"},
            "questions": [
                _question("keep", "Que faut-il garder", "What should stay"),
                _question("change", "Que faut-il changer", "What should change"),
            ],
        }
    ],
}


def answered(organization: Organization, slug: str = "parcs", **answers: str) -> SurveyResponse:
    words = Localized("Parcs", "Parks")
    texts = dict.fromkeys(("title", "summary", "why", "influence", "decides", "what_next"), words)
    dates: dict[str, Any] = {"opens_at": NOW, "closes_at": NOW + timedelta(days=1), "minutes": 5}
    asked = Consultation(slug=slug, organization=organization, **dates, **texts)
    asked.versions.append(QuestionnaireVersion(number=1, definition=QUESTIONNAIRE))
    db.session.add(asked)
    db.session.flush()
    sent = SurveyResponse(
        consultation=asked,
        version=asked.versions[0],
        receipt_code=f"{slug:0<12}"[:12],
        state=ResponseState.SUBMITTED,
        answers=answers,
        lang="en",
        started_at=NOW,
        submitted_at=NOW,
    )
    db.session.add(sent)
    db.session.commit()
    return sent


def test_withdrawn_answers_stand_no_more(organization: Organization, analyst: Account) -> None:
    sent = answered(organization, keep="The trails", change="More benches")
    subject = subject_of_question("parcs", "change")
    assert subject
    made = request_analysis(analyst, subject, themes=None, seed=0, now=NOW)
    assert standing(made) == {sent.public_id}
    withdraw(sent, NOW)
    assert standing(made) == set()


def test_to_the_inbox_from_feedback(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    report = client.page(f"/fr/analyses/{analysis.public_id}")
    figure = report.select_one("figure.app-quotation")
    assert figure
    link = figure.select_one("a")
    assert link
    assert str(link["href"]).startswith("/fr/equipe/services/permis-en-ligne/avis/")
    words = figure.blockquote.get_text() if figure.blockquote else ""
    assert words
    assert words in client.page(link["href"]).get_text()
    theme = client.page(f"/en/analyses/{analysis.public_id}/themes/1")
    assert len(theme.select("figure a")) == len(theme.select("figure"))


def test_to_the_answers_and_the_question_from_a_consultation(
    client: PageClient, organization: Organization, staff: Staff, sign_in: SignIn
) -> None:
    analyst = staff(Role.ANALYST)
    sent = answered(organization, keep="The trails", change="More <b>benches</b>")
    subject = subject_of_question("parcs", "change")
    assert subject
    made = request_analysis(analyst, subject, themes=None, seed=0, now=NOW)
    made.completed_at, made.job.state = NOW, JobState.DONE
    _one_theme(made, sent)
    db.session.commit()
    sign_in(analyst)
    report = client.page(f"/en/analyses/{made.public_id}")
    link = report.select_one("figure.app-quotation a")
    assert link
    address = str(link["href"])
    assert address == f"/en/staff/consultations/parcs/answers/{sent.public_id}?question=change"
    page = client.page(address)
    shown = page.get_text(" ")
    assert "March 1, 2026" in shown.replace("\u00a0", " ")
    first = page.select_one("main h2")
    assert first
    assert first.get_text() == "What should change"
    assert "More <b>benches</b>" in shown, "words stay words"
    assert "The trails" in shown
    assert "ABCD" not in str(page)
    french = client.page(
        f"/fr/equipe/consultations/parcs/reponses/{sent.public_id}?question=change"
    )
    assert "Que faut-il changer" in french.get_text()
    assert client.get(address.replace(str(sent.public_id), str(made.public_id))).status_code == 404
    other = organizations.add_organization("autre", Localized("Autre", "Other"), Localized())
    sign_in(staff(Role.ADMINISTRATOR, other))
    assert client.get(address).status_code == 403


def _one_theme(analysis: Analysis, sent: SurveyResponse) -> None:
    theme = Theme(
        analysis=analysis,
        number=1,
        label=Localized("Bancs", "Benches"),
        comments=1,
        share=1.0,
        rank=1,
        bracket=1,
    )
    db.session.add(theme)
    db.session.flush()
    behind = ThemeComment(
        theme_id=theme.id,
        kind=CommentKind.ANSWER,
        comment_id=sent.public_id,
        lang="en",
        weight=1.0,
        is_main=True,
        representative_rank=1,
        submitted_at=NOW,
    )
    db.session.add(behind)


def test_evidence_from_two_consultations_is_read_in_each(
    organization: Organization, analyst: Account
) -> None:
    items = []
    for slug in ("parcs", "plages"):
        sent = answered(organization, slug, keep=f"The trails of {slug}")
        subject = subject_of_question(slug, "keep")
        assert subject
        analysis = request_analysis(analyst, subject, themes=None, seed=0, now=NOW)
        theme = Theme(
            analysis=analysis, number=1, label=Localized("Sentiers", "Trails"), comments=1,
            share=1.0, rank=1, bracket=1,
        )  # fmt: skip
        db.session.add(theme)
        db.session.flush()
        db.session.add(
            ThemeComment(
                theme_id=theme.id, kind=CommentKind.ANSWER, comment_id=sent.public_id, lang="en",
                weight=1, is_main=True, representative_rank=1,
            )
        )  # fmt: skip
        items.append(of_theme(theme, NOW))
    said = still_said(items, analyses_named(items), None)
    assert [said[n].quotations[0].text for n in (0, 1)] == [
        "The trails of parcs",
        "The trails of plages",
    ]
    assert len(quotations_with(items[1], [uuid.UUID(items[1]["ids"][0])], None)) == 1
