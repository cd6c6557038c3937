"""A job's row is the truth: no job is lost, none is done by two workers at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from consult.db import db, utc_now
from consult.jobs import queue, services
from consult.jobs.models import Job, JobState

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
