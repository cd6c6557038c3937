"""The people of a public body: invited, joined, given roles, and gone."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import ORMExecuteState

from consult.db import Localized, db, utc_now
from consult.jobs import queue
from consult.jobs.models import Job
from consult.organizations import queries, services
from consult.organizations.accounts.members import change_role
from consult.organizations.accounts.models import StaffInvitation
from consult.organizations.accounts.passwords import forgotten, reset_password
from consult.organizations.audit.models import AuditEvent
from consult.organizations.errors import LastAdministratorError, LinkOverError
from consult.organizations.models import Account, Membership, Organization, Role
from consult.organizations.permissions import role_in
from consult.security import limiter
from tests.conftest import PASSWORD
from tests.mailbox import Mailbox, open_mailbox
from tests.pages import PageClient

PEOPLE = "/en/staff/bodies/regie-des-essais/people"
CHOSEN = "quatre chaises orange dehors"

Staff = Callable[..., Account]
SignIn = Callable[[Account], None]


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with open_mailbox(app, monkeypatch) as box:
        yield box


@pytest.fixture
def administrator(staff: Staff, sign_in: SignIn) -> Account:
    account = staff(Role.ADMINISTRATOR)
    sign_in(account)
    return account


@pytest.fixture
def guest(app: Flask) -> PageClient:
    """The invited person's browser."""
    return PageClient(app, app.response_class)


def invite(client: PageClient, email: str = "Nouvelle@example.org", role: str = "agent") -> int:
    form = {"email": email, "role": role, "lang": "fr"}
    return client.submit(f"{PEOPLE}/invite", form).status_code


def link_in(mailbox: Mailbox) -> str:
    """The page that the latest letter leads to."""
    text = mailbox.messages[-1][1].get_body(("plain",))
    assert text is not None
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", text.get_content())
    assert found
    return found[1]


@pytest.mark.usefixtures("administrator")
def test_from_a_letter_to_a_role(
    client: PageClient, guest: PageClient, mailbox: Mailbox, organization: Organization
) -> None:
    assert invite(client) == 303
    to, message = mailbox.messages[0]
    assert to == ["nouvelle@example.org"]
    html = message.get_body(("html",))
    assert "Régie des essais" in str(message["subject"])
    assert html is not None
    link = link_in(mailbox)
    assert link in html.get_content()
    assert link.startswith("/fr/")
    kept = db.session.scalars(select(StaffInvitation)).one()
    assert kept.token_hash not in link
    assert "facile à deviner" in guest.submit(
        link, {"name": "Noé", "password": "nouvelle@example.org"}
    ).get_data(as_text=True)
    joined = guest.submit(link, {"name": "Noé Nouvelle", "password": CHOSEN})
    assert joined.location == "/fr/equipe/saisie"
    assert guest.get(joined.location).status_code == 200
    account = queries.account_by_email("nouvelle@example.org")
    assert account is not None
    assert role_in(account, organization) is Role.AGENT
    assert guest.get(link).status_code == 404, "a link is good once"


@pytest.mark.usefixtures("administrator")
def test_a_new_letter_replaces_the_first_and_a_revoked_one_opens_nothing(
    client: PageClient, guest: PageClient, mailbox: Mailbox
) -> None:
    invite(client)
    first = link_in(mailbox)
    forms = [str(form["action"]) for form in client.page(PEOPLE).select("main form")]
    client.submit(forms[0], {}, form_page=PEOPLE)
    second = link_in(mailbox)
    assert guest.get(first).status_code == 404
    assert guest.get(second).status_code == 200
    client.submit(forms[1], {}, form_page=PEOPLE)
    assert guest.get(second).status_code == 404


@pytest.mark.usefixtures("administrator")
def test_an_invitation_is_good_for_seven_days(
    client: PageClient, guest: PageClient, mailbox: Mailbox
) -> None:
    invite(client)
    row = db.session.scalars(select(StaffInvitation)).one()
    assert row.expires_at - row.sent_at == timedelta(days=7)
    row.expires_at = utc_now()
    db.session.commit()
    assert guest.get(link_in(mailbox)).status_code == 404
    assert "Too old" in client.get(PEOPLE).get_data(as_text=True)


@pytest.mark.usefixtures("administrator")
def test_who_has_an_account_signs_in_to_accept(
    client: PageClient, guest: PageClient, mailbox: Mailbox, organization: Organization
) -> None:
    known = services.create_account("connue@example.org", "Claude Connue", PASSWORD)
    db.session.commit()
    invite(client, known.email, "editor")
    link = link_in(mailbox)
    shown = guest.page(link)
    assert not shown.select("main input[name=password]")
    assert client.submit(link, {}).status_code == 200, "nobody accepts for somebody else"
    assert role_in(known, organization) is None
    guest.submit("/fr/connexion", {"email": known.email, "password": PASSWORD})
    assert guest.submit(link, {}).status_code == 303
    db.session.rollback()
    assert role_in(known, organization) is Role.EDITOR
    assert invite(client, known.email) == 422, "a member is not invited again"


@pytest.mark.usefixtures("administrator")
def test_without_a_mail_server_the_link_is_shown_once(
    client: PageClient, guest: PageClient
) -> None:
    form = {"email": "nouvelle@example.org", "role": "viewer", "lang": "en"}
    shown = client.parse(client.submit(f"{PEOPLE}/invite", form))
    link = shown.select("main pre code")[0].text.removeprefix("http://127.0.0.1:8000")
    assert guest.get(link).status_code == 200


@pytest.mark.usefixtures("administrator")
def test_a_letter_that_is_refused_shows_no_link(client: PageClient, mailbox: Mailbox) -> None:
    mailbox.refuses = True
    form = {"email": "nouvelle@example.org", "role": "viewer", "lang": "en"}
    answer = client.submit(f"{PEOPLE}/invite", form)
    assert (answer.status_code, answer.location) == (303, PEOPLE)
    assert "was not sent" in client.page(PEOPLE).text


def test_a_role_changes_and_an_access_ends(
    client: PageClient, guest: PageClient, staff: Staff, administrator: Account
) -> None:
    editor = staff(Role.EDITOR)
    guest.submit("/fr/connexion", {"email": editor.email, "password": PASSWORD})
    page = f"{PEOPLE}/{editor.public_id}"
    assert client.submit(page, {"role": "viewer"}).status_code == 303
    assert guest.get("/fr/equipe/consultations/nouvelle").status_code == 403
    assert client.submit(f"{page}/end", {}).status_code == 303
    assert guest.get("/fr/equipe/services").status_code == 302, "signed out at once"
    alone = f"{PEOPLE}/{administrator.public_id}"
    assert "only administrator" in client.submit(alone, {"role": "viewer"}).get_data(as_text=True)
    assert client.submit(f"{alone}/end", {}).status_code == 409


def test_the_administrators_of_a_body_are_counted_one_after_the_other(
    staff: Staff, organization: Organization
) -> None:
    administrator, asked = staff(Role.ADMINISTRATOR), []

    def note(state: ORMExecuteState) -> None:
        asked.append(str(state.statement.compile(dialect=postgresql.dialect())))

    event.listen(db.session, "do_orm_execute", note)
    try:
        with pytest.raises(LastAdministratorError):
            change_role(administrator, administrator.memberships[0], Role.VIEWER, utc_now())
    finally:
        event.remove(db.session, "do_orm_execute", note)
    locked = [at for at, one in enumerate(asked) if "FOR UPDATE" in one]
    counted = [at for at, one in enumerate(asked) if "count(" in one]
    assert (len(locked), locked < counted) == (1, True)


def test_an_administrator_of_another_body_sees_and_does_nothing(
    client: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    other = services.add_organization("autre", Localized("Autre", "Other"), Localized())
    member = staff(Role.VIEWER)
    sign_in(staff(Role.ADMINISTRATOR, other))
    for page in (PEOPLE, f"{PEOPLE}/invite", f"{PEOPLE}/{member.public_id}", PEOPLE[:-7]):
        assert client.get(page).status_code == 403
    assert client.get("/en/staff/bodies").status_code == 403
    assert client.get("/en/staff/audit?body=regie-des-essais").status_code == 403


def test_a_central_account_adds_and_renames_a_body(
    client: PageClient, staff: Staff, sign_in: SignIn, organization: Organization
) -> None:
    account = staff(Role.VIEWER, None)
    account.is_central = True
    db.session.commit()
    sign_in(account)
    assert "Régie des essais" in client.page("/fr/equipe/organismes?words=essais").text
    names = {"name_fr": "Bureau neuf", "name_en": "New Office"}
    assert client.submit("/en/staff/bodies/new", {**names, "slug": "regie-des-essais"}).status_code
    client.submit("/en/staff/bodies/new", {**names, "slug": "bureau-neuf"})
    renamed = {**names, "name_fr": "Bureau rénové", "requires_second_factor": "y"}
    client.submit("/en/staff/bodies/bureau-neuf", renamed)
    made = queries.organization_by_slug("bureau-neuf")
    assert made is not None
    assert (made.name.fr, made.requires_second_factor) == ("Bureau rénové", True)


@pytest.mark.parametrize("email", ["viewer@example.org", "inconnu@example.org"])
def test_a_forgotten_password_says_the_same_to_everyone(
    client: PageClient, staff: Staff, mailbox: Mailbox, email: str
) -> None:
    account = staff(Role.VIEWER)
    asked = client.submit("/fr/connexion/oubli", {"email": email})
    assert asked.location == "/fr/connexion/oubli/lettre"
    job = db.session.scalars(select(Job)).one()
    assert email not in str(job.arguments)
    assert mailbox.messages == []
    queue.run(job.id)
    assert len(mailbox.messages) == (email == account.email)
    if mailbox.messages:
        link = link_in(mailbox)
        assert client.submit(link, {"password": "court"}).status_code == 422
        assert client.submit(link, {"password": CHOSEN}).status_code == 303
        assert client.get(link).status_code == 404, "a link is good once"
        done = client.submit("/fr/connexion", {"email": email, "password": CHOSEN})
        assert done.status_code == 302


def test_letters_of_a_forgotten_password_are_few(staff: Staff) -> None:
    account, now = staff(Role.VIEWER), utc_now()
    given = []
    for minutes in (0, 9, 10, 20, 30, 40, 50, 60 * 24 + 1):
        given.append(forgotten(account.email, now + timedelta(minutes=minutes)) is not None)
        db.session.commit()
    assert given == [True, False, True, True, True, True, False, True]
    asked = db.session.scalars(select(AuditEvent.actor_id)).all()
    assert set(asked) == {None}, "anyone may have asked"


def test_who_has_no_password_is_given_none(staff: Staff) -> None:
    account, now = staff(Role.VIEWER), utc_now()
    found = forgotten(account.email, now)
    assert found is not None
    account.password_hash = ""
    with pytest.raises(LinkOverError):
        reset_password(found[1], CHOSEN, now)
    assert forgotten(account.email, now + timedelta(hours=1)) is None


def test_letters_asked_for_are_counted_on_the_whole_site(
    client: PageClient, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "count", lambda *_limit: False)
    refused = client.submit("/fr/connexion/oubli", {"email": "inconnu@example.org"})
    assert refused.status_code == 429
    assert not db.session.scalars(select(Job)).all()


def test_the_page_of_many_people_asks_as_few_questions(
    client: PageClient, administrator: Account, organization: Organization
) -> None:
    def asked() -> int:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        db.session.rollback()
        db.session.remove()
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            client.get(PEOPLE)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return sum(one.startswith("SELECT") for one in statements)

    few = asked()
    people = [
        Account(email=f"p{n}@example.org", name=f"Personne {n}", password_hash="")
        for n in range(60)
    ]
    db.session.add_all(people)
    db.session.flush()
    body = queries.organization_by_slug("regie-des-essais")
    assert body is not None
    db.session.add_all(
        Membership(account_id=one.id, organization_id=body.id, role=Role.VIEWER) for one in people
    )
    db.session.commit()
    assert asked() == few <= 6
