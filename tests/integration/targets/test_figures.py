"""The three targets: each figure is what its downloaded list comes to, and says it plainly."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import and_, literal_column, select

from consult.db import Localized, db
from consult.feedback.models import FeedbackItem
from consult.organizations.models import Account, Organization
from consult.organizations.services import add_organization
from consult.quebec_time import quebec_day
from consult.targets import jobs
from consult.targets.definitions import TARGETS, definition_on, known
from consult.targets.models import TargetSnapshot
from consult.targets.months import last_day, months_before
from consult.targets.queries.figures import figure
from consult.targets.services.keeping import keep_month, months_to_keep
from tests.integration.targets.conftest import add_one, answer, improve, involve
from tests.pages import PageClient

EXPECTED = {"designed": (2, 3), "evolving": (1, 5), "digital_consultations": (2, 3)}


def rows_of(client: PageClient, path: str) -> list[dict[str, str]]:
    text = client.get(path).get_data(as_text=True).lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def counts(row: dict[str, str]) -> bool:
    """The definitions, in plain code, from nothing but a line of the file."""
    days = {name: date.fromisoformat(day) for name, day in row.items() if "_on" in name and day}
    as_of, never = date.fromisoformat(row["as_of"]), date.min
    if row["target"] == "designed":
        return never < days.get("activity_began_on", never) < days["launched_on"]
    if row["target"] == "evolving":
        is_answered = (as_of - days.get("answered_on", never)).days < 90
        return is_answered and days.get("improved_on", never) > a_year_before(as_of)
    return row["reason"] in ("held_here", "digital_means")


@pytest.mark.usefixtures("filled")
def test_each_figure_is_what_its_list_proves(client: PageClient) -> None:
    for number, target in enumerate(TARGETS, 1):
        for path in (f"/fr/cibles/{number}", f"/fr/cibles/organismes/essais/{number}"):
            rows = rows_of(client, f"{path}/liste.csv")
            told = client.get(f"{path}/liste.json").get_json()
            proved = (sum(counts(row) for row in rows), len(rows))
            assert (told["counted"], told["total"]) == proved == EXPECTED[target]
            assert [row["counts"] == "yes" for row in rows] == [counts(row) for row in rows]
            assert f"{proved[0]} sur {proved[1]}" in client.page(path).get_text()


@pytest.mark.usefixtures("filled")
def test_the_page_says_the_fractions_the_distance_and_why(client: PageClient) -> None:
    page = client.page("/fr/cibles").get_text(" ", strip=True)
    assert "Encore 1 service pour atteindre 75 %" in page.replace("\u00a0", " ")
    assert "Encore 3 services pour atteindre 75 %" in page.replace("\u00a0", " ")
    assert "après le lancement seulement" in page
    english = client.page("/en/targets/bodies/essais").get_text(" ", strip=True)
    assert "3 more services to reach 75%" in english
    assert "Improved, but no feedback in 90 days" in english
    assert "essais" in str(client.page("/fr/cibles/organismes"))
    for hidden in ("brouillon", "a-venir", "Service papier"):
        assert hidden not in page


def test_a_body_with_nothing_to_count_says_so(client: PageClient, body: Organization) -> None:
    db.session.commit()
    page = client.page("/fr/cibles/organismes/essais").get_text(" ", strip=True)
    assert "Aucun nouveau service numérique" in page
    assert "0\u00a0%" not in page.partition("Les autres cibles")[0]


def test_unpublished_improvements_and_suspect_feedback_do_not_count(
    body: Organization, actor: Account, now: datetime
) -> None:
    service = add_one(body, "seul", launched_on=date(2024, 1, 5))
    improve(actor, service, now, did=Localized("Fait", ""))
    answer(service, now - timedelta(days=3))
    db.session.commit()
    day = quebec_day(now)
    assert figure(definition_on("evolving", day), day).counted == 0


@pytest.mark.usefixtures("filled")
def test_a_month_is_kept_once_with_its_list(client: PageClient, now: datetime) -> None:
    month = months_before(quebec_day(now).replace(day=1), 1)
    due = months_to_keep(now)
    assert ("designed", month) in due
    assert keep_month("designed", month, now) == 1
    db.session.commit()
    assert keep_month("designed", month, now) == 0
    assert keep_month("designed", quebec_day(now).replace(day=1), now) == 0  # not over yet
    assert ("designed", month) not in months_to_keep(now)
    snapshot = db.session.query(TargetSnapshot).one()
    kept = rows_of(client, f"/fr/cibles/1/liste.csv?month={month:%Y-%m}")
    assert (sum(map(counts, kept)), len(kept)) == (snapshot.counted, snapshot.total)
    (line,) = rows_of(client, "/fr/cibles/1/historique.csv")
    assert (line["month"], line["counted"]) == (f"{month:%Y-%m}", str(snapshot.counted))
    assert client.get("/fr/cibles/1/liste.csv?month=2019-13").status_code == 404
    assert client.page("/fr/cibles/1").select_one("svg.app-chart-line")
    snapshot.counted = 0
    with pytest.raises(RuntimeError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.usefixtures("filled")
def test_a_job_that_is_killed_loses_nothing_and_one_run_twice_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: list[tuple[str, date]] = []

    def killed_at_the_third(target: str, month: date, now: datetime) -> int:
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append((target, month))
        return keep_month(target, month, now)

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "keep_month", killed_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            jobs.keep_months({}, lambda _stage, _share: None)
    db.session.rollback()

    def rows() -> list[Any]:
        table = TargetSnapshot
        query = select(table.id, table.target, table.month, table.counted, table.taken_at)
        return [tuple(row) for row in db.session.execute(query.order_by(table.id))]

    before = rows()
    jobs.keep_months({}, lambda _stage, _share: None)
    after = rows()
    assert after[: len(before)] == before
    assert {row[1] for row in after} == set(TARGETS)
    jobs.keep_months({}, lambda _stage, _share: None)
    assert rows() == after


@pytest.mark.usefixtures("filled")
def test_a_figure_of_an_old_version_is_given_again_by_the_old_rule(
    client: PageClient,
    actor: Account,
    body: Organization,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A second version, of this test alone, asks for the activity a month before the launch."""
    this_month = quebec_day(now).replace(day=1)
    last, before_last = months_before(this_month, 1), months_before(this_month, 2)
    old = definition_on("designed", last_day(before_last))
    service = add_one(body, "juste", is_new=True, launched_on=last_day(before_last))
    involve(actor, service, last_day(before_last) - timedelta(days=3))
    new = _stricter(old, valid_from=last)
    monkeypatch.setattr(known, "_definitions", [*known._definitions, new])
    for month in (before_last, last):
        keep_month("designed", month, now)
    db.session.flush()
    first, second = db.session.query(TargetSnapshot).order_by(TargetSnapshot.month)
    assert (first.version, second.version) == (1, 2)
    db.session.commit()
    for snapshot in (first, second):
        path = f"/fr/cibles/organismes/essais/1/liste.json?month={snapshot.month:%Y-%m}"
        told = client.get(path).get_json()
        again = {"counted": snapshot.counted, "total": snapshot.total}
        assert told["recomputed"] == again == {name: told[name] for name in again}
        assert told["definition_version"] == snapshot.version
    counted = {e["key"]: e["counts"] for s in (first, second) for e in s.entries}
    by_old = {e["key"]: e["counts"] for e in first.entries}
    assert by_old["juste"]
    assert not counted["juste"]


def _stricter(old: Any, valid_from: date) -> Any:
    def listed(day: date) -> Any:
        found = old.listed(day).subquery()
        is_early = found.c.activity_began_on < literal_column(
            "date(launched_on, '-1 month')"
            if db.engine.dialect.name == "sqlite"
            else "launched_on - interval '1 month'"
        )
        columns = [c for c in found.c if c.name != "counts"]
        return select(*columns, and_(found.c.counts, is_early).label("counts"))

    return replace(old, number=2, valid_from=valid_from, listed=listed)


def test_a_history_of_target_2_begins_with_the_first_feedback(
    body: Organization, now: datetime
) -> None:
    service = add_one(body, "seul", launched_on=date(2020, 1, 1))
    db.session.flush()
    assert "evolving" not in {target for target, _month in months_to_keep(now)}
    answer(service, now - timedelta(days=80))
    db.session.flush()
    months = [month for target, month in months_to_keep(now) if target == "evolving"]
    assert months[0] == quebec_day(now - timedelta(days=80)).replace(day=1)


PAGES = (
    *("/fr/cibles", "/fr/cibles/2", "/fr/cibles/organismes", "/fr/cibles/organismes/essais"),
    *("/fr/cibles/4", "/fr/cibles/2/liste.csv"),
)


@pytest.mark.usefixtures("filled")
def test_pages_ask_as_much_of_many_services_as_of_few(
    queries_of: Callable[[str], int], actor: Account, now: datetime
) -> None:
    few = {path: queries_of(path) for path in PAGES}
    for number in range(12):
        other = add_organization(f"autre-{number}", Localized("Autre", "Other"), Localized())
        for place in range(3):
            service = add_one(other, f"s-{number}-{place}", launched_on=date(2024, 3, 1))
            answer(service, now - timedelta(days=place))
            improve(actor, service, now - timedelta(days=place))
    db.session.commit()
    assert {path: queries_of(path) for path in PAGES} == few
    assert max(few.values()) <= 12


@pytest.mark.usefixtures("filled")
def test_the_figure_looks_feedback_up_in_an_index(now: datetime) -> None:
    """Of target 2: no plan reads the table of feedback from end to end."""
    day = quebec_day(now)
    definition = definition_on("evolving", day)
    compiled = definition.listed(day).compile(db.engine, compile_kwargs={"literal_binds": True})
    table = FeedbackItem.__tablename__
    if db.engine.dialect.name == "sqlite":
        plan = [row[-1] for row in db.session.execute(db.text(f"EXPLAIN QUERY PLAN {compiled}"))]
        assert not [line for line in plan if line.startswith(f"SCAN {table}")]
        return
    db.session.execute(db.text("SET LOCAL enable_seqscan = off"))
    plan = [row[0] for row in db.session.execute(db.text(f"EXPLAIN {compiled}"))]
    assert [line for line in plan if "ix_feedback_items_service_id" in line]
    assert not [line for line in plan if "hashed SubPlan" in line]
    assert not [line for line in plan if f"Seq Scan on {table}" in line]
