"""A site of the first release, with its data, brought up to this one: everything is still there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from consult.db import db
from tests.conftest import PASSWORD, make_settings, make_test_app
from tests.pages import PageClient

UUID = "018900000000700080000000000000{:02d}"
AT = "2026-03-0{} 12:00:00+00:00"

#: One of each thing the first release kept: table, then its columns.
ROWS = (
    ("organizations", {"id": 1, "slug": "regie", "name_fr": "Régie", "name_en": "Board"}),
    (
        "services",
        {"id": 1, "slug": "permis", "key": "k" * 16, "organization_id": 1, "name_fr": "Permis",
         "name_en": "Permit", "launched_on": "2026-01-31", "is_new": True, "is_digital": True,
         "channels": '["web"]', "allowed_origins": '["https://www.example.org"]'},
    ),
    (
        "accounts",
        {"id": 1, "public_id": UUID.format(1), "email": "alex@example.org", "name": "Alex",
         "is_central": False},
    ),
    ("memberships", {"id": 1, "account_id": 1, "organization_id": 1, "role": "analyst"}),
    (
        "jobs",
        {"id": 1, "public_id": UUID.format(2), "kind": "analysis", "arguments": "{}",
         "state": "done", "progress": 1, "stage": "", "attempts": 1, "error": "",
         "finished_at": AT.format(3)},
    ),
    *(
        (
            "feedback_items",
            {"id": n, "public_id": UUID.format(10 + n), "service_id": 1, "idempotency_key": str(n),
             "rating": n, "comment": f"Attente trop longue {n}", "lang": "fr", "channel": "web",
             "submitted_at": AT.format(n)},
        )
        for n in (1, 2)
    ),
    (
        "analyses",
        {"id": 1, "public_id": UUID.format(3), "organization_id": 1, "service_id": 1, "job_id": 1,
         "created_by_id": 1, "completed_at": AT.format(3), "parameters": "{}", "comments": 2,
         "analysed": 2, "themed": 2, "rated": 2, "overall_mean": 1.5,
         "period_from": AT.format(1), "period_to": AT.format(2)},
    ),
    (
        "themes",
        {"id": 1, "analysis_id": 1, "number": 1, "label_fr": "Longue attente",
         "label_en": "Long wait", "comments": 2, "share": 1, "mean_rating": 1.5,
         "points_at_stake": 0.4, "points_low": 0.1, "points_high": 0.7, "rank": 1, "bracket": 1},
    ),
    *(
        (
            "theme_comments",
            {"id": n, "theme_id": 1, "kind": "feedback", "comment_id": UUID.format(10 + n),
             "lang": "fr", "weight": 0.9, "is_main": True, "representative_rank": n, "rating": n,
             "submitted_at": AT.format(n)},
        )
        for n in (1, 2)
    ),
    (
        "improvements",
        {"id": 1, "public_id": UUID.format(4), "organization_id": 1, "service_id": 1,
         "theme_id": 1, "title_fr": "Plus de personnel", "title_en": "More staff",
         "said_fr": "L’attente est longue.", "said_en": "The wait is long.",
         "did_fr": "Deux personnes de plus.", "did_en": "Two more people.", "owner_id": 1,
         "state": "done", "changed_at": AT.format(4), "settled_at": AT.format(4)},
    ),
    (
        "jobs",
        {"id": 2, "public_id": UUID.format(8), "kind": "analysis", "arguments": "{}",
         "state": "done", "progress": 1, "stage": "", "attempts": 1, "error": "",
         "finished_at": AT.format(3)},
    ),
    (
        "consultations",
        {"id": 1, "public_id": UUID.format(5), "slug": "parcs", "organization_id": 1,
         "title_fr": "Parcs", "title_en": "Parks", "opens_at": AT.format(1),
         "closes_at": AT.format(3), "minutes": 5},
    ),
    (
        "analyses",
        {"id": 2, "public_id": UUID.format(6), "organization_id": 1, "consultation_id": 1,
         "question": "why", "job_id": 2, "created_by_id": 1, "completed_at": AT.format(3),
         "parameters": "{}", "comments": 2, "analysed": 2, "themed": 2, "rated": 0},
    ),
    (
        "themes",
        {"id": 2, "analysis_id": 2, "number": 1, "label_fr": "Bancs", "label_en": "Benches",
         "comments": 2, "share": 1, "rank": 1, "bracket": 1},
    ),
    (
        "improvements",
        {"id": 2, "public_id": UUID.format(7), "organization_id": 1, "theme_id": 2,
         "title_fr": "Plus de bancs", "title_en": "More benches", "owner_id": 1,
         "state": "to_study", "changed_at": AT.format(4)},
    ),
)  # fmt: skip

#: These have a moment of creation.
CREATED = {
    "organizations", "services", "accounts", "jobs", "analyses", "improvements", "consultations",
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def first_release(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").create_database("consult_first_release")
    app = make_test_app(make_settings(tmp_path, url))
    with app.app_context():
        upgrade(revision="0001")
        with db.engine.begin() as connection:
            for table, values in ROWS:
                row = dict(values)
                if table in CREATED:
                    row["created_at"] = AT.format(1)
                if table == "accounts":
                    row["password_hash"] = PasswordHasher().hash(PASSWORD)
                names = ", ".join(row)
                places = ", ".join(f":{name}" for name in row)
                connection.execute(
                    text(f"INSERT INTO {table} ({names}) VALUES ({places})"),  # noqa: S608
                    row,
                )
        yield app
        db.session.remove()
        db.engine.dispose()


def test_everything_is_still_there(first_release: Flask) -> None:
    upgrade()
    client = first_release.test_client()
    assert isinstance(client, PageClient)
    assert "Plus de personnel" in client.page("/fr/vous-avez-dit-nous-avons-fait").get_text()
    answer = client.submit("/fr/connexion", {"email": "alex@example.org", "password": PASSWORD})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    report = "/fr/analyses/" + str(_uuid(3))
    for path, words in (
        ("/fr/equipe", "Régie"),
        ("/fr/equipe/services", "Permis"),
        ("/fr/equipe/services/permis", "Attente trop longue 2"),
        ("/fr/equipe/services/permis/avis?q=longue", "Attente trop longue 1"),
        (report, "Longue attente"),
        (f"{report}/themes/1", "Attente trop longue 2"),
        ("/en/improvements", "More staff"),
        ("/en/improvements", "Parks"),
    ):
        assert words in client.page(path).get_text(), path


def _uuid(number: int) -> str:
    raw = UUID.format(number)
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"
