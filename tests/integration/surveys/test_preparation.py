"""A consultation is prepared by seven principles, and what was promised is reminded and shown."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from consult.db import db, utc_now
from consult.jobs import queue
from consult.jobs.models import Job
from consult.organizations.audit.models import AuditEvent
from consult.organizations.models import Account, Role
from consult.surveys.models import Consultation, Preparation, ReportReminder
from consult.surveys.preparation import jobs
from consult.surveys.preparation.changing import Prepared, prepare, say_report_given
from consult.surveys.preparation.principles import PREPARED
from consult.surveys.preparation.reminding import STEPS, step_of, take_reminders
from tests.mailbox import Mailbox, open_mailbox
from tests.pages import PageClient

DUE = date(2026, 6, 15)
LONG_AGO = date(2026, 1, 5)


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with open_mailbox(app, monkeypatch) as box:
        yield box


@pytest.fixture
def editor(staff: Callable[..., Account]) -> Account:
    return staff(Role.EDITOR)


def promise(editor: Account, consultation: Consultation, due_on: date = DUE) -> Preparation:
    made = prepare(editor, consultation, Prepared({}, due_on), LONG_AGO, utc_now())
    db.session.commit()
    return made


def test_a_partial_preparation_is_saved_told_and_published(
    client: PageClient,
    consultation: Consultation,
    editor: Account,
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(editor)
    path = "/fr/equipe/consultations/sentiers"
    assert client.get("/fr/consultations/sentiers/preparation").status_code == 404
    texts = {"concerned_fr": "Les familles.\n\nManquent les jeunes.", "concerned_en": "Families."}
    form = {**texts, "report_due_on": "2099-02-03"}
    blank = client.page(f"{path}/preparation").select("main [type=hidden]")
    assert client.submit(f"{path}/preparation", form).status_code == 303
    late = {str(tag["name"]): str(tag["value"]) for tag in blank}
    answer = client.post(f"{path}/preparation", data={"concerned_fr": "Tous.", **late})
    assert "Quelqu’un a modifié" in answer.text
    shown = client.page(f"{path}/preparation").get_text(" ", strip=True)
    assert "Manquent les jeunes." in shown
    assert "Le temps accordé" in shown.partition("Il manque encore")[2]
    public = client.page("/fr/consultations/sentiers/preparation").get_text(" ", strip=True)
    assert "Manquent les jeunes." in public
    assert "why en français" in public
    page = client.page("/en/consultations/sentiers")
    assert "By February\u00a03, 2099, you will read here" in page.get_text()
    assert page.find("a", string="How this consultation was prepared")
    refused = client.submit(f"{path}/preparation", {"concerned_fr": "é" * 4_001})
    assert refused.status_code == 422
    assert "é" * 4_001 in refused.get_data(as_text=True)  # what was typed stays


def test_nobody_says_that_a_report_was_given_over_another_unseen(
    client: PageClient,
    consultation: Consultation,
    editor: Account,
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(editor)
    path = "/fr/equipe/consultations/sentiers/bilan"
    blank = client.page(path).select("main [type=hidden]")
    form = {"report_given_on": "2026-01-05", "report_link": "https://www.example.org/bilan"}
    # The texts of the preparation are not on this page.
    promise(editor, consultation)
    late = {**form, **{str(tag["name"]): str(tag["value"]) for tag in blank}}
    assert client.post(path, data=late).status_code == 303
    assert "Quelqu’un a modifié" in client.post(path, data=late).text


def test_publishing_with_gaps_warns_and_is_not_refused(
    client: PageClient,
    consultation: Consultation,
    editor: Account,
    sign_in: Callable[[Account], None],
) -> None:
    consultation.published_at = None
    db.session.commit()
    sign_in(editor)
    path = "/fr/equipe/consultations/sentiers"
    assert "Vous pouvez publier malgré tout" in client.page(path).get_text()
    published = client.submit(f"{path}/publication", {"public": "yes"}, form_page=path)
    assert published.status_code == 303
    shown = client.page(path).get_text(" ", strip=True)
    assert "La consultation est publique." in shown
    assert f"Il manque {2 * len(PREPARED) + 1} éléments" in shown


@pytest.mark.parametrize(
    ("day", "step"),
    [
        *((DUE + timedelta(days=day), day) for day in STEPS),
        (DUE - timedelta(days=31), None),
        (DUE - timedelta(days=8), -30),
        (DUE + timedelta(days=3), 0),
        (DUE + timedelta(days=34), 28),
        (DUE + timedelta(days=35), None),
    ],
)
def test_when_a_promise_is_reminded(day: date, step: int | None) -> None:
    assert step_of(DUE, LONG_AGO, day) == step


def test_what_was_over_when_the_promise_was_made_is_no_reminder() -> None:
    promised = DUE - timedelta(days=20)
    assert step_of(DUE, promised, promised) is None
    assert step_of(DUE, promised, DUE - timedelta(days=7)) == -7


def test_each_editor_is_reminded_once_until_the_report_is_given(
    consultation: Consultation, editor: Account, staff: Callable[..., Account]
) -> None:
    staff(Role.VIEWER)
    preparation = promise(editor, consultation)
    now = utc_now()
    assert len(take_reminders(DUE, now)) == 1
    assert take_reminders(DUE, now) == []
    assert take_reminders(DUE + timedelta(days=2), now) == []  # the worker was away: the same step
    assert len(take_reminders(DUE + timedelta(days=7), now)) == 1
    assert db.session.query(ReportReminder).count() == db.session.query(Job).count() == 2
    say_report_given(editor, consultation, DUE, "https://exemple.example.org/bilan", now)
    db.session.commit()
    assert take_reminders(DUE + timedelta(days=14), now) == []
    acts = db.session.query(AuditEvent.action).all()
    assert {"preparation.changed", "preparation.report-given"} <= {act for (act,) in acts}
    assert preparation.report_given_on == DUE


def test_nothing_is_reminded_of_what_nobody_published(
    consultation: Consultation, editor: Account
) -> None:
    promise(editor, consultation)
    consultation.published_at = None
    db.session.commit()
    assert take_reminders(DUE, utc_now()) == []


def test_a_reminder_goes_out_in_both_languages_and_again_when_refused(
    mailbox: Mailbox,
    consultation: Consultation,
    editor: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    morning = datetime.fromisoformat(f"{DUE}T12:30:00+00:00")
    monkeypatch.setattr(jobs, "utc_now", lambda: morning)
    promise(editor, consultation)
    mailbox.refuses = True
    _sweep()
    assert (mailbox.messages, db.session.query(ReportReminder).count()) == ([], 0)
    mailbox.refuses = False
    _sweep()
    _sweep()
    ((to, message),) = mailbox.messages
    assert to == [editor.email]
    assert message["Subject"].startswith("Bilan promis pour le 15")
    assert "Report promised for June" in message["Subject"]
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        words = part.get_content()
        assert "C’est aujourd’hui l’échéance." in words
        assert "It falls due today." in words
        assert "/fr/equipe/consultations/sentiers/bilan" in words
        assert "/en/staff/consultations/sentiers/report" in words


def _sweep() -> None:
    jobs.remind_reports()
    for (job_id,) in db.session.query(Job.id).order_by(Job.id).all():
        queue.run(job_id)


def test_a_promise_that_is_kept_is_shown_kept(
    client: PageClient,
    consultation: Consultation,
    editor: Account,
    sign_in: Callable[[Account], None],
) -> None:
    promise(editor, consultation)
    late = client.page("/fr/consultations/sentiers").get_text(" ", strip=True)
    assert "Il n’est pas encore rendu." in late
    sign_in(editor)
    path = "/fr/equipe/consultations/sentiers/bilan"
    assert client.submit(path, {"report_given_on": "2026-06-10"}).status_code == 422  # no address
    given = {"report_given_on": "2026-06-10", "report_link": "https://exemple.example.org/bilan"}
    assert client.submit(path, given).status_code == 303
    page = client.page("/fr/consultations/sentiers")
    assert "Promesse tenue" in page.get_text()
    assert page.find("a", href="https://exemple.example.org/bilan")
    assert client.submit(path, {"report_given_on": "", "report_link": ""}).status_code == 303
    assert "Promesse tenue" not in client.page("/fr/consultations/sentiers").get_text()
