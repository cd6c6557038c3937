"""Files attached to answers: checked by content, bare, durable, downloaded by staff alone."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from consult.db import db, utc_now
from consult.files.storing import stored_path
from consult.organizations.models import Account, Role
from consult.surveys.models import Consultation, Upload
from consult.surveys.services.withdraw import purge
from tests.factories.files import PDF, SECRET, docx, jpeg, png
from tests.integration.surveys.conftest import EN, responses
from tests.integration.surveys.paths import with_file
from tests.pages import PageClient

PAGE = f"{EN}/questionnaire/1"
FILES = "/en/staff/consultations/sentiers/files"


@pytest.fixture(autouse=True)
def consultation(make_consultation: Callable[..., Consultation]) -> Consultation:
    return make_consultation(questionnaire=with_file(), satisfaction_question=None)


@pytest.fixture
def stored(app: Flask) -> Callable[[], list[Path]]:
    folder: Path = app.config["SETTINGS"].uploads_folder
    for path in folder.glob("??/*"):
        path.unlink()
    return lambda: sorted(folder.glob("??/*"))


def send(client: PageClient, data: bytes | None, name: str = "plan.pdf", **more: Any) -> Any:
    form: dict[str, Any] = dict(more)
    if data is not None:
        form["q_plan"] = (io.BytesIO(data), name)
    return client.submit(PAGE, form, content_type="multipart/form-data")


def attached() -> list[Upload]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Upload).order_by(Upload.id)))


def test_a_file_is_kept_bare_and_shown_to_its_owner(
    client: PageClient, stored: Callable[[], list[Path]]
) -> None:
    assert send(client, jpeg(), "Camille Demers.jpg").location == f"{EN}/check"
    (upload,) = attached()
    assert (upload.extension, upload.media_type) == ("jpg", "image/jpeg")
    (path,) = stored()
    assert SECRET not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert "JPG, 1 kB" in client.page(f"{EN}/check").get_text()
    assert "Received" in client.page(PAGE).get_text()
    assert "Camille" not in client.get(PAGE).get_data(as_text=True)
    assert responses()[0].current["plan"] == str(upload.public_id)


def test_sending_the_page_again_keeps_the_file_and_another_replaces_it(
    client: PageClient, stored: Callable[[], list[Path]]
) -> None:
    send(client, PDF)
    send(client, None, q_word="Bonjour")
    assert len(attached()) == 1
    send(client, png())
    (upload,) = attached()
    assert upload.extension == "png"
    assert len(stored()) == 1
    send(client, None, q_plan_remove="1")
    assert attached() == []
    assert stored() == []
    assert "plan" not in responses()[0].current


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><script>alert(1)</script>", "PDF"),
        (docx(), "picture"),
        (PDF + bytes(1_000_001), "1 MB"),
        (b"", "This file is empty"),
    ],
)
def test_a_refused_file_is_told_and_the_rest_of_the_page_is_kept(
    client: PageClient, data: bytes, words: str, stored: Callable[[], list[Path]]
) -> None:
    answer = send(client, data, q_word="Bonjour")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'href="#q_plan"' in page
    assert 'value="Bonjour"' in page
    assert words in page.replace("\u00a0", " ")
    assert responses()[0].current == {"word": "Bonjour"}
    assert stored() == []


def test_far_too_much_is_refused_with_a_page(client: PageClient) -> None:
    answer = send(client, PDF + bytes(8_000_000))
    assert answer.status_code == 413
    assert "too large to be sent" in answer.get_data(as_text=True)
    assert responses() == []


def test_only_pages_with_files_have_more_room(
    client: PageClient, make_consultation: Callable[..., Consultation]
) -> None:
    make_consultation("autre")
    answer = client.submit(
        "/en/consultations/autre/questionnaire/1",
        {"q_favourite": "a" * 2_000, "q_plan": (io.BytesIO(PDF + bytes(2_000_000)), "a.pdf")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 413


def test_staff_of_the_body_download_what_was_sent_and_nobody_else(
    client: PageClient,
    browser: Callable[[], PageClient],
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    person = browser()
    send(person, PDF, "<script>.html", q_word="Bonjour")
    (upload,) = attached()
    address = f"{FILES}/{upload.public_id}"
    assert person.get(address).location.startswith("/en/sign-in")
    sign_in(staff(Role.VIEWER))
    assert client.get(address).status_code == 404, "not sent yet"
    person.submit(f"{EN}/check", {})
    links = [str(a["href"]) for a in client.page(FILES).select("main table a")]
    assert links == [address]
    with client.get(address) as answer:
        assert answer.data == PDF
        headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment; filename=plan-")
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_a_file_of_a_correction_counts_once_the_correction_is_sent(
    client: PageClient, stored: Callable[[], list[Path]]
) -> None:
    send(client, PDF)
    client.submit(f"{EN}/check", {})
    client.submit(f"{EN}/correction", {}, form_page=f"{EN}/receipt")
    send(client, png())
    assert len(stored()) == 2, "what was sent counts until the correction is sent"
    client.submit(f"{EN}/correction", {"abandon": "1"}, form_page=f"{EN}/check")
    assert [upload.extension for upload in attached()] == ["pdf"]
    assert len(stored()) == 1
    client.submit(f"{EN}/correction", {}, form_page=f"{EN}/receipt")
    send(client, png())
    client.submit(f"{EN}/check", {})
    assert [upload.extension for upload in attached()] == ["png"]


def test_withdrawing_erases_the_files(client: PageClient, stored: Callable[[], list[Path]]) -> None:
    send(client, PDF)
    client.submit(f"{EN}/check", {})
    client.submit(f"{EN}/withdrawal", {})
    assert (attached(), stored()) == ([], [])


def test_a_file_is_on_disk_before_its_row_and_goes_after_it(
    client: PageClient, stored: Callable[[], list[Path]]
) -> None:
    send(client, PDF)
    (response,) = responses()
    db.session.delete(response.uploads[0])
    db.session.flush()
    db.session.rollback()
    assert len(stored()) == 1, "a removal that was not committed erases nothing"


def test_the_purge_erases_old_drafts_and_files_that_nothing_names(
    client: PageClient,
    browser: Callable[[], PageClient],
    consultation: Consultation,
    stored: Callable[[], list[Path]],
) -> None:
    send(client, PDF)
    sent = browser()
    send(sent, png())
    sent.submit(f"{EN}/check", {})
    sent.submit(f"{EN}/correction", {}, form_page=f"{EN}/receipt")
    orphan = stored_path(responses()[0].public_id)
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"left")
    now, day = utc_now(), timedelta(days=1)
    assert purge(now) == 0
    assert len(stored()) == 3, "a file just written may be about to get its row"
    closes_at = consultation.closes_at
    assert purge(closes_at + 29 * day) == 0
    assert purge(closes_at + 31 * day) == 2
    (kept,) = responses()
    assert (kept.is_submitted, kept.draft) == (True, None)
    assert [path.read_bytes() for path in stored()] == [png()]


def test_the_purge_erases_what_nobody_touched_for_ninety_days(
    client: PageClient, consultation: Consultation
) -> None:
    consultation.closes_at += timedelta(days=400)
    db.session.commit()
    send(client, PDF)
    now, day = utc_now(), timedelta(days=1)
    assert purge(now + 89 * day) == 0
    assert purge(now + 91 * day) == 1
    assert responses() == []
