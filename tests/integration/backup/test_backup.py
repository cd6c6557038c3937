"""Everything into one file and back, on either database, while the site runs."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from consult.backup.archive import FORMAT, Manifest, TableContent, check, key_mark, write_archive
from consult.db import Localized, db
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Organization, Service
from consult.organizations.services import add_organization, add_service, create_account
from tests.conftest import PASSWORD, make_settings, make_test_app

Site = Callable[[str, str], Flask]
BOTH = ["sqlite", "postgresql"]


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """Makes an empty site of a name on a kind of database."""
    made: list[Flask] = []

    def make(name: str, kind: str) -> Flask:
        url = ""
        if kind == "postgresql":
            postgres = request.getfixturevalue("postgres")
            url = postgres.create_database(f"consult_backup_{tmp_path.name}_{name}".lower())
        made.append(make_test_app(make_settings(tmp_path / name, url)))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


def run(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=arguments)


def fill(app: Flask) -> str:
    """A service, an account, feedback by the page's own way, an attached file; the widget's key."""
    with app.app_context():
        upgrade()
        body = add_organization("regie", Localized("Régie d’été", "Summer Board"), Localized())
        service = add_service(body, "permis", Localized("Permis", "Permit"), channels=["web"])
        create_account("alex@example.org", "Alex", PASSWORD)
        db.session.commit()
        key = service.key
    for number in range(3):
        send(app, key, f"Où est ma demande {number} « en été » ?")
    uploads = app.config["SETTINGS"].uploads_folder / "ab"
    uploads.mkdir(parents=True)
    uploads.joinpath("plan.pdf").write_bytes(b"%PDF")
    return key


def send(app: Flask, key: str, comment: str) -> None:
    answer = app.test_client().post(
        f"/api/v1/services/{key}/feedback",
        json={"rating": 2, "comment": comment, "lang": "fr"},
    )
    assert answer.status_code in {200, 201}, answer.get_data(as_text=True)


def everything(app: Flask) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with app.app_context():
        found = {
            table.name: [
                tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))
            ]
            for table in db.metadata.sorted_tables
        }
        db.session.rollback()
    return found


@pytest.mark.parametrize(
    ("made_on", "restored_on"), [("sqlite", "postgresql"), ("postgresql", "sqlite")]
)
def test_what_was_there_is_there_after(
    site: Site, tmp_path: Path, made_on: str, restored_on: str
) -> None:
    """From one kind of database to the other, which is also the way from a trial to production."""
    old, new, file = site("old", made_on), site("new", restored_on), tmp_path / "all.zip"
    key = fill(old)
    before = everything(old)
    done = run(old, "backup", str(file))
    assert done.exit_code == 0, done.output
    assert file.stat().st_mode & 0o777 == 0o600, "it holds people's words"
    assert f"holds {sum(map(len, before.values())):,} rows and 1 attached files" in done.output
    back = run(new, "restore", str(file))
    assert back.exit_code == 0, back.output
    assert everything(new) == before
    assert (new.config["SETTINGS"].uploads_folder / "ab/plan.pdf").read_bytes() == b"%PDF"
    send(new, key, "Après")  # numbers go on where they were
    with new.app_context():
        assert db.session.query(FeedbackItem).count() == 4
        assert len(set(db.session.scalars(select(FeedbackItem.id)))) == 4
        db.session.rollback()


@pytest.mark.parametrize("kind", BOTH)
def test_a_backup_sees_one_state_and_holds_nobody_up(site: Site, tmp_path: Path, kind: str) -> None:
    app, file = site("busy", kind), tmp_path / "all.zip"
    key, late = fill(app), []

    def meanwhile(table_told: str) -> None:
        """Somebody answers while the backup is under way."""
        if not late:
            late.append(table_told)
            send(app, key, "Arrivé pendant la sauvegarde")

    with app.app_context():
        from consult.backup.cli import _one_state

        with db.engine.connect().execution_options(**_one_state()) as connection:
            write_archive(
                file, connection, list(db.metadata.sorted_tables), tmp_path / "none",
                revision="x", mark="y", made_at="z", tell=meanwhile,
            )  # fmt: skip
    assert late
    with ZipFile(file) as archive:
        counts = {table.name: table.rows for table in check(archive).tables}
    assert counts["feedback_items"] == 3
    assert not list(tmp_path.glob("*.part"))


def test_what_is_not_whole_is_refused_before_anything_is_written(
    site: Site, tmp_path: Path
) -> None:
    old, file = site("old", "sqlite"), tmp_path / "all.zip"
    fill(old)
    run(old, "backup", str(file))
    cut = tmp_path / "cut.zip"
    cut.write_bytes(file.read_bytes()[:-400])
    short = tmp_path / "short.zip"
    with ZipFile(file) as source, ZipFile(short, "w") as target:
        for member in source.infolist():
            lines = source.read(member).splitlines(keepends=True)
            is_feedback = member.filename == "tables/feedback_items.jsonl"
            target.writestr(member.filename, b"".join(lines[:-1] if is_feedback else lines))
    outside = tmp_path / "outside.zip"
    outside.write_bytes(file.read_bytes())
    with ZipFile(outside, "a") as target:
        target.writestr("files/../../stolen", b"x")
    for refused in (cut, short, outside):
        new = site(refused.stem, "sqlite")
        done = run(new, "restore", str(refused))
        assert done.exit_code == 1, refused
        assert "is not a whole backup" in done.output
        with new.app_context():
            assert not db.inspect(db.engine).get_table_names()
    again = run(old, "restore", str(file))
    assert again.exit_code == 1
    assert "Nothing was restored" in again.output
    assert run(old, "restore", str(file), "--check").exit_code == 0
    over = run(old, "backup", str(file))
    assert "exists already" in over.output


def test_a_backup_of_an_earlier_release_is_brought_up(site: Site, tmp_path: Path) -> None:
    """Its tables are made as they were, filled, then migrated; another key is told of."""
    columns = ["id", "slug", "created_at", "name_fr", "name_en", "description_fr", "description_en"]
    bodies = TableContent(
        "organizations", columns, ["plain", "plain", "time", *["plain"] * 4], [False] * 7, 1
    )
    services = TableContent(
        "services",
        ["id", "slug", "key", "organization_id", "is_new", "is_digital", "channels",
         "allowed_origins", "created_at"],
        ["plain", "plain", "plain", "plain", "boolean", "boolean", "json", "json", "time"],
        [False] * 9,
        1,
    )  # fmt: skip
    manifest = Manifest(
        FORMAT, "0.1", "0001", "2026-01-01", key_mark("another"), [bodies, services], 0
    )
    file, at = tmp_path / "first.zip", "2026-01-01T12:00:00+00:00"
    with ZipFile(file, "w") as archive:
        body = [1, "regie", at, "Régie", "Board", "", ""]
        service = [1, "permis", "k" * 16, 1, True, True, ["web"], [], at]
        archive.writestr(bodies.member, json.dumps(body) + "\n")
        archive.writestr(services.member, json.dumps(service) + "\n")
        archive.writestr("manifest.json", json.dumps(asdict(manifest)))
    app = site("new", "sqlite")
    done = run(app, "restore", str(file))
    assert done.exit_code == 0, done.output
    assert "another CONSULT_SECRET_KEY" in done.output
    with app.app_context():
        kept = db.session.scalars(select(Service)).one()
        assert (kept.is_new, kept.channels, kept.stage) == (True, ["web"], "live")
        assert db.session.scalars(select(Organization)).one().name.fr == "Régie"
        db.session.rollback()
