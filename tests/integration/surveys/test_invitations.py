"""Invitation codes: each counts once, and tells nothing of what was answered."""

import csv
import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from consult.db import db, utc_now
from consult.organizations.models import Account, Role
from consult.surveys.models import Access, Consultation, Invitation
from consult.surveys.services.invitations import make_invitations, revoke, scatter
from tests.integration.surveys.conftest import EN, FR, PAGE_1, PAGE_2, answer_all, responses
from tests.pages import PageClient

STAFF = "/en/staff/consultations/sentiers/invitations"
CODE = f"{FR}/invitation"


@pytest.fixture
def invited(consultation: Consultation) -> Consultation:
    consultation.access = Access.INVITED
    db.session.commit()
    return consultation


@pytest.fixture
def codes(app: Flask, invited: Consultation, editor: Account) -> list[str]:
    """The codes of three invitations."""
    secret = app.config["SETTINGS"].secret_key
    made = make_invitations(editor, invited, ["A-1", "A-2", "A-3"], secret, utc_now())
    db.session.commit()
    return [one.code for one in made]


def invitations() -> list[Invitation]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Invitation).order_by(Invitation.id)))


def used() -> list[bool]:
    return [one.used_at is not None for one in invitations()]


def give(client: PageClient, code: str) -> TestResponse:
    return client.submit(CODE, {"code": code})


def test_the_code_is_asked_then_counts_when_the_answers_are_sent(
    client: PageClient, codes: list[str]
) -> None:
    assert client.get(f"{FR}/questionnaire/1").location == CODE
    assert (
        give(client, f"{codes[0][:4].lower()} {codes[0][4:]}").location == f"{FR}/questionnaire/1"
    )
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    assert used() == [False, False, False], "not before sending"
    answer_all(client)
    assert used() == [True, False, False]
    moment = invitations()[0].used_at
    assert moment
    assert (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)


def test_an_open_consultation_asks_for_no_code(
    client: PageClient, consultation: Consultation
) -> None:
    assert client.get(CODE).location == f"{FR}/questionnaire/1"
    answer_all(client)
    assert responses()[0].is_submitted


@pytest.mark.parametrize("wrong", ["", "K7QF", "K7QF-29MX-81TD", "😀", "=1+1", "a\x00b"])
def test_a_wrong_code_leads_nowhere(client: PageClient, codes: list[str], wrong: str) -> None:
    assert give(client, wrong).status_code == 422
    assert client.get(f"{FR}/questionnaire/1").location == CODE


def test_a_code_of_another_consultation_is_not_taken(
    client: PageClient, codes: list[str], make_consultation: Callable[..., Consultation]
) -> None:
    make_consultation("autre", access=Access.INVITED)
    page = client.submit("/en/consultations/autre/invitation", {"code": codes[0]})
    assert "not an invitation code for this consultation" in page.get_data(as_text=True)


def test_two_browsers_with_one_code_send_one_response(
    client: PageClient, browser: Callable[[], PageClient], codes: list[str]
) -> None:
    other = browser()
    for each in (client, other):
        give(each, codes[0])
        each.submit(f"{FR}/questionnaire/1", PAGE_1)
        each.submit(f"{FR}/questionnaire/2", PAGE_2)
    assert client.submit(f"{FR}/verification", {}).location == f"{FR}/recu"
    assert other.submit(f"{FR}/verification", {}).location == CODE
    asked = other.get(CODE).get_data(as_text=True)
    assert 'role="status"' in asked
    sent, kept = responses()
    assert sent.is_submitted
    assert not kept.is_submitted
    assert kept.draft == sent.answers, "nothing is lost"
    assert give(other, codes[0]).status_code == 422
    assert give(other, codes[1]).location == f"{FR}/verification"
    assert other.submit(f"{FR}/verification", {}).location == f"{FR}/recu"
    assert used() == [True, True, False]


def test_at_the_same_moment_too(
    client: PageClient, browser: Callable[[], PageClient], codes: list[str]
) -> None:
    people = [client, browser(), browser(), browser()]
    tokens = []
    for each in people:
        give(each, codes[0])
        each.submit(f"{FR}/questionnaire/1", PAGE_1)
        each.submit(f"{FR}/questionnaire/2", PAGE_2)
        form = each.page(f"{FR}/verification").select_one("main form input[name=csrf_token]")
        assert form
        tokens.append(str(form["value"]))
    db.session.rollback()
    ready = threading.Barrier(len(people))

    def send(place: int) -> str:
        ready.wait()
        data = {"csrf_token": tokens[place]}
        return str(people[place].post(f"{FR}/verification", data=data).location)

    with ThreadPoolExecutor(len(people)) as pool:
        led_to = sorted(pool.map(send, range(len(people))))
    assert led_to == [CODE] * 3 + [f"{FR}/recu"]
    assert sorted(one.is_submitted for one in responses()) == [False, False, False, True]
    assert used() == [True, False, False]


def test_sending_twice_or_correcting_takes_no_other_code(
    client: PageClient, codes: list[str]
) -> None:
    give(client, codes[0])
    answer_all(client)
    assert client.submit(f"{FR}/verification", {}, form_page=f"{FR}/recu").location == f"{FR}/recu"
    client.submit(f"{FR}/correction", {}, form_page=f"{FR}/mes-reponses")
    client.submit(f"{FR}/questionnaire/1?change=1", {**PAGE_1, "q_often": "never"})
    assert client.submit(f"{FR}/verification", {}).location == f"{FR}/recu"
    assert responses()[0].answers["often"] == "never"
    assert used() == [True, False, False]


def test_resuming_on_another_device_asks_for_the_code_when_sending(
    client: PageClient, browser: Callable[[], PageClient], codes: list[str]
) -> None:
    give(client, codes[0])
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    client.submit(f"{FR}/questionnaire/2", PAGE_2)
    other = browser()
    other.submit("/fr/recu", {"code": responses()[0].receipt_code})
    assert other.submit(f"{FR}/verification", {}).location == CODE
    assert give(other, codes[0]).location == f"{FR}/verification"
    assert other.submit(f"{FR}/verification", {}).location == f"{FR}/recu"


def test_a_revoked_code_is_not_taken_and_what_was_written_is_kept(
    client: PageClient, codes: list[str], invited: Consultation, editor: Account
) -> None:
    give(client, codes[0])
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    client.submit(f"{FR}/questionnaire/2", PAGE_2)
    assert revoke(editor, invited, "A-1", utc_now()) == 1
    db.session.commit()
    assert client.submit(f"{FR}/verification", {}).location == CODE
    assert responses()[0].draft


def rows_of(answer: TestResponse) -> list[dict[str, str]]:
    assert answer.mimetype == "text/csv", answer.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def bring(client: PageClient, content: bytes) -> TestResponse:
    data = {"references": (io.BytesIO(content), "liste.csv")}
    return client.submit(STAFF, data, content_type="multipart/form-data")


def test_the_staff_brings_references_and_takes_codes_away_once(
    client: PageClient,
    browser: Callable[[], PageClient],
    invited: Consultation,
    editor: Account,
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(editor)
    made = rows_of(bring(client, "référence\nA-1\n=HYPERLINK(1)\nÉté\n".encode()))
    assert [row["reference"] for row in made] == ["A-1", "'=HYPERLINK(1)", "Été"]
    code = made[0]["code"].replace("-", "")
    assert made[0]["address_fr"].endswith(f"{CODE}#{code}")
    assert made[0]["address_en"].endswith(f"{EN}/invitation#{code}")
    page = client.get(STAFF).get_data(as_text=True)
    assert not any(row["code"] in page for row in made)
    stored = {one.code_hash for one in invitations()}
    assert not any(row["code"].replace("-", "") in stored for row in made)
    assert give(browser(), made[2]["code"]).location == f"{FR}/questionnaire/1"
    again = bring(client, b"A-1\nB-1\n")
    assert again.status_code == 422
    assert "has an invitation already" in again.get_data(as_text=True)
    assert len(invitations()) == 3
    revoked = client.submit(f"{STAFF}/revocation", {"reference": "A-1"}, form_page=STAFF)
    assert revoked.location == STAFF
    assert give(browser(), made[0]["code"]).status_code == 422
    assert len(rows_of(bring(client, b"A-1\nB-1\n"))) == 2


def test_the_staff_makes_codes_by_number(
    client: PageClient,
    invited: Consultation,
    editor: Account,
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(editor)
    made = rows_of(client.submit(STAFF, {"number": "1200"}))
    assert len({row["code"] for row in made}) == 1200 == len(invitations())
    assert {row["reference"] for row in made} == {""}
    for wrong in ("", "0", "-3", "100001", "beaucoup"):
        assert client.submit(STAFF, {"number": wrong}).status_code == 422
    assert bring(client, "réf\n".encode("cp1252")).status_code == 422
    assert len(invitations()) == 1200


def test_who_may_not_edit_makes_none(
    client: PageClient,
    invited: Consultation,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(staff(Role.ANALYST))
    assert client.get(STAFF).status_code == 403


def test_the_database_itself_does_not_tell_with_which_invitation_answers_were_sent(
    browser: Callable[[], PageClient], codes: list[str]
) -> None:
    for code in (codes[2], codes[0]):
        person = browser()
        give(person, code)
        answer_all(person)
    kept = {(one.reference, one.code_hash, one.used_at) for one in invitations()}
    assert scatter(utc_now()) == 0, "the day is not over"
    assert scatter(utc_now() + timedelta(days=1)) == 2
    db.session.commit()
    assert {(one.reference, one.code_hash, one.used_at) for one in invitations()} == kept
    spent = [one.code_hash for one in invitations() if one.used_at]
    assert spent == sorted(spent)
    if db.engine.dialect.name == "postgresql":
        joined = "SELECT 1 FROM invitations i JOIN responses r ON i.xmin::text = r.xmin::text"
        assert db.session.execute(text(joined)).all() == []
    again = browser()
    assert give(again, codes[0]).status_code == 422
