"""Feedback that arrives at once is written at once, and each piece is judged for itself."""

import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from consult.db import db, utc_now
from consult.feedback import queries, services
from consult.feedback.errors import FeedbackRefusedError
from consult.feedback.models import FeedbackItem, Review
from consult.feedback.queries import Served
from consult.feedback.services import Submission
from consult.feedback.services.inserting import Inserter, statement
from consult.feedback.services.receiving import writer
from consult.organizations.models import Service
from tests.servers import wait_until

LONG = "La page de paiement ne garde pas mon adresse quand je reviens en arrière."


@pytest.fixture
def known(service: Service) -> Served:
    found = queries.served(service.key)
    assert found is not None
    return found


@pytest.fixture
def together(app: Flask) -> Callable[..., list[object]]:
    """``together(each, of)`` calls all at once; their rows are written by one transaction.

    Gives what each returned, or the error that it raised.
    """

    def call(each: Callable[[int], object], of: int) -> list[object]:
        def one(number: int) -> object:
            with app.app_context():
                try:
                    return each(number)
                except Exception as error:
                    return error

        db.session.rollback()
        ours = writer()
        with ThreadPoolExecutor(of) as pool:
            lanes, ours.free_lanes = ours.free_lanes, 0
            calls = [pool.submit(one, number) for number in range(of)]
            wait_until(lambda: len(ours.waiting) == of, "all of them")
            ours.hand_on()
            results = [call.result() for call in calls]
            ours.free_lanes = lanes
            return results

    return call


def items() -> list[FeedbackItem]:
    db.session.rollback()
    return list(db.session.scalars(select(FeedbackItem).order_by(FeedbackItem.id)))


def test_all_that_waits_is_written_by_one_transaction(
    known: Served, together: Callable[..., list[object]], written: list[int]
) -> None:
    received = together(
        lambda n: services.receive(known, Submission({"rating": n % 5 + 1}), utc_now()), of=8
    )
    assert written == [8]
    assert {str(item.public_id) for item in items()} == {str(one.public_id) for one in received}  # type: ignore[attr-defined]


def test_one_key_sent_by_many_at_once_is_stored_once(
    known: Served, together: Callable[..., list[object]]
) -> None:
    same = Submission({"rating": 4, "comment": "Bien."}, idempotency_key="une-seule-fois")
    received = together(lambda _: services.receive(known, same, utc_now()), of=6)
    [item] = items()
    assert {one.public_id for one in received} == {item.public_id}  # type: ignore[attr-defined]
    assert sorted(one.is_new for one in received) == [False] * 5 + [True]  # type: ignore[attr-defined]
    other = replace(same, answers={"rating": 1})
    with pytest.raises(FeedbackRefusedError):
        services.receive(known, other, utc_now())


def test_a_row_that_cannot_be_stored_spoils_no_other(
    known: Served, together: Callable[..., list[object]]
) -> None:
    gone = replace(known, id=2_000_000)
    received = together(
        lambda n: services.receive(gone if n == 2 else known, Submission({"rating": 5}), utc_now()),
        of=5,
    )
    assert [type(one) is IntegrityError for one in received].count(True) == 1
    assert len(items()) == 4


def test_a_row_that_breaks_the_writing_itself_spoils_no_other(
    known: Served, together: Callable[..., list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong, it is that row's: the next ones, and those sent later, are stored."""
    insert = Inserter.insert

    def breaks(inserter: Inserter, rows: Sequence[dict[str, Any]]) -> set[uuid.UUID]:
        if any(row["comment"] == "3" for row in rows):
            raise OverflowError
        return insert(inserter, rows)

    monkeypatch.setattr(Inserter, "insert", breaks)

    def send(number: int) -> object:
        return services.receive(known, Submission({"comment": str(number)}), utc_now())

    found = together(send, 5)
    assert [type(one).__name__ for one in found].count("OverflowError") == 1
    assert not isinstance(send(9), Exception)
    db.session.rollback()
    assert sorted(item.comment for item in items()) == ["0", "1", "2", "4", "9"]


def test_words_that_repeat_within_one_transaction_are_held(
    known: Served, together: Callable[..., list[object]]
) -> None:
    said = Submission({"rating": 2, "comment": LONG}, seconds=40)
    together(lambda _: services.receive(known, said, utc_now()), of=4)
    assert [item.review for item in items()] == [Review.CLEAR] * 2 + [Review.HELD] * 2
    assert [item.signals for item in items()] == [[], [], ["repeated"], ["repeated"]]
    services.receive(known, said, utc_now() + timedelta(hours=2))
    assert items()[-1].review is Review.CLEAR


def test_a_thread_told_to_end_leaves_its_batch_to_the_others(
    known: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(Inserter, "_run", end)
        with pytest.raises(SystemExit):
            services.receive(known, Submission({"rating": 1}), utc_now())
    services.receive(known, Submission({"rating": 2}), utc_now())
    assert [item.rating for item in items()] == [2]


def test_what_a_service_changes_holds_at_once(service: Service, known: Served) -> None:
    assert known.allowed_origins == ("https://services.example.org",)
    service.allowed_origins = []
    db.session.commit()
    changed = queries.served(service.key)
    assert changed is not None
    assert changed.allowed_origins == ()
    assert queries.served(str(uuid.uuid4())) is None


def test_a_service_is_read_once_for_many(
    service: Service, statements: Callable[[], list[str]]
) -> None:
    key = service.key
    before = len(statements())
    for _ in range(3):
        queries.served(key)
    assert len(statements()) - before == 1


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_looking_for_repetition_reads_no_more_when_there_is_more(app: Flask) -> None:
    """The rows of the last hour are not gone through: an index leads to those of the same mark."""
    explained = str(statement()).replace("INSERT", "EXPLAIN QUERY PLAN INSERT", 1)
    nothing = dict.fromkeys(statement().compile().params)
    plan = [str(row) for row in db.session.execute(text(explained), nothing)]
    looks = [step for step in plan if "SEARCH feedback_items" in step]
    assert looks
    assert all("words_mark=?" in step for step in looks)
