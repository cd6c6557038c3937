"""Alerts: found once, told once to who asked, by a real mail server, and stopped in one click."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import event, insert, select

from consult import mail
from consult.db import db, utc_now
from consult.feedback.jobs import alerts as watching
from consult.feedback.models import (
    Alert,
    AlertKind,
    AlertSubscription,
    FeedbackItem,
    Review,
    WebhookDelivery,
)
from consult.feedback.queries.week import week_before
from consult.feedback.services import find_alerts, subscriptions
from consult.feedback.services import webhooks as verbs
from consult.jobs import queue
from consult.jobs.models import Job, JobState
from consult.organizations.models import Account, Membership, Role, Service
from tests.mailbox import Mailbox, open_mailbox
from tests.pages import PageClient

PAGE = "/fr/equipe/services/permis-en-ligne/alertes"

ORDINARY = [
    "La page est claire", "Trop de questions", "Un formulaire simple", "Le paiement fonctionne",
    "Le reçu manque de détails", "Un service rapide", "Les documents sont longs à lire",
]  # fmt: skip


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with open_mailbox(app, monkeypatch) as box:
        yield box


@pytest.fixture
def reader(service: Service, staff: Callable[..., Account]) -> Account:
    return staff(Role.VIEWER)


@pytest.fixture
def reads_without_lock(app: Flask) -> Iterator[None]:
    """Within a test, nobody reads feedback while holding the write lock of SQLite."""
    begun, locked = ["BEGIN"], []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("BEGIN"):
            begun.append(statement)
        elif begun[-1] != "BEGIN" and re.search("^SELECT.*FROM feedback_items", statement, re.S):
            locked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield
    event.remove(db.engine, "before_cursor_execute", note)
    assert locked == []


def listen(account: Account, service: Service, lang: str = "fr", **wanted: bool) -> None:
    wanted = wanted or {"drop": True, "burst": True, "silence": True}
    long_ago = utc_now() - timedelta(weeks=1)
    subscriptions.choose_alerts(account, service, lang, long_ago, **wanted)
    db.session.commit()


def say(service: Service, *said: tuple[datetime, str], **more: object) -> None:
    rows = [
        {
            "service_id": service.id, "idempotency_key": f"{number}-{moment.timestamp()}",
            "rating": 3, "comment": words, "lang": "fr", "channel": "widget",
            "submitted_at": moment, "answers": {"rating": 3}, **more,
        }
        for number, (moment, words) in enumerate(said)
    ]  # fmt: skip
    db.session.execute(insert(FeedbackItem), rows)
    db.session.commit()


def usual_weeks(service: Service, until: datetime) -> None:
    """Nine weeks with an answer every five hours, all different."""
    said = []
    moment, number = until - timedelta(weeks=9), 0
    while moment < until:
        words = f"{ORDINARY[number % 7]}, {'abcdefghij'[number % 10] * 3}"
        said.append((moment, f"{words} {'klmnopqrst'[number // 10 % 10] * 3}"))
        moment, number = moment + timedelta(hours=5), number + 1
    say(service, *said)


def outage(service: Service, now: datetime) -> None:
    said = [f"Le code n’arrive pas {letter * 3}" for letter in "abcdefghi"]
    say(service, *[(now - timedelta(hours=n), words) for n, words in enumerate(said, 1)])


def work() -> None:
    """What the worker does with the jobs that wait."""
    db.session.rollback()
    while ids := db.session.scalars(select(Job.id).where(Job.state == JobState.QUEUED)).all():
        db.session.rollback()
        for id_ in ids:
            queue.run(id_)
    db.session.rollback()


def parts(message: EmailMessage) -> tuple[str, str]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


@pytest.mark.usefixtures("reads_without_lock")
def test_a_burst_is_found_once_and_told_once_in_words(
    mailbox: Mailbox, service: Service, reader: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    now = utc_now()
    usual_weeks(service, now)
    outage(service, now)
    listen(reader, service)
    for _ in range(2):
        queue.announce(_asked(watching.EVERY_DAY))
        work()
    (alert,) = db.session.scalars(select(Alert))
    assert (alert.kind, alert.details["word"], alert.details["count"]) == ("burst", "code", 9)
    ((to, message),) = mailbox.messages
    assert to == ["viewer@example.org"]
    assert message["Subject"] == (
        "Permis en ligne\u00a0: Plus de commentaires parlent de «\u00a0code\u00a0»"
    )
    text, html = parts(message)
    assert "9 commentaires des 7 derniers jours parlent de «\u00a0code\u00a0»" in text
    assert "étaient à prévoir" in text
    assert '<html lang="fr-CA">' in html
    assert "code" in html
    assert "words=code" in text
    assert "n’arrive pas" not in text, "no comment is quoted"
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert not [line for line in ours if "viewer@" in line or "code" in line]


def _asked(kind: str) -> Job:
    job = Job(kind=kind, arguments={})
    db.session.add(job)
    db.session.commit()
    return job


@pytest.mark.usefixtures("reads_without_lock")
def test_silence_is_told_in_english_to_who_asked_for_it_alone(
    mailbox: Mailbox, service: Service, reader: Account, staff: Callable[..., Account]
) -> None:
    now = utc_now()
    usual_weeks(service, now - timedelta(days=4))
    listen(reader, service, "en", silence=True)
    listen(staff(Role.ANALYST), service, "fr", burst=True, digest=True)
    _asked(watching.EVERY_HOUR)
    work()
    _asked(watching.EVERY_HOUR)
    work()
    ((to, message),) = mailbox.messages
    assert to == ["viewer@example.org"]
    assert message["Subject"] == "Online Permits: Answers no longer come in"
    text, html = parts(message)
    assert "19 were to be expected" in text or "20 were to be expected" in text
    assert '<html lang="en-CA">' in html
    assert f"/en/staff/services/{service.slug}" in text


def test_alerts_are_told_to_webhooks(service: Service, reader: Account) -> None:
    verbs.add_webhook(reader, service, "https://systems.example.org/", utc_now())
    now = utc_now()
    usual_weeks(service, now)
    outage(service, now)
    find_alerts.find_bursts(service, now)
    db.session.commit()
    (message,) = db.session.scalars(select(WebhookDelivery))
    assert message.event == "alert.found"
    assert message.payload["data"]["word"] == "code"


def test_the_pages_and_one_click(
    mailbox: Mailbox,
    service: Service,
    reader: Account,
    client: PageClient,
    sign_in: Callable[[Account], None],
    app: Flask,
) -> None:
    sign_in(reader)
    assert "Rien dans les 90 derniers jours" in client.page(PAGE).get_text()
    assert client.submit(PAGE, {"burst": "y"}).status_code == 422, "in which language?"
    assert client.submit(PAGE, {"burst": "y", "lang": "fr"}).location == PAGE
    found(service, AlertKind.BURST)
    watching.announce(subscriptions.take_alerts(utc_now()))
    work()
    ((_to, message),) = mailbox.messages
    assert "code" in client.page(PAGE).get_text()
    leave = re.fullmatch(r"<(http.*)>", message["List-Unsubscribe"])
    assert leave
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"].endswith("@example.org>")
    address = urlsplit(leave[1]).path
    stranger = PageClient(app, app.response_class, use_cookies=False)
    assert "Arrêter ces messages" in stranger.page(address).get_text(), "opening changes nothing"
    assert subscription().burst
    answer = stranger.post(address, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not subscription().burst
    assert "plus de messages" in stranger.page(address).get_text()
    assert stranger.get(f"{address}x").status_code == 404
    assert stranger.post(f"{address[:-9]}AAAAAAAAA").status_code == 404
    found(service, AlertKind.BURST, "another")
    watching.announce(subscriptions.take_alerts(utc_now()))
    work()
    assert len(mailbox.messages) == 1


def found(service: Service, kind: AlertKind, key: str = "code") -> Alert:
    details = {"word": "code", "also": [], "count": 9, "comments": 50, "expected": 1.2}
    if kind is AlertKind.SILENCE:
        details = {"since": utc_now().isoformat(), "expected": 14.2}
    alert = Alert(service_id=service.id, kind=kind, key=key, details=details)
    db.session.add(alert)
    db.session.commit()
    return alert


def subscription() -> AlertSubscription:
    db.session.rollback()
    return db.session.scalars(select(AlertSubscription)).one()


def test_two_workers_ask_for_one_message(
    mailbox: Mailbox, service: Service, reader: Account
) -> None:
    listen(reader, service)
    found(service, AlertKind.BURST)
    found(service, AlertKind.SILENCE)
    now = utc_now()
    mark = subscription().told_until
    assert len(subscriptions.take_alerts(now)) == 1
    assert subscriptions.take_alerts(now) == []
    assert not subscriptions._move(subscription().id, "told_until", mark, now), "it moved once"
    work()
    ((_to, message),) = mailbox.messages
    assert "et 1 autre alerte" in message["Subject"]


def test_alerts_found_at_one_moment_are_each_told_once(service: Service, reader: Account) -> None:
    """One found after the others were told, by a clock that shows the same or an earlier time."""
    listen(reader, service)
    now = utc_now()
    told: list[int] = []
    for number, moment in enumerate([now, now, now - timedelta(seconds=1)]):
        alert = find_alerts._keep(service, AlertKind.BURST, f"{number}@", {"word": "code"}, moment)
        assert alert
        assert find_alerts._keep(service, AlertKind.BURST, f"{number}@", {}, moment) is None
        alert_id = alert.id
        db.session.commit()
        for job in subscriptions.take_alerts(now):
            told += job.arguments["alerts"]
        assert told.count(alert_id) == 1
    assert len(told) == 3


def test_a_worker_killed_before_the_message_left_leaves_it_to_the_next(
    mailbox: Mailbox, service: Service, reader: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(reader, service)
    found(service, AlertKind.BURST)
    (job,) = subscriptions.take_alerts(utc_now())
    job_id = job.id

    def die(*_anything: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(mail, "send", die)
        with pytest.raises(KeyboardInterrupt):
            queue.run(job_id)
    db.session.rollback()
    job = db.session.get_one(Job, job_id)
    assert job.state is JobState.RUNNING
    job.lease_until = utc_now() - timedelta(minutes=1)
    db.session.commit()
    queue.run(job_id)
    queue.run(job_id)
    assert len(mailbox.messages) == 1


def test_the_same_message_sent_twice_can_be_told_by_its_identifier(
    mailbox: Mailbox, service: Service, reader: Account
) -> None:
    listen(reader, service)
    found(service, AlertKind.BURST)
    (job,) = subscriptions.take_alerts(utc_now())
    job_id = job.id
    queue.run(job_id)
    db.session.rollback()
    again = db.session.get_one(Job, job_id)
    again.state, again.lease_until = JobState.RUNNING, utc_now() - timedelta(minutes=1)
    db.session.commit()
    queue.run(job_id)
    assert len({message["Message-ID"] for _to, message in mailbox.messages}) == 1


def test_a_mail_server_that_is_away_only_delays(
    mailbox: Mailbox, service: Service, reader: Account
) -> None:
    listen(reader, service)
    found(service, AlertKind.BURST)
    mailbox.refuses = True
    assert subscriptions.take_alerts(utc_now())
    work()
    mailbox.refuses = False
    assert subscriptions.take_alerts(utc_now())
    work()
    assert subscriptions.take_alerts(utc_now()) == []
    assert len(mailbox.messages) == 1


def test_who_may_not_read_any_more_is_not_told(
    mailbox: Mailbox, service: Service, reader: Account
) -> None:
    listen(reader, service)
    found(service, AlertKind.BURST)
    db.session.delete(db.session.scalars(select(Membership)).one())
    db.session.commit()
    subscriptions.take_alerts(utc_now())
    db.session.expire_all()
    work()
    assert mailbox.messages == []


@pytest.mark.usefixtures("reads_without_lock")
def test_a_drop_is_found_once_and_told_in_words(
    mailbox: Mailbox, service: Service, reader: Account
) -> None:
    now = utc_now()
    for week in range(20):
        rating = 4 if week > 5 else 2
        moment = now - timedelta(weeks=week, days=7)
        said = [(moment + timedelta(hours=hour), "") for hour in range(10)]
        say(service, *said, rating=rating, answers={"rating": rating}, segment=f"{week}")
    listen(reader, service, "en", drop=True)
    assert len(find_alerts.find_drop(service, now)) == 1
    db.session.commit()
    assert find_alerts.find_drop(service, now) == []
    later = now + timedelta(days=8)
    say(service, *[(now + timedelta(hours=hour), "") for hour in range(9)], rating=2)
    assert find_alerts.find_drop(service, later) == [], "the same drop, more answers"
    watching.announce(subscriptions.take_alerts(now))
    work()
    ((_to, message),) = mailbox.messages
    assert "A real drop" in message["Subject"]
    text, _html = parts(message)
    assert "lower by 2.0 since" in text
    assert "It was 4.0 out of 5" in text


MONDAY = datetime.fromisoformat("2026-11-23T07:05:00-05:00")


@pytest.mark.usefixtures("reads_without_lock")
def test_the_digest_of_the_week(
    mailbox: Mailbox,
    service: Service,
    reader: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("consult.feedback.jobs.messages.utc_now", lambda: MONDAY)
    day = MONDAY - timedelta(days=3)
    long = "Le code de validation n’arrive jamais par courriel, il faut recommencer"
    say(service, *[(day - timedelta(hours=n), f"{long} {'abc'[n] * 3}") for n in range(3)])
    say(service, (day - timedelta(days=7), "Avant"))
    say(service, (day + timedelta(minutes=1), "http://x.example"), review=Review.HELD)
    subscriptions.choose_alerts(reader, service, "fr", MONDAY - timedelta(days=10), digest=True)
    db.session.commit()
    due = watching.monday_of(MONDAY)
    assert due == MONDAY - timedelta(minutes=5)
    assert watching.monday_of(MONDAY - timedelta(minutes=6)) == due - timedelta(weeks=1)
    for _ in range(2):
        subscriptions.take_week(due, MONDAY)
        work()
    ((_to, message),) = mailbox.messages
    assert message["Subject"] == "Permis en ligne\u00a0: 3 avis cette semaine"
    text, html = parts(message)
    assert "Semaine du 16\u00a0novembre\u00a02026 au 22\u00a0novembre\u00a02026" in text
    assert "la semaine précédente, 1" in text
    assert "moins de 10 réponses cette semaine" in text
    assert long in text
    assert long in html
    assert "1 avis est retenu" in text
    assert subscriptions.take_week(due + timedelta(weeks=1), due + timedelta(days=11)) == []


def test_the_digest_has_the_score_and_whether_it_changed(service: Service) -> None:
    day = MONDAY - timedelta(days=3)
    for weeks, rating in [(0, 5), (0, 4), (1, 2), (2, 2), (3, 3)]:
        moment = day - timedelta(weeks=weeks, minutes=rating)
        said = [(moment - timedelta(hours=hour), "") for hour in range(8)]
        say(service, *said, rating=rating, answers={"rating": rating})
    week = week_before(service, MONDAY)
    assert (week.answers, week.answers_before) == (16, 8)
    assert week.figure is not None
    assert week.figure.value == 4.5
    assert week.difference is not None
    assert 1.5 < week.difference.low < week.difference.high < 3


def test_what_falls_on_the_edge_of_a_week_is_in_one_digest(service: Service) -> None:
    midnight = watching.monday_of(MONDAY).replace(hour=0, minute=0)
    after = timedelta(microseconds=1)
    for place, edge in enumerate((midnight - timedelta(weeks=1), midnight)):
        for moment in (edge - after, edge):
            say(service, (moment, f"Avis {place}"))
            found(service, AlertKind.BURST, moment.isoformat()).found_at = moment
    db.session.commit()
    weeks = [week_before(service, MONDAY + timedelta(weeks=n)) for n in (-1, 0, 1)]
    assert [week.answers for week in weeks] == [1, 2, 1]
    assert [week.answers_before for week in weeks] == [0, 1, 2]
    assert [len(week.comments) for week in weeks] == [1, 2, 1]
    assert [week.figure.answers for week in weeks if week.figure] == [1, 2, 1]
    keys = [alert.key for week in weeks for alert in week.alerts]
    assert len(keys) == len(set(keys)) == 4


def test_an_empty_week_says_nothing(
    mailbox: Mailbox,
    service: Service,
    reader: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("consult.feedback.jobs.messages.utc_now", lambda: MONDAY)
    subscriptions.choose_alerts(reader, service, "fr", MONDAY - timedelta(days=10), digest=True)
    db.session.commit()
    assert subscriptions.take_week(watching.monday_of(MONDAY), MONDAY)
    work()
    assert mailbox.messages == []


def test_the_worker_asks_for_each_look_once(service: Service) -> None:
    watching.watch()
    watching.watch()
    db.session.rollback()
    kinds = db.session.scalars(select(Job.kind)).all()
    assert kinds.count(watching.EVERY_HOUR) == 1
    assert kinds.count(watching.EVERY_DAY) <= 1
