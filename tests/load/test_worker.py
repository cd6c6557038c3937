"""A worker killed in the middle of an analysis: another one takes it up, and nothing is doubled."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from consult.analysis.models import Analysis, Theme
from consult.analysis.queries.subjects import subject_of_service
from consult.analysis.services.request import request_analysis
from consult.config import Settings
from consult.db import Localized, db, utc_now
from consult.demo.content import read_rows
from consult.feedback.services import Submission, record_all
from consult.jobs import queue
from consult.jobs.models import Job, JobState
from consult.organizations import services as organizations
from tests.conftest import PASSWORD, make_settings, make_test_app
from tests.servers import wait_until

LEASE_SECONDS = 2


@pytest.fixture(params=["embedded", "postgresql and redis"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """SQLite for data and queue; or PostgreSQL and Redis, as on several machines."""
    if request.param == "embedded":
        return make_settings(tmp_path, job_lease_seconds=LEASE_SECONDS)
    url = request.getfixturevalue("postgres").create_database("consult_worker")
    redis_url = request.getfixturevalue("redis_server").url
    return make_settings(tmp_path, url, redis_url=redis_url, job_lease_seconds=LEASE_SECONDS)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = make_test_app(settings)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def start_worker(settings: Settings) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    environment = {
        **os.environ,
        "CONSULT_SECRET_KEY": settings.secret_key,
        "CONSULT_VAR_DIR": str(settings.var_dir),
        "CONSULT_DATABASE_URL": settings.database_url,
        "CONSULT_REDIS_URL": settings.redis_url,
        "CONSULT_JOB_LEASE_SECONDS": str(settings.job_lease_seconds),
    }
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [str(Path(sys.executable).with_name("consult")), "worker"]
        started.append(subprocess.Popen(command, env=environment, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def ask_for_analysis() -> Job:
    """A service with the demo's comments, and the job of analysing them."""
    name = Localized("Essai", "Trial")
    body = organizations.add_organization("essai", name, name)
    service = organizations.add_service(body, "essai", name)
    actor = organizations.create_account("a@example.org", "A", PASSWORD, is_central=True)
    rows = [
        Submission(
            {"rating": 5, "comment": row["comment"]},
            lang=row["lang"],
            idempotency_key=f"row-{number:06d}",
        )
        for number, row in enumerate(read_rows("feedback.csv"))
    ]
    record_all(service, rows, utc_now())
    subject = subject_of_service("essai")
    assert subject is not None
    job = request_analysis(actor, subject, themes=None, seed=0, now=utc_now()).job
    db.session.commit()
    queue.announce(job)
    return job


def state_of(job_id: int) -> JobState:
    db.session.rollback()
    state = db.session.scalar(select(Job.state).where(Job.id == job_id))
    db.session.rollback()
    assert state is not None
    return state


def start_analysis(
    start_worker: Callable[[], subprocess.Popen[bytes]],
) -> tuple[int, subprocess.Popen[bytes]]:
    """The id of a job that a worker is in the middle of, and this worker."""
    job_id = ask_for_analysis().id
    db.session.remove()
    worker = start_worker()
    wait_until(lambda: state_of(job_id) is JobState.RUNNING, "the job", 60)
    return job_id, worker


def test_a_killed_worker_loses_nothing(
    app: Flask, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    job_id, first = start_analysis(start_worker)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(10)
    assert state_of(job_id) is JobState.RUNNING
    wait_until(lambda: expired(job_id), "the end of the lease", 30)
    start_worker()
    wait_until(lambda: state_of(job_id) is JobState.DONE, "the second worker", 120)
    analysis = db.session.scalars(select(Analysis)).one()
    assert analysis.completed_at
    ranks = db.session.scalars(select(Theme.rank).order_by(Theme.rank)).all()
    db.session.rollback()
    assert ranks == list(range(1, len(ranks) + 1))
    assert attempts() == 2


def test_a_worker_told_to_stop_hands_its_job_over_at_once(
    app: Flask, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    job_id, first = start_analysis(start_worker)
    first.send_signal(signal.SIGTERM)
    first.wait(30)
    assert state_of(job_id) is JobState.QUEUED
    start_worker()
    wait_until(lambda: state_of(job_id) is JobState.DONE, "the second worker", 120)
    assert attempts() == 1


def attempts() -> int:
    """The attempts of the one job; leaves no transaction open that the worker would wait for."""
    most = db.session.scalar(select(func.max(Job.attempts)))
    db.session.rollback()
    assert most is not None
    return most


def expired(job_id: int) -> bool:
    db.session.rollback()
    lease = db.session.scalar(select(Job.lease_until).where(Job.id == job_id))
    db.session.rollback()
    return lease is not None and lease < utc_now()
