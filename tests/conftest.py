"""Fixtures every kind of test shares: real databases, the application, a checking client."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import event, text
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from consult import Settings, create_app
from consult.db import Localized, db
from consult.organizations import services as organizations
from consult.organizations.audit.guards import GUARDS, set_guards
from consult.organizations.models import Account, Organization, Role, Service
from consult.security import limiter
from tests.pages import PageClient
from tests.servers import PostgresServer, RedisServer

ROOT = Path(__file__).resolve().parent.parent
#: The same examples at every run, and no opinion on how fast a busy machine is. To look further:
#: ``pytest --hypothesis-profile=default``.
hypothesis_settings.register_profile(
    "consult", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("consult")

PASSWORD = "une phrase de passe d'essai"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data for measurement; it is not part of the project."""
    folder = Path(os.environ.get("CONSULT_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"needs the shared data folder, absent: {folder.name}")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server in a folder of its own: pytest's are closed to other users by its next session."""
    with tempfile.TemporaryDirectory(prefix="consult-postgres-") as folder:
        server = PostgresServer(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.stop()


def make_settings(var_dir: Path, database_url: str = "", **fields: object) -> Settings:
    return Settings.model_validate(
        {"secret_key": "t" * 40, "var_dir": var_dir, "database_url": database_url, **fields}
    )


def make_test_app(settings: Settings) -> Flask:
    app = create_app(settings)
    app.config["TESTING"] = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = PageClient
    return app


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Passwords of test accounts cost little to hash; the browser tests pay the real price."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(organizations, "_hasher", cheap)
        yield


@pytest.fixture(scope="session")
def _apps(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Flask]]:
    """One application and one schema per database and session."""
    made: dict[str, Flask] = {}

    def get(kind: str) -> Flask:
        if kind not in made:
            url = ""
            if kind == "postgresql":
                url = request.getfixturevalue("postgres").create_database("consult_tests")
            made[kind] = make_test_app(make_settings(tmp_path_factory.mktemp(kind), url))
            with made[kind].app_context():
                db.create_all()
        return made[kind]

    yield get
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, _apps: Callable[[str], Flask]) -> Iterator[Flask]:
    """The application on an empty database, once on SQLite and once on PostgreSQL."""
    app = _apps(request.param)
    limiter.reset()
    with app.app_context():
        yield app
        db.session.rollback()
        db.session.remove()
    with app.app_context():
        _empty_tables()
        huey = app.extensions["job_queue"]["huey"]
        if huey.pending_count() or huey.scheduled_count() or huey.result_count():
            huey.flush()


def _empty_tables() -> None:
    """Empties the tables that a test wrote to, a few of them; the next one counts from 1 again."""
    tables = list(reversed(db.metadata.sorted_tables))
    which = " UNION ALL ".join(
        f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM {table.name})"  # noqa: S608
        for table in tables
    )
    written = set(db.session.scalars(text(which)))
    if "audit_events" in written:
        _lift_guards()
    for table in tables:
        if table.name in written:
            db.session.execute(table.delete())
    if "audit_events" in written:
        set_guards(db.session.connection())
    if db.engine.dialect.name == "postgresql":
        counted = [table.name for table in tables if table.autoincrement_column is not None]
        again = [f"setval(pg_get_serial_sequence('{name}', 'id'), 1, false)" for name in counted]
        db.session.execute(text(f"SELECT {', '.join(again)}"))
    db.session.commit()


def _lift_guards() -> None:
    """Lets the audit trail be emptied, which nothing of consult does."""
    of_table = "" if db.engine.dialect.name == "sqlite" else " ON audit_events"
    for name in re.findall(r"TRIGGER (\w+)", " ".join(GUARDS[db.engine.dialect.name])):
        db.session.execute(text(f"DROP TRIGGER {name}{of_table}"))


@pytest.fixture
def client(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


@pytest.fixture
def organization(app: Flask) -> Organization:
    made = organizations.add_organization(
        "regie-des-essais",
        Localized("Régie des essais", "Testing Board"),
        Localized("Organisme fictif", "Fictitious body"),
    )
    db.session.commit()
    return made


@pytest.fixture
def service(organization: Organization) -> Service:
    made = organizations.add_service(
        organization,
        "permis-en-ligne",
        Localized("Permis en ligne", "Online Permits"),
        allowed_origins=["https://services.example.org"],
        channels=["web"],
    )
    db.session.commit()
    return made


@pytest.fixture
def staff(organization: Organization) -> Callable[..., Account]:
    """``staff(Role.ANALYST)`` makes a member of staff of the body with that role."""

    def make(role: Role, body: Organization | None = organization) -> Account:
        account = organizations.create_account(f"{role}@example.org", f"Camille {role}", PASSWORD)
        if body is not None:
            organizations.grant_role(account, body, role)
        db.session.commit()
        return account

    return make


@pytest.fixture
def sign_in(client: PageClient) -> Callable[[Account], None]:
    """``sign_in(account)`` signs the client in through the page, as a person does."""

    def do(account: Account) -> None:
        answer = client.submit("/fr/connexion", {"email": account.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.get_data(as_text=True)

    return do


@pytest.fixture
def queries_of(app: Flask, client: PageClient) -> Callable[[str], int]:
    """``queries_of(path)`` fetches a page and tells how many statements it took."""

    def count(path: str) -> int:
        said: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            said.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert client.get(path).status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(said)

    return count


#: Dealt first, so that none is left to one worker at the end. Between the two folders that start
#: servers come files that do not, so that both are not busy with servers at once.
LONGEST = (
    "tests/browser",
    "tests/integration/test_every_route.py",
    "tests/integration/test_bench.py",
    "tests/integration/surveys/test_held_elsewhere.py",
    "tests/integration/surveys/test_exports.py",
    "tests/unit/questionnaires/exchange/test_survey_forms.py",
    "tests/load",
)


class ByServer(LoadScopeScheduling):
    """Deals tests to workers by file; those that share a started server, by folder, in order."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        for scope in reversed(LONGEST):
            if scope in self.workqueue:
                self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::")[0]
        folder = "/".join(path.split("/")[:2])
        return folder if folder in ("tests/browser", "tests/load") else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByServer:
    return ByServer(config, log)
