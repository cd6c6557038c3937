"""The audit trail: complete, never changed, searched, taken out."""

import contextlib
import contextvars
import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DatabaseError, IntegrityError

from consult.db import Localized, db, utc_now
from consult.organizations.accounts.invitations import invite, join
from consult.organizations.accounts.members import change_role, end_access, sign_member_out
from consult.organizations.accounts.models import SignInMethod
from consult.organizations.accounts.sessions import start_session
from consult.organizations.audit.actions import ACTION_LABELS, Action
from consult.organizations.audit.guards import set_guards
from consult.organizations.audit.models import AuditEvent
from consult.organizations.audit.reading import Filters, page_of
from consult.organizations.audit.recording import record_act
from consult.organizations.audit.verifying import verify
from consult.organizations.models import Account, Organization, Role, Service
from consult.organizations.services import add_organization
from tests.conftest import _lift_guards
from tests.pages import PageClient

Staff = Callable[..., Account]
SignIn = Callable[[Account], None]


def acts() -> list[str]:
    return [e.action for e in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))]


@pytest.fixture
def trail(staff: Staff, organization: Organization) -> Account:
    """Three acts of an administrator; who did them."""
    account = staff(Role.ADMINISTRATOR)
    for place, role in enumerate((Role.VIEWER, Role.EDITOR, Role.ANALYST)):
        changes = {"role": ("", role.value), "place": (None, place + 0.5)}
        record_act(account, organization, Action.INVITED, f"p{place}@x", utc_now(), changes)
        db.session.commit()
    return account


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_events SET subject = 'x'", "DELETE FROM audit_events", "TRUNCATE audit_events"],
)
@pytest.mark.usefixtures("trail")
def test_the_database_refuses_any_change(app: Flask, statement: str) -> None:
    if db.engine.dialect.name == "sqlite":  # which has no TRUNCATE
        statement = statement.replace("TRUNCATE", "DELETE FROM")
    with pytest.raises(DatabaseError, match="never changed"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert len(acts()) == 3


@pytest.mark.parametrize("column", ["id", "public_id"])
@pytest.mark.usefixtures("trail")
def test_no_row_takes_the_place_of_another(app: Flask, column: str) -> None:
    """SQLite's INSERT OR REPLACE; PostgreSQL's ON CONFLICT is an update."""
    kept = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).first()
    values = {c.name: getattr(kept, c.name) for c in AuditEvent.__table__.columns}
    if column == "public_id":
        values["id"] = 1_000
    table = AuditEvent.__table__
    statement: Any = insert(table).values(**values | {"subject": "x"})
    if db.engine.dialect.name == "sqlite":
        statement = statement.prefix_with("OR REPLACE")
    else:
        statement = postgresql.insert(table).values(**values)
        statement = statement.on_conflict_do_update(index_elements=[column], set_={"subject": "x"})
    with pytest.raises(DatabaseError, match="never changed"):
        db.session.execute(statement)
    db.session.rollback()


@pytest.mark.parametrize(
    ("statement", "whole"),
    [
        ("UPDATE audit_events SET subject = 'x' WHERE id = 2", 1),
        ("UPDATE audit_events SET changes = '{}' WHERE id = 2", 1),
        ("DELETE FROM audit_events WHERE id = 1", 0),
    ],
)
@pytest.mark.usefixtures("trail")
def test_who_gets_around_the_database_is_found_out(app: Flask, statement: str, whole: int) -> None:
    good = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert (good.exit_code, good.output[:8]) == (0, "3 events"), good.output
    _lift_guards()
    db.session.execute(text(statement))
    set_guards(db.session.connection())
    db.session.commit()
    assert verify().events == whole
    db.session.rollback()
    told = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert told.exit_code == 1
    assert f"breaks after {whole} events" in told.output


def test_an_act_that_is_given_up_leaves_no_trace(
    app: Flask, staff: Staff, organization: Organization
) -> None:
    account = staff(Role.ADMINISTRATOR)
    record_act(account, organization, Action.INVITED, "x", utc_now())
    db.session.rollback()
    db.session.commit()
    assert acts() == []
    record_act(
        account, organization, Action.INVITED, "x\x00\ud800", utc_now(), {"a\x00": (0, "\x00")}
    )
    with db.session.begin_nested():
        db.session.flush()
    db.session.commit()
    assert acts() == ["people.invited"]
    assert verify().broken is None


def test_an_act_of_a_savepoint_that_is_given_up_leaves_no_trace(
    app: Flask, staff: Staff, organization: Organization
) -> None:
    account = staff(Role.ADMINISTRATOR)

    def act(subject: str) -> None:
        record_act(account, organization, Action.INVITED, subject, utc_now())

    act("before")
    with contextlib.suppress(IntegrityError), db.session.begin_nested():
        with db.session.begin_nested():
            act("within")
        db.session.add(Account(email=account.email, name="", password_hash=""))
        db.session.flush()
    with db.session.begin_nested():
        act("kept")
    db.session.commit()
    told = db.session.scalars(select(AuditEvent.subject).order_by(AuditEvent.id)).all()
    assert told == ["before", "kept"]


def test_what_people_do_of_their_account_stands_in_it(
    client: PageClient, staff: Staff, sign_in: SignIn
) -> None:
    account = staff(Role.VIEWER)
    client.submit("/fr/connexion", {"email": account.email, "password": "secret tapé"})
    client.submit("/fr/connexion", {"email": "inconnu@example.org", "password": "x"})
    sign_in(account)
    client.submit("/fr/deconnexion", {}, form_page="/fr/equipe/compte")
    failed, unknown, _signed_in, _out = db.session.scalars(
        select(AuditEvent).order_by(AuditEvent.id)
    ).all()
    assert acts() == [
        *("account.sign-in-failed", "account.sign-in-failed"),
        *("account.signed-in", "account.signed-out"),
    ]
    assert (failed.actor_name, unknown.actor_id) == (account.name, None)
    assert "inconnu" not in unknown.subject, "it may be a password, typed in the wrong place"
    assert "secret" not in json.dumps([failed.subject, failed.changes])


def test_an_administrator_searches_the_trail_of_their_body(
    client: PageClient, staff: Staff, sign_in: SignIn, trail: Account
) -> None:
    other = add_organization("autre", Localized("Autre", "Other"), Localized())
    record_act(trail, other, Action.BODY_CHANGED, "ailleurs", utc_now())
    db.session.commit()
    sign_in(trail)
    page = client.page("/en/staff/audit?words=editor&action=people.invited&person=camille")
    rows = page.select("tbody tr")
    assert len(rows) == 1
    assert "→ editor" in rows[0].text
    everything = client.page("/fr/equipe/journal")
    assert len(everything.select("tbody tr")) == 4, "what is elsewhere is not shown"
    assert "a ouvert une session" in everything.text or "ouvert" in everything.text
    none = client.page("/en/staff/audit?since=2001-01-01&until=2001-01-02")
    assert "Nothing found" in none.text


def test_accented_words_are_found_in_what_changed(trail: Account) -> None:
    record_act(
        trail,
        trail.memberships[0].organization,
        Action.BODY_CHANGED,
        "x",
        utc_now(),
        {"name_fr": ("Régie", "Été")},
    )
    db.session.commit()
    for words in ("Régie", "régie", "été", "RÉGIE Été"):
        found, _more = page_of(trail, Filters(words=words), None)
        assert [one.subject for one in found] == ["x"], words


def test_a_body_reads_of_its_people_the_time_they_work_for_it(
    app: Flask, staff: Staff, organization: Organization
) -> None:
    other = add_organization("autre", Localized("Autre", "Other"), Localized())
    ours, theirs = staff(Role.ADMINISTRATOR), staff(Role.EDITOR, other)
    theirs.memberships[0].role = Role.ADMINISTRATOR
    person = staff(Role.VIEWER, other)  # by a command: no act says so

    def own(word: str) -> None:
        record_act(person, None, Action.SIGNED_IN, word, utc_now())
        db.session.commit()

    def read(actor: Account) -> list[str]:
        return [one.subject for one in page_of(actor, Filters(), None)[0]][::-1]

    own("before")
    join(
        person, invite(ours, organization, person.email, Role.VIEWER, "fr", utc_now())[0], utc_now()
    )
    own("during")
    members = {m.organization_id: m for m in person.memberships}
    start_session(person, SignInMethod.PASSWORD, "", utc_now(), timedelta(hours=1))
    sign_member_out(ours, members[organization.id], utc_now())
    end_access(ours, members[organization.id], utc_now())
    own("after")
    name = person.email
    assert read(ours) == [name, name, "during", name, name, name]
    assert read(theirs) == ["before", "during", name, "after"]


def test_the_trail_goes_out_as_it_is(client: PageClient, sign_in: SignIn, trail: Account) -> None:
    sign_in(trail)
    rows = list(
        csv.DictReader(io.StringIO(client.get("/en/staff/audit.csv").data.decode("utf-8-sig")))
    )
    told = json.loads(client.get("/en/staff/audit.json?action=people.invited").data)
    assert [row["action"] for row in rows] == ["account.signed-in", *["people.invited"] * 3]
    assert told[0]["changes"] == {"role": ["", "analyst"], "place": [None, 2.5]}
    assert told[0]["digest"] == rows[1]["digest"]
    assert json.loads(client.get("/en/staff/audit.json?words=nulle").data) == []
    assert client.get("/en/staff/audit.xml").status_code == 404


def test_earlier_acts_are_a_page_further(
    client: PageClient, sign_in: SignIn, trail: Account, organization: Organization
) -> None:
    for number in range(60):
        record_act(trail, organization, Action.INVITED, f"q{number}", utc_now())
    db.session.commit()
    sign_in(trail)
    first = client.page("/en/staff/audit?action=people.invited")
    (older,) = first.select("a[rel=next]")
    second = client.page(str(older["href"]))
    assert [len(page.select("tbody tr")) for page in (first, second)] == [50, 13]


def test_the_files_are_written_while_a_server_sends_them(
    client: PageClient, sign_in: SignIn, trail: Account
) -> None:
    """A server reads an answer after the view is done: nothing of the test's context helps it."""
    sign_in(trail)
    for extension in ("csv", "json"):
        path = f"/en/staff/audit.{extension}"
        content = contextvars.Context().run(lambda: client.get(path).data)  # noqa: B023
        assert b"people.invited" in content


def test_a_viewer_reads_no_trail(client: PageClient, staff: Staff, sign_in: SignIn) -> None:
    sign_in(staff(Role.VIEWER))
    assert client.get("/en/staff/audit").status_code == 403
    assert client.get("/en/staff/audit.csv").status_code == 403


def test_every_act_has_a_name() -> None:
    assert set(ACTION_LABELS) == set(Action)


def test_a_role_says_from_what_to_what(
    app: Flask, staff: Staff, organization: Organization
) -> None:
    administrator, editor = staff(Role.ADMINISTRATOR), staff(Role.EDITOR)
    change_role(administrator, editor.memberships[0], Role.VIEWER, utc_now())
    db.session.commit()
    event = db.session.scalars(select(AuditEvent)).one()
    assert event.changes == {"role": ["editor", "viewer"]}
    assert (event.organization, event.subject) == (organization, editor.email)


def test_what_is_published_and_made_stands_in_it(
    client: PageClient, staff: Staff, sign_in: SignIn, service: Service
) -> None:
    sign_in(staff(Role.ADMINISTRATOR))
    base = f"/en/staff/services/{service.slug}"
    client.submit(f"{base}/public-page", {"public": "yes"})
    client.submit(f"{base}/tokens", {"name": "Serveur"})
    told = [
        (event.action, event.subject, event.changes)
        for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    ]
    assert told[1:] == [
        ("service.scores-published", "Permis en ligne", {"public": [False, True]}),
        ("service.token-made", "Serveur (Permis en ligne)", {}),
    ]
