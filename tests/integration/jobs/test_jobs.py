"""A job's row is the truth: no job is lost, none is done by two workers at once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from consult.db import db, utc_now
from consult.jobs import queue, services
from consult.jobs.models import Job, JobState
from consult.jobs.time_left import seconds_left_of

LEASE = timedelta(seconds=60)


@pytest.fixture
def done() -> Iterator[list[dict[str, Any]]]:
    """What the handler of the kind ``note`` was given, in order."""
    calls: list[dict[str, Any]] = []

    def note(arguments: dict[str, Any], progress: services.Progress) -> None:
        progress("half", 0.5)
        if "fails" in arguments:
            raise ValueError(arguments["fails"])
        calls.append(arguments)

    services.handles("note")(note)
    yield calls
    services._handlers.pop("note")


def submit(**arguments: Any) -> Job:
    job = services.submit("note", arguments)
    db.session.commit()
    return job


def test_a_job_is_done_once_however_often_it_is_announced(app: Flask, done: list[Any]) -> None:
    job = submit(n=1)
    for _time in range(3):
        queue.run(job.id)
    db.session.refresh(job)
    assert done == [{"n": 1}]
    assert (job.state, job.progress) == (JobState.DONE, 1.0)


def test_a_failed_job_says_so_without_repeating_private_words(
    app: Flask, done: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    job = submit(fails="private words of a citizen")
    queue.run(job.id)
    db.session.refresh(job)
    assert job.state is JobState.FAILED
    assert job.error == "ValueError"
    assert "ValueError" in caplog.text
    assert "private words" not in caplog.text


def test_a_job_whose_worker_was_killed_is_handed_out_again(app: Flask, done: list[Any]) -> None:
    job = submit(n=2)
    services.claim(job.id, utc_now() - 2 * LEASE, LEASE)
    assert services.overdue(utc_now(), LEASE) == [job.id]
    queue.run(job.id)
    assert done == [{"n": 2}]


def test_a_living_worker_keeps_its_job(app: Flask, done: list[Any]) -> None:
    job = submit(n=3)
    services.claim(job.id, utc_now(), LEASE)
    assert services.overdue(utc_now(), LEASE) == []
    queue.run(job.id)
    assert done == []


def test_of_workers_that_claim_at_once_one_gets_the_job(app: Flask, done: list[Any]) -> None:
    job_id = submit(n=3).id
    db.session.rollback()
    ready = threading.Barrier(6)

    def claim(_worker: int) -> bool:
        with app.app_context():
            ready.wait()
            return services.claim(job_id, utc_now(), LEASE) is not None

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(claim, range(6))) == [False] * 5 + [True]


def test_a_worker_that_lost_its_job_does_not_speak_for_the_next(
    app: Flask, done: list[Any]
) -> None:
    job = submit(fails="too late")
    first = services.claim(job.id, utc_now() - 2 * LEASE, LEASE)
    assert first
    second = services.claim(job.id, utc_now(), LEASE)
    assert second
    lease = job.lease_until
    with pytest.raises(services.JobTakenAwayError):
        services.renew(first, 9 * LEASE, "half", 0.5)
    services.perform(first, lambda _stage, _share: None)
    db.session.refresh(job)
    assert (job.state, job.progress, job.lease_until) == (JobState.RUNNING, 0.0, lease)


def test_a_worker_told_to_stop_gives_its_job_back(app: Flask, done: list[Any]) -> None:
    job = submit(n=6)
    held = services.claim(job.id, utc_now(), LEASE)
    assert held
    services.give_back(held)
    db.session.refresh(job)
    assert (job.state, job.attempts, job.lease_until) == (JobState.QUEUED, 0, None)
    queue.run(job.id)
    services.give_back(held)
    db.session.refresh(job)
    assert job.state is JobState.DONE, "what is done stays done"
    assert done == [{"n": 6}]


def test_a_lease_is_renewed_again_after_the_database_was_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewed_again = threading.Event()
    tries: list[None] = []

    def renew(*_: object) -> None:
        tries.append(None)
        if len(tries) == 1:
            raise OperationalError("UPDATE jobs", {}, Exception("away"))
        renewed_again.set()

    def wait(_arguments: dict[str, Any], _progress: services.Progress) -> None:
        assert renewed_again.wait(30)

    monkeypatch.setitem(services._handlers, "wait", wait)
    monkeypatch.setattr(services, "renew", renew)
    short = app.config["SETTINGS"].model_copy(update={"job_lease_seconds": 0.1})
    monkeypatch.setitem(app.config, "SETTINGS", short)
    job = services.submit("wait", {})
    db.session.commit()
    queue.run(job.id)
    db.session.refresh(job)
    assert job.state is JobState.DONE


def test_a_job_is_asked_for_even_when_the_queue_is_away(
    app: Flask, done: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(app.extensions["job_queue"]["huey"].storage, "enqueue", away)
    job = submit(n=7)
    queue.announce(job)
    assert services.overdue(utc_now() + 2 * LEASE, LEASE) == [job.id]


def test_a_job_whose_announcement_was_lost_is_found(app: Flask, done: list[Any]) -> None:
    job = submit(n=4)
    assert services.overdue(utc_now() + 2 * LEASE, LEASE) == [job.id]


def test_a_job_that_kills_its_workers_stops_being_tried(app: Flask, done: list[Any]) -> None:
    job = submit(n=5)
    for attempt in range(services.MAX_ATTEMPTS):
        assert services.claim(job.id, utc_now() - (9 - 2 * attempt) * LEASE, LEASE)
    assert services.overdue(utc_now(), LEASE) == []
    db.session.refresh(job)
    assert job.state is JobState.FAILED


def test_a_stopped_job_is_left_at_its_next_report_and_what_it_wrote_is_undone(
    app: Flask, done: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_stopped(_arguments: dict[str, Any], progress: services.Progress) -> None:
        submit(n=8)  # committed before the job was stopped: stays
        assert services.stop(job.id, utc_now())
        db.session.commit()
        services.submit("note", {"n": 9})
        if job.arguments["reports"]:
            progress("half", 0.5)

    monkeypatch.setitem(services._handlers, "stopped", is_stopped)
    for reports in (True, False):
        job = services.submit("stopped", {"reports": reports})
        db.session.commit()
        queue.run(job.id)
        db.session.refresh(job)
        assert (job.state, job.lease_until) == (JobState.STOPPED, None)
        assert services.stop(job.id, utc_now()) is False, "it had ended"
    left = db.session.query(Job.arguments).filter(Job.kind == "note").all()
    assert [arguments["n"] for (arguments,) in left] == [8, 8]


def test_a_job_stopped_before_its_turn_is_never_begun(app: Flask, done: list[Any]) -> None:
    job = submit(n=10)
    services.stop(job.id, utc_now())
    db.session.commit()
    queue.run(job.id)
    assert done == []


def test_the_time_left_counts_from_the_present_attempt(app: Flask, done: list[Any]) -> None:
    job, now = submit(n=11), utc_now()
    assert seconds_left_of(job, now) is None
    held = services.claim(job.id, now - timedelta(seconds=10), LEASE)
    assert held
    services.renew(held, LEASE, "half", 0.5)
    db.session.refresh(job)
    assert seconds_left_of(job, utc_now()) == pytest.approx(10, abs=5)
    assert services.claim(job.id, now + 2 * LEASE, LEASE)
    db.session.refresh(job)
    assert (job.progress, seconds_left_of(job, utc_now())) == (0, None)
