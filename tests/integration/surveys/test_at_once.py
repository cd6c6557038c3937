"""Several requests at the same time: nothing is lost, nothing counts twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from consult.db import db, utc_now
from consult.organizations.models import Account
from consult.surveys.models import Consultation, QuestionnaireVersion, ResponseState
from consult.surveys.services.prepare import add_version
from tests.factories.questionnaires import trails
from tests.integration.surveys.conftest import FR, PAGE_1, PAGE_2, answer_all, responses
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("consultation")

AT_ONCE = 6


@pytest.fixture
def tabs(app: Flask, client: PageClient) -> Callable[[], list[PageClient]]:
    """``tabs()``: tabs of the client's browser, with the cookies it has at that moment."""

    def open_tabs() -> list[PageClient]:
        made = [PageClient(app, app.response_class, use_cookies=True) for _ in range(AT_ONCE)]
        for tab in made:
            tab._cookies = dict(client._cookies)
        return made

    return open_tabs


def together(tabs: list[PageClient], path: str, forms: list[dict[str, Any]]) -> list[TestResponse]:
    """The answers to one POST from each tab, all sent at the same moment."""
    db.session.rollback()
    ready = threading.Barrier(len(tabs))

    def post(tab: PageClient, form: dict[str, Any]) -> TestResponse:
        ready.wait()
        return tab.post(path, data=form)

    with ThreadPoolExecutor(len(tabs)) as pool:
        return list(pool.map(post, tabs, forms))


def token(client: PageClient) -> str:
    field = client.page(f"{FR}/questionnaire/1").select_one("input[name=csrf_token]")
    assert field
    return str(field["value"])


def test_sending_from_every_tab_at_once_gives_one_receipt(
    client: PageClient, tabs: Callable[[], list[PageClient]]
) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    client.submit(f"{FR}/questionnaire/2", PAGE_2)
    opened = tabs()
    form = {"csrf_token": token(client)}
    answers = together(opened, f"{FR}/verification", [form] * AT_ONCE)
    assert [answer.location for answer in answers] == [f"{FR}/recu"] * AT_ONCE
    (sent,) = responses()
    assert sent.is_submitted
    shown = [tab.get(f"{FR}/recu").get_data(as_text=True) for tab in opened]
    assert all(group in page for page in shown for group in sent.receipt_groups)


def test_two_pages_saved_at_once_are_both_kept(
    client: PageClient, tabs: Callable[[], list[PageClient]]
) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    form = {"csrf_token": token(client)}
    opened = tabs()
    db.session.rollback()
    ready = threading.Barrier(2)

    def save(number: int) -> int:
        ready.wait()
        page = {**form, **(PAGE_1 if number == 1 else PAGE_2)}
        return opened[number].post(f"{FR}/questionnaire/{number}", data=page).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(save, [1, 2])) == [303, 303]
    (draft,) = responses()
    assert set(draft.draft or {}) == {
        "often", "with_whom", "favourite", "satisfaction", "change", "region",
    }  # fmt: skip


def test_changing_a_page_while_another_tab_sends_never_changes_what_was_sent(
    client: PageClient, tabs: Callable[[], list[PageClient]]
) -> None:
    client.submit(f"{FR}/questionnaire/1", PAGE_1)
    client.submit(f"{FR}/questionnaire/2", PAGE_2)
    form = {"csrf_token": token(client)}
    opened = tabs()
    db.session.rollback()
    ready = threading.Barrier(2)

    def send() -> TestResponse:
        ready.wait()
        return opened[0].post(f"{FR}/verification", data=form)

    def change() -> TestResponse:
        ready.wait()
        return opened[1].post(f"{FR}/questionnaire/1", data={**form, "q_often": "never"})

    with ThreadPoolExecutor(2) as pool:
        sending, changing = pool.submit(send), pool.submit(change)
        assert sending.result().location == f"{FR}/recu"
        changed_first = changing.result().status_code != 409
    (sent,) = responses()
    assert sent.answers["often"] == ("never" if changed_first else "daily")


def test_withdrawing_in_one_tab_and_correcting_in_another_leaves_nothing(
    client: PageClient, tabs: Callable[[], list[PageClient]]
) -> None:
    answer_all(client)
    client.submit(f"{FR}/correction", {}, form_page=f"{FR}/recu")
    form = {"csrf_token": token(client)}
    opened = tabs()
    db.session.rollback()
    ready = threading.Barrier(3)

    def post(number: int, path: str, more: dict[str, str]) -> int:
        ready.wait()
        return opened[number].post(f"{FR}/{path}", data={**form, **more}).status_code

    with ThreadPoolExecutor(3) as pool:
        asked = [
            pool.submit(post, 0, "retrait", {}),
            pool.submit(post, 1, "verification", {}),
            pool.submit(post, 2, "correction", {"abandon": "1"}),
        ]
        assert [answer.result() for answer in asked] == [303] * 3
    (left,) = responses()
    assert left.state is ResponseState.WITHDRAWN
    assert (left.answers, left.draft) == ({}, None)


def test_two_questionnaires_brought_in_at_once_are_two_versions(
    app: Flask, consultation: Consultation, editor: Account
) -> None:
    consultation_id, editor_id = consultation.id, editor.id
    db.session.rollback()
    ready = threading.Barrier(2)

    def bring() -> str:
        with app.app_context():
            actor = db.session.get_one(Account, editor_id)
            shown = db.session.get_one(Consultation, consultation_id)
            if db.engine.dialect.name == "postgresql":  # SQLite lets one in at a time already
                assert len(shown.versions) == 1
                ready.wait()
            add_version(actor, shown, trails(), utc_now())
            db.session.commit()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: bring(), range(2)))
    numbers = db.session.scalars(
        db.select(QuestionnaireVersion.number).order_by(QuestionnaireVersion.number)
    ).all()
    assert numbers == [1, 2, 3]
