"""Letters to a team: what waits, once a week and before something is due, by a real mail server."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from consult.analysis.improvements.models import Improvement, ImprovementSource, ImprovementState
from consult.db import Localized, db, utc_now
from consult.feedback.jobs.alerts import monday_of
from consult.feedback.models import Alert, AlertKind, FeedbackItem
from consult.jobs import queue
from consult.jobs.models import Job
from consult.organizations.models import Account, Role, Service
from consult.workspace import services
from tests.mailbox import Mailbox, open_mailbox
from tests.pages import PageClient

PAGE = "/fr/equipe/lettres"


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with open_mailbox(app, monkeypatch) as box:
        yield box


@pytest.fixture
def reader(service: Service, staff: Callable[..., Account]) -> Account:
    return staff(Role.EDITOR)


def listen(reader: Account, service: Service, lang: str = "fr") -> None:
    long_ago = utc_now() - timedelta(weeks=2)
    services.choose_letters(
        reader, service.organization, lang, long_ago, weekly=True, reminders=True
    )
    db.session.commit()


def improvement(owner: Account, service: Service, due_on: date) -> Improvement:
    made = Improvement(
        organization=service.organization,
        service=service,
        owner=owner,
        source=ImprovementSource.IDEA,
        state=ImprovementState.PLANNED,
        title=Localized("Abréger le formulaire", "Shorten the form"),
        due_on=due_on,
    )
    db.session.add(made)
    db.session.commit()
    return made


def send(jobs: list[Job]) -> None:
    for job_id in [job.id for job in jobs]:
        queue.run(job_id)


def only(mailbox: Mailbox) -> EmailMessage:
    assert len(mailbox.messages) == 1
    return mailbox.messages[0][1]


def parts(message: EmailMessage) -> tuple[str, str]:
    """The plain text and the HTML."""
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain
    assert html
    return plain.get_content().replace("\xa0", " "), html.get_content().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ["Améliorations en retard", "Abréger le formulaire", "en retard"]),
        ("en", ["Improvements late", "Shorten the form", "late, due on"]),
    ],
)
def test_the_week_ahead_in_both_ways_of_reading(
    mailbox: Mailbox, reader: Account, service: Service, lang: str, words: list[str]
) -> None:
    listen(reader, service, lang)
    monday = monday_of(utc_now())
    improvement(reader, service, monday.date() - timedelta(days=3))
    send(services.take_week(monday, monday + timedelta(hours=1)))
    message = only(mailbox)
    for content in parts(message):
        for said in words:
            assert said.casefold() in content.casefold()
    assert "<script" not in parts(message)[1]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert services.take_week(monday, monday + timedelta(hours=2)) == []  # once
    assert services.take_week(monday, monday + services.LATE) == []  # or never


def test_a_letter_that_is_not_taken_is_due_again(
    mailbox: Mailbox, reader: Account, service: Service
) -> None:
    listen(reader, service)
    monday, mailbox.refuses = monday_of(utc_now()), True
    send(services.take_week(monday, monday))
    assert not mailbox.messages
    mailbox.refuses = False
    send(services.take_week(monday, monday + timedelta(hours=1)))
    assert only(mailbox)["To"] == reader.email


def test_a_letter_sent_late_tells_of_its_own_week(
    mailbox: Mailbox, reader: Account, service: Service
) -> None:
    listen(reader, service, "en")
    monday = monday_of(utc_now())
    for number, hours in enumerate((-200, -1, 1)):
        item = FeedbackItem(
            service=service,
            idempotency_key=str(number),
            rating=2,
            lang="fr",
            channel="web",
            submitted_at=monday + timedelta(hours=hours),
        )
        db.session.add(item)
    db.session.add(
        Alert(
            service=service,
            kind=AlertKind.BURST,
            key="attente",
            details={"word": "attente", "count": 9, "expected": 1.5, "also": []},
            found_at=monday + timedelta(hours=2),
        )
    )
    db.session.commit()
    send(services.take_week(monday, monday + timedelta(hours=60)))
    plain, _html = parts(only(mailbox))
    assert "1 piece of feedback came in over 7 days." in plain
    assert "attente" not in plain


def test_who_presses_twice_at_first_chooses_once(reader: Account, service: Service) -> None:
    """Two requests find no choice yet; the second to write finds the first one's."""
    now = utc_now()
    chosen = {"weekly": True, "reminders": True}
    first = services.choose_letters(reader, service.organization, "fr", now, **chosen)
    with pytest.MonkeyPatch.context() as patch:
        found = services.subscription_of
        looks = iter([lambda *_who: None, found])
        patch.setattr(services, "subscription_of", lambda *who: next(looks)(*who))
        again = services.choose_letters(reader, service.organization, "en", now, **chosen)
    assert (again.id, again.lang) == (first.id, "en")


def test_an_owner_is_reminded_once_a_week_before_and_once_on_the_day(
    mailbox: Mailbox, reader: Account, service: Service
) -> None:
    listen(reader, service)
    due = date(2026, 6, 15)
    made = improvement(reader, service, due)

    def remind(day: date) -> int:
        before = len(mailbox.messages)
        send(services.take_reminders(day, utc_now()))
        return len(mailbox.messages) - before

    days = [due + timedelta(days=n) for n in (-8, -7, -6, 0, 1, 4)]
    assert [remind(day) for day in days] == [0, 1, 0, 1, 0, 0]
    subjects = [str(message["Subject"]).replace("\xa0", " ") for _, message in mailbox.messages]
    assert subjects == [
        "Abréger le formulaire : à rendre dans 7 jours",
        "Abréger le formulaire : à rendre aujourd’hui",
    ]
    made.due_on = due + timedelta(days=30)  # put off: told anew
    db.session.commit()
    assert remind(due + timedelta(days=23)) == 1
    made.state, made.settled_at = ImprovementState.DONE, utc_now()
    db.session.commit()
    assert remind(due + timedelta(days=30)) == 0


def test_who_chose_hears_and_one_press_stops_it(
    client: PageClient,
    mailbox: Mailbox,
    reader: Account,
    service: Service,
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(reader)
    client.submit(PAGE, {"weekly": "y", "lang": "en"})
    assert client.page(PAGE).select_one("input[name=weekly][checked]")
    monday = monday_of(utc_now() + timedelta(weeks=1))
    send(services.take_week(monday, monday))
    stop = str(only(mailbox)["List-Unsubscribe"]).strip("<>")
    path = urlsplit(stop).path
    client.submit("/fr/deconnexion", {}, form_page="/fr/")
    assert "Stop these messages?" in client.page(path).get_text()
    later = monday + timedelta(weeks=1)
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert services.take_week(later, later) == []
    assert client.get("/en/letters/unsubscribe/made-up").status_code == 404


def test_who_lost_the_right_to_read_hears_no_more(
    mailbox: Mailbox, reader: Account, service: Service
) -> None:
    listen(reader, service)
    monday: datetime = monday_of(utc_now())
    taken = services.take_week(monday, monday)
    db.session.delete(reader.memberships[0])
    db.session.commit()
    send(taken)
    assert not mailbox.messages
    assert db.session.scalar(select(func.count()).select_from(Job).filter_by(error="")) == 1
