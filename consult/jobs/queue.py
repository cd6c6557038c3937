"""Huey carries job numbers to workers: in a SQLite file, or in Redis for several machines."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab

from consult.config import Settings
from consult.db import utc_now
from consult.errors import without_words
from consult.jobs import services
from consult.jobs.models import Job
from consult.jobs.services import Claim, JobTakenAwayError

log = logging.getLogger(__name__)


def _make_huey(settings: Settings) -> Huey:
    if settings.redis_url:
        return RedisHuey("consult", url=settings.redis_url, results=False)
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    path = str(settings.var_dir / "queue.db")
    return SqliteHuey("consult", results=False, filename=path, fsync=True)


def init_app(app: Flask) -> None:
    """Gives ``app`` its queue and the two tasks a worker knows: do one job, sweep lost ones."""
    huey = _make_huey(app.config["SETTINGS"])

    def run_job(job_id: int) -> None:
        with app.app_context():
            run(job_id)

    def sweep() -> None:
        with app.app_context():
            for job_id in services.overdue(utc_now(), _lease()):
                huey.enqueue(do_job.s(job_id))

    do_job = huey.task(name="consult.run_job")(run_job)
    huey.periodic_task(crontab(minute="*"), name="consult.sweep")(sweep)
    app.extensions["job_queue"] = {"huey": huey, "do_job": do_job, "sweep": sweep, "held": []}


def every_minute(app: Flask, name: str, work: Callable[[], None]) -> None:
    """Has the worker of ``app`` call ``work`` once a minute; it must be short and may be missed."""
    _periodically(app, name, crontab(minute="*"), work)


def every_hour(app: Flask, name: str, work: Callable[[], None]) -> None:
    """The same once an hour, some minutes past it."""
    _periodically(app, name, crontab(minute="5"), work)


def every_night(app: Flask, name: str, work: Callable[[], None]) -> None:
    """The same once a day, when it is night in Québec."""
    _periodically(app, name, crontab(minute="20", hour="8"), work)


def _periodically(app: Flask, name: str, when: Any, work: Callable[[], None]) -> None:
    def in_app() -> None:
        with app.app_context():
            work()

    huey: Huey = app.extensions["job_queue"]["huey"]
    huey.periodic_task(when, name=name)(in_app)


def _lease() -> timedelta:
    return timedelta(seconds=current_app.config["SETTINGS"].job_lease_seconds)


def announce(job: Job) -> None:
    """Tells a worker about a committed job. Losing this message only delays the job by a sweep."""
    try:
        current_app.extensions["job_queue"]["do_job"](job.id)
    except Exception as error:
        log.error("job %s waits for a sweep: %s", job.id, without_words(error))


def run(job_id: int) -> None:
    """Claims and does one job in this process, renewing its lease while it works."""
    lease = _lease()
    job = services.claim(job_id, utc_now(), lease)
    if job is None:
        return
    held: list[Claim] = current_app.extensions["job_queue"]["held"]
    held.append(job)
    with _heartbeat(job, lease):
        services.perform(job, lambda stage, share: services.renew(job, lease, stage, share))
        held.remove(job)


@contextmanager
def _heartbeat(job: Claim, lease: timedelta) -> Iterator[None]:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    stopped = threading.Event()

    def beat() -> None:
        while not stopped.wait(lease.total_seconds() / 3):
            try:
                with app.app_context():
                    services.renew(job, lease)
            except JobTakenAwayError:
                return  # the work learns it at its next report
            except Exception as error:  # the next beat may succeed
                log.warning("lease of job %s not renewed: %s", job.job_id, without_words(error))

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def work(app: Flask) -> None:
    """Runs a worker until it is told to stop; it first sweeps what an earlier one left behind.

    Ctrl-C lets it end its job first; SIGTERM makes it hand the job over to the next worker.
    """
    queue: dict[str, Any] = app.extensions["job_queue"]
    queue["sweep"]()
    try:
        queue["huey"].create_consumer(workers=1, worker_type="thread", periodic=True).run()
    finally:
        for job in list(queue["held"]):
            services.give_back(job)
            queue["do_job"](job.job_id)
