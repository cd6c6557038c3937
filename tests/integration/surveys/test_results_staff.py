"""The staff reads results while a consultation runs, and the counts are kept ready."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from consult.db import db, utc_now
from consult.jobs import queue
from consult.jobs.models import Job
from consult.organizations.models import Account
from consult.surveys import jobs
from consult.surveys.models import Consultation, CountsTable, Response, ResponseState
from consult.surveys.results import keeping
from consult.surveys.services.respond import FilledQuestionnaire, record_all
from tests.factories.results import sums
from tests.integration.surveys.conftest import EN
from tests.integration.surveys.test_results import filled
from tests.pages import PageClient

STAFF = "/en/staff/consultations/sentiers/results"
CROSSTAB = f"{STAFF}/crosstab"


@pytest.fixture
def running(
    consultation: Consultation, editor: Account, sign_in: Callable[[Account], None]
) -> Callable[..., Consultation]:
    """An open consultation with these answers, and an editor signed in."""
    sign_in(editor)

    def make(answers: list[FilledQuestionnaire]) -> Consultation:
        record_all(consultation, answers)
        db.session.commit()
        return consultation

    return make


@pytest.fixture
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting is left to a job from three responses on."""
    monkeypatch.setattr(keeping, "FEW", 2)


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def count_now() -> int:
    """What the worker does each minute; returns how many jobs it did."""
    jobs.count_what_changed()
    waiting = db.session.scalars(db.select(Job).where(Job.state == "queued")).all()
    for job in waiting:
        queue.run(job.id)
    db.session.rollback()
    return len(waiting)


def test_small_counts_are_shown_to_the_staff_and_marked(
    client: PageClient, running: Callable[..., Consultation]
) -> None:
    running(filled(12, change="Plus de bancs.") + filled(3, often="never"))
    page = client.page(STAFF)
    often = page.find(id="q-often")
    assert "3 (20%) not public" in words(often)  # type: ignore[arg-type]
    assert "12 (80%) not public" in words(often)  # type: ignore[arg-type]
    own_words = page.find(id="own-words").find_parent("section")  # type: ignore[union-attr]
    assert "What should change? 12" in words(own_words)  # type: ignore[arg-type]
    assert "Most came in on" in words(page)
    assert client.get(f"{EN}/results").status_code == 404


def test_filters_live_in_the_address_and_add_up(
    client: PageClient, running: Callable[..., Consultation]
) -> None:
    running(filled(6, region="03") + filled(4, region="06", often="never") + filled(1))
    page = client.page(f"{STAFF}?region=06&lang=fr&channel=web")
    assert "4 people match" in words(page)
    assert "4 (100%)" in words(page.find(id="q-often"))  # type: ignore[arg-type]
    chosen = page.select_one("#region option[selected]")
    assert chosen
    assert chosen["value"] == "06"
    assert "11 people answered" in words(client.page(f"{STAFF}?region=99&lang=%27"))


def test_the_experience_is_told_with_its_base(
    client: PageClient, running: Callable[..., Consultation]
) -> None:
    made = running(filled(6))
    for response, rating in zip(
        db.session.scalars(db.select(Response)).all(), (5, 4, 4, 4, 2, None), strict=True
    ):
        response.experience_rating = rating
    db.session.commit()
    assert made.id
    assert "80% of the 5 people who told us are satisfied" in words(client.page(STAFF))


def test_two_questions_are_crossed_by_filter(
    client: PageClient, running: Callable[..., Consultation]
) -> None:
    running(
        filled(5, with_whom=["dog", "family"], satisfaction=5)
        + filled(2, with_whom=["dog"], often="never", region="03")
        + filled(3)
    )
    page = client.page(f"{CROSSTAB}?first=often&second=with_whom")
    assert crossed(page) == {
        "Never": ["0 (0%)", "0 (0%)", "2 (100%)", "2"],
        "Sometimes": ["0", "0", "0", "0"],
        "Every day": ["0 (0%)", "5 (100%)", "5 (100%)", "5"],
        "Total": ["0", "5", "7", "7"],
    }
    assert "not public" in words(page)
    page = client.page(f"{CROSSTAB}?first=often&second=with_whom&region=03")
    assert crossed(page)["Total"] == ["0", "0", "2", "2"]
    headers = page.select("table thead th")
    assert {header["scope"] for header in headers} == {"col", "colgroup"}
    assert all(row.th["scope"] == "row" for row in page.select("tbody tr"))  # type: ignore[index]


@pytest.mark.parametrize(
    "query", ["first=often&second=often", "first=change&second=x", "first=%27"]
)
def test_what_cannot_be_crossed_is_said(
    client: PageClient, running: Callable[..., Consultation], query: str
) -> None:
    running(filled(5))
    page = client.page(f"{CROSSTAB}?{query}")
    assert not page.select("table")


def crossed(page: BeautifulSoup) -> dict[str, list[str]]:
    """The rows of the only table, without the mark of small counts."""
    return {
        " ".join(row.th.get_text().split()): [  # type: ignore[union-attr]
            " ".join(cell.get_text().replace("not public", "").split()) for cell in row.select("td")
        ]
        for row in page.select("tbody tr")
    }


def test_many_answers_are_counted_by_the_worker(
    client: PageClient, running: Callable[..., Consultation], two_are_many: None
) -> None:
    made = running(filled(6))
    page = client.page(STAFF)
    assert page.select_one("[data-waiting]"), "the page looks again by itself"
    assert not page.select("table")
    assert count_now() == 1
    assert "6 people answered" in words(client.page(STAFF))
    record_all(made, filled(2, often="never"))
    db.session.commit()
    page = client.page(STAFF)
    assert "6 people answered" in words(page)
    assert "Figures as of" in words(page)
    assert count_now() == 1
    assert "8 people answered" in words(client.page(STAFF))


def test_a_withdrawal_and_a_correction_change_the_counts(
    running: Callable[..., Consultation], two_are_many: None
) -> None:
    made = running(filled(6))
    count_now()
    first, second = db.session.scalars(db.select(Response)).all()[:2]
    first.state, first.answers = ResponseState.WITHDRAWN, {}
    second.answers = {**second.answers, "often": "never"}
    db.session.commit()
    assert count_now() == 1
    kept = keeping.current_counts(made)
    assert kept is not None
    assert kept.counts.responses() == 5
    assert kept.counts.choices("often") == {"daily": 4, "never": 1}


def test_what_has_not_changed_is_not_counted_again(
    running: Callable[..., Consultation], two_are_many: None
) -> None:
    made = running(filled(6))
    long_ago = utc_now() - timedelta(minutes=5)
    db.session.execute(db.update(Response).values(updated_at=long_ago))
    db.session.commit()
    assert count_now() == 1
    assert count_now() == 0
    kept = keeping.current_counts(made)
    assert kept is not None
    assert kept.as_of is None


def test_one_job_at_a_time_counts_a_consultation(
    running: Callable[..., Consultation], two_are_many: None
) -> None:
    running(filled(6))
    for _minute in range(3):
        jobs.count_what_changed()
    assert db.session.query(Job).count() == 1


def test_counters_at_once_do_no_harm(
    app: Flask, running: Callable[..., Consultation], two_are_many: None
) -> None:
    made = running(filled(6))
    consultation_id = made.id
    db.session.rollback()

    def count(_number: int) -> None:
        with app.app_context():
            keeping.recount(consultation_id, lambda _stage, _share: None, utc_now())
            db.session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(8)))
    (table,) = db.session.scalars(db.select(CountsTable)).all()
    assert keeping.Counts(table.counts).responses() == 6


def test_matrix_ranking_and_numbers_are_told_each_in_its_way(
    client: PageClient,
    make_consultation: Callable[..., Consultation],
    editor: Account,
    sign_in: Callable[[Account], None],
) -> None:
    now = utc_now()
    made = make_consultation(
        questionnaire=sums(),
        satisfaction_question=None,
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=1),
    )
    answers: dict[str, Any] = {
        "bus_price": "good",
        "bus_time": "bad",
        "first": ["calm", "price"],
        "age": 40,
        "agree": "yes",
    }
    moment = now - timedelta(days=2)
    one = FilledQuestionnaire(answers, "fr", moment)
    other = FilledQuestionnaire({**answers, "bus_price": "bad", "age": 20}, "en", moment)
    record_all(made, [one] * 15 + [other] * 10)
    made.results_published_at = now
    db.session.commit()
    page = client.page(f"{EN}/results")
    matrix = crossed_of(page, "q-bus")
    assert matrix == {
        "The price": ["15 (60%)", "10 (40%)", "25"],
        "Time": ["Not shown", "Not shown", "25"],
    }
    ranking = crossed_of(page, "q-first")
    assert ranking["Quiet"] == ["1.0", "Not shown"]
    assert crossed_of(page, "q-age") == {
        "Mean": ["32"],
        "Standard deviation": ["10"],
        "A quarter of people are at or under": ["20"],
        "Half of people are at or under (median)": ["40"],
        "Three quarters of people are at or under": ["40"],
    }
    assert "25 people could agree" in words(page)
    english = client.page(f"{EN}/results?of=lang:en")
    assert "10 of these people answered" in words(english)
    assert crossed_of(english, "q-age")["Mean"] == ["20"]
    sign_in(editor)
    assert crossed_of(client.page(STAFF), "q-bus")["Time"] == ["0 (0%)", "25 (100%)", "25"]


def crossed_of(page: BeautifulSoup, block: str) -> dict[str, list[str]]:
    found = page.find(id=block)
    assert found
    return crossed(found)  # type: ignore[arg-type]
