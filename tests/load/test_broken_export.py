"""An export from a really started server: whole, or seen to be broken off."""

import http.client
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from consult.db import Localized, db, utc_now
from consult.organizations import services as organizations
from consult.surveys.models import Consultation, QuestionnaireVersion
from consult.surveys.services.respond import FilledQuestionnaire, record_all
from tests.conftest import PASSWORD, make_settings, make_test_app
from tests.integration.surveys.exported import getting_about, table
from tests.load.conftest import LiveServer

EXPORT = "/en/staff/consultations/trajets/export/answers?open=y&format="
ROWS = 3_300


@pytest.fixture
def cookie(database_url: str, tmp_path: Path) -> str:
    """The session of a member of staff of a body that has a consultation with many answers."""
    app = make_test_app(make_settings(tmp_path, database_url))
    with app.app_context():
        db.create_all()
        name = Localized("Essai", "Trial")
        body = organizations.add_organization("essai", name, name)
        organizations.create_account("camille@example.org", "Camille", PASSWORD, is_central=True)
        now = utc_now()
        texts = ("title", "summary", "why", "influence", "decides", "what_next")
        made = Consultation(
            organization=body,
            slug="trajets",
            opens_at=now - timedelta(days=1),
            closes_at=now,
            minutes=1,
            **dict.fromkeys(texts, name),
        )
        made.versions.append(QuestionnaireVersion(number=1, definition=getting_about()))
        db.session.add(made)
        answers = {"minutes": 5, "words": "Un mot de plusieurs lettres. " * 20}
        record_all(made, [FilledQuestionnaire(answers, "fr", now)] * ROWS)
        db.session.commit()
    client = app.test_client()
    client.submit("/en/sign-in", {"email": "camille@example.org", "password": PASSWORD})
    session = client.get_cookie("consult")
    assert session
    with app.app_context():
        db.engine.dispose()
    return f"consult={session.value}"


def download(server: LiveServer, cookie: str, kind: str) -> bytes:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.request("GET", EXPORT + kind, headers={"Cookie": cookie})
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read()


def break_one_row(database_url: str, tmp_path: Path) -> None:
    """Makes a row past the first thousands unreadable, the way a damaged disk would."""
    spoilt = "submitted_at = 'infinity'" if "postgresql" in database_url else "answers = '{'"
    app = make_test_app(make_settings(tmp_path, database_url))
    with app.app_context():
        last = "(SELECT max(id) FROM responses)"
        db.session.execute(text(f"UPDATE responses SET {spoilt} WHERE id = {last}"))  # noqa: S608
        db.session.commit()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("database_url", "kind"),
    [
        *(("sqlite", kind) for kind in ("csv", "json", "decidim", "xlsx")),
        *(("postgresql", kind) for kind in ("csv", "xlsx")),  # one in pieces, one made whole
    ],
    indirect=["database_url"],
)
def test_a_download_is_whole_or_seen_to_be_cut(
    kind: str,
    cookie: str,
    live_server_factory: Callable[..., LiveServer],
    database_url: str,
    tmp_path: Path,
) -> None:
    server = live_server_factory()
    whole = download(server, cookie, kind)
    if kind == "csv":
        assert len(table(whole)) == ROWS
    break_one_row(database_url, tmp_path)
    if kind == "xlsx":
        with pytest.raises(AssertionError, match="500"):
            download(server, cookie, kind)
        return
    with pytest.raises(http.client.IncompleteRead) as error:
        download(server, cookie, kind)
    assert 0 < len(error.value.partial) < len(whole)
