""" "You said, we did": by consultation, as a feed, and by e-mail to those who asked to hear."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from sqlalchemy import event

from consult.db import Localized, db, utc_now
from consult.jobs import queue
from consult.jobs.models import Job
from consult.organizations.models import Account, Role, Service
from consult.publishing import jobs
from consult.publishing.models import Announcement, Follower, FollowerLetter
from consult.publishing.services import following, telling
from tests.integration.publishing.test_home import consultation, improvement
from tests.mailbox import Mailbox, open_mailbox
from tests.pages import PageClient

ATOM = {"a": "http://www.w3.org/2005/Atom"}
ADDRESS = "une-personne@example.org"


@pytest.fixture
def owner(staff) -> Account:  # type: ignore[no-untyped-def]
    account: Account = staff(Role.EDITOR)
    return account


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with open_mailbox(app, monkeypatch) as box:
        yield box


def run_jobs() -> None:
    """Does what a worker would, in its order."""
    db.session.rollback()
    for job in db.session.query(Job).filter_by(state="queued").order_by(Job.id).all():
        queue.run(job.id)


def ask(client: PageClient, page: str, address: str = ADDRESS) -> str | None:
    answer = client.submit(page, {"address": address, "lang": "en"})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers
    return answer.location


def link(box: Mailbox, words: str) -> str:
    """The path of a link in the last letter."""
    text = box.messages[-1][1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    found = re.search(rf"{words}\s+http://[^/]+(\S+)", text)
    assert found, text
    return found[1]


def follow(client: PageClient, box: Mailbox, page: str, address: str = ADDRESS) -> None:
    ask(client, page, address)
    run_jobs()
    yes = link(box, "Yes, tell me")
    client.get(yes)
    assert client.submit(yes, {}).status_code == 200


def tell() -> None:
    jobs.tell_news()
    run_jobs()


def test_a_consultation_has_its_page_and_its_feed(
    client: PageClient, service: Service, owner: Account
) -> None:
    asked = consultation(service.organization, "transport", -20, -10)
    told = improvement(service, owner, title=Localized("Bus", "Buses"), consultation=asked)
    told.service = None
    improvement(service, owner, title=Localized("Autre", "Else"))
    db.session.commit()
    page = client.page("/en/you-said-we-did/consultations/transport")
    assert "Buses" in page.get_text()
    assert "Else" not in page.get_text()
    href = str(page.select_one("link[type='application/atom+xml']")["href"])  # type: ignore[index]
    feed = ET.fromstring(client.get(href).data)  # noqa: S314
    assert [e.text for e in feed.findall("a:entry/a:title", ATOM)] == ["Buses"]
    assert client.get("/en/you-said-we-did/consultations/inconnue").status_code == 404


def test_feeds_have_what_a_reader_needs_in_each_language(
    client: PageClient, service: Service, owner: Account
) -> None:
    made = improvement(service, owner)
    for path, title in (
        (f"/fr/vous-avez-dit-nous-avons-fait/{service.slug}/flux.atom", "Titre"),
        ("/en/you-said-we-did/feed.atom", "Title"),
    ):
        answer = client.get(path)
        assert answer.mimetype == "application/atom+xml"
        feed = ET.fromstring(answer.data)  # noqa: S314
        for required in ("title", "id", "updated", "author/a:name", "entry/a:updated"):
            assert (feed.findtext(f"a:{required}", namespaces=ATOM) or "").strip(), required
        assert feed.findtext("a:id", namespaces=ATOM, default="").endswith(path)
        assert feed.findtext("a:entry/a:title", namespaces=ATOM) == title
        assert feed.findtext("a:entry/a:id", namespaces=ATOM) == made.public_id.urn
        link = feed.find("a:entry/a:link", ATOM)
        assert link is not None
        assert client.get(link.attrib["href"].partition("//")[2].partition("/")[2]).status_code
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_pages_hold_fifty_and_ask_no_more_than_for_one(
    client: PageClient, service: Service, owner: Account
) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    improvement(service, owner)
    counts = []
    event.listen(db.engine, "before_cursor_execute", note)
    for more in (0, 50):
        for number in range(more):
            improvement(service, owner, title=Localized(f"T{number}", f"N{number}"))
        db.session.expire_all()
        asked.clear()
        client.get("/en/you-said-we-did")
        counts.append(len([one for one in asked if one.startswith("SELECT")]))
    event.remove(db.engine, "before_cursor_execute", note)
    assert counts[0] == counts[1] <= 6
    assert len(client.page("/en/you-said-we-did").select("article")) == 50
    assert len(client.page("/en/you-said-we-did?page=2").select("article")) == 1


def test_without_a_mail_server_the_form_is_not_offered(client: PageClient) -> None:
    assert not client.page("/en/you-said-we-did").select("main form")
    assert client.post("/en/you-said-we-did", data={"address": ADDRESS}).status_code == 404


def test_an_address_is_told_once_it_said_yes_and_only_once(
    client: PageClient, service: Service, owner: Account, mailbox: Mailbox
) -> None:
    page = f"/en/you-said-we-did/{service.slug}"
    ask(client, page)
    run_jobs()
    improvement(service, owner, title=Localized("Avant", "Early"))
    tell()
    assert len(mailbox.messages) == 1, "nobody said yes yet"
    kept = db.session.query(Follower).one()
    assert ADDRESS not in f"{kept.sealed} {kept.mark} {kept.person}"
    client.submit(link(mailbox, "Yes, tell me"), {})
    follow(client, mailbox, "/en/you-said-we-did")
    made = improvement(service, owner, title=Localized("Après", "Late"))
    tell()
    tell()
    subjects = [message["Subject"] for _to, message in mailbox.messages[2:]]
    assert subjects == ["You said, we did: Late"], "once, who follows the service and everything"
    to, message = mailbox.messages[-1]
    assert to == [ADDRESS]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Done since May" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert made.public_id.hex in message["Message-ID"]


def test_one_click_stops_and_erases(
    client: PageClient, service: Service, owner: Account, mailbox: Mailbox
) -> None:
    follow(client, mailbox, f"/en/you-said-we-did/{service.slug}")
    improvement(service, owner)
    tell()
    stop = mailbox.messages[-1][1]["List-Unsubscribe"].strip("<>").partition("//")[2]
    stop = "/" + stop.partition("/")[2]
    assert "Stop these messages?" in client.get(stop).get_data(as_text=True)
    assert db.session.query(Follower).count() == 1, "opening the link changes nothing"
    assert client.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert db.session.query(Follower).count() == 0
    assert client.post(stop).status_code == 200, "twice does no harm"
    assert client.get("/en/following/stop/autre").status_code == 404


def test_a_killed_worker_is_followed_by_another(
    client: PageClient,
    service: Service,
    owner: Account,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(3):
        follow(client, mailbox, "/en/you-said-we-did", f"personne-{number}@example.org")
    before = len(mailbox.messages)
    improvement(service, owner)
    jobs.tell_news()
    job = db.session.query(Job).filter_by(kind=telling.TELL_FOLLOWERS).one()
    send = jobs.mail.send

    def killed(*arguments: object) -> None:
        if len(mailbox.messages) > before:
            raise KeyboardInterrupt
        send(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs.mail, "send", killed)
    with pytest.raises(KeyboardInterrupt):
        queue.run(job.id)
    monkeypatch.setattr(jobs.mail, "send", send)
    db.session.rollback()
    job.lease_until = utc_now() - timedelta(hours=1)
    db.session.commit()
    queue.run(job.id)
    told = [to for (to,), _message in mailbox.messages[before:]]
    assert sorted(told) == [f"personne-{number}@example.org" for number in range(3)]


def test_letters_refused_are_written_later(
    client: PageClient, service: Service, owner: Account, mailbox: Mailbox
) -> None:
    follow(client, mailbox, "/en/you-said-we-did")
    improvement(service, owner)
    mailbox.refuses = True
    tell()
    assert db.session.query(FollowerLetter).one().sent_at is None
    mailbox.refuses = False
    jobs.tell_again()
    run_jobs()
    assert db.session.query(FollowerLetter).one().sent_at
    jobs.tell_again()
    assert not db.session.query(Job).filter_by(state="queued").count()


def test_what_is_old_news_is_told_to_nobody(
    client: PageClient, service: Service, owner: Account, mailbox: Mailbox
) -> None:
    follow(client, mailbox, "/en/you-said-we-did")
    improvement(service, owner, settled_at=utc_now() - timedelta(days=10))
    tell()
    assert db.session.query(Announcement).count() == 0


def test_a_wish_is_neither_told_nor_asked_twice(
    client: PageClient, service: Service, mailbox: Mailbox
) -> None:
    page = f"/en/you-said-we-did/{service.slug}"
    first, again = ask(client, page), ask(client, page, ADDRESS.upper())
    assert first == again
    run_jobs()
    assert len(mailbox.messages) == 1
    for number in range(6):
        consultation(service.organization, f"c{number}", -20, -10)
        ask(client, f"/en/you-said-we-did/consultations/c{number}")
    run_jobs()
    assert len(mailbox.messages) == following.MOST_ASKED, "nobody's address is buried in letters"
    refused = client.submit(page, {"address": "pas une adresse", "lang": "en"})
    assert refused.status_code == 422
    assert "pas une adresse" in refused.get_data(as_text=True)


def test_an_address_nobody_confirms_is_erased(
    client: PageClient, service: Service, mailbox: Mailbox
) -> None:
    ask(client, "/en/you-said-we-did")
    later = utc_now() + following.UNCONFIRMED_KEPT + timedelta(hours=1)
    assert following.erase_unconfirmed(later) == 1


def test_one_service_takes_so_many_wishes_an_hour(
    client: PageClient, service: Service, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from limits import parse

    monkeypatch.setattr("consult.publishing.views.said.MOST_WISHES", parse("2 per hour"))
    page = f"/en/you-said-we-did/{service.slug}"
    answers = [
        client.submit(page, {"address": f"p{n}@example.org", "lang": "fr"}).status_code
        for n in range(3)
    ]
    assert answers == [303, 303, 429]
    assert (
        client.submit("/en/you-said-we-did", {"address": ADDRESS, "lang": "fr"}).status_code == 303
    )
