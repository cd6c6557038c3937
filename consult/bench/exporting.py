"""Exports measured in a process of their own: ``python -m consult.bench.exporting``.

Reads the address of the database from ``CONSULT_DATABASE_URL``, and prints a JSON object.
"""

import json
import os
import secrets
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from flask import Flask
from sqlalchemy import select

from consult.bench.pages import UnexpectedAnswerError, signed_in
from consult.db import db
from consult.organizations.models import Account
from consult.surveys.models import Consultation

#: What a bare COPY reads: the same columns of the same rows as the export.
COPY = """
COPY (
    SELECT public_id, version_id, lang, channel, submitted_at, corrected_at, experience_rating,
           experience_comment, answers
    FROM responses WHERE consultation_id = {} AND state = 'submitted'
    ORDER BY submitted_at, id
) TO STDOUT
"""


@dataclass(frozen=True)
class ExportFigures:
    """Seconds of the export and of a bare COPY (medians); megabytes that memory grew at most."""

    seconds: float
    copy_seconds: float
    grown_mb: float
    size_mb: float


def measure_export(database_url: str, slug: str, kind: str, times: int) -> ExportFigures:
    """Measures one format in a fresh process, whose memory holds nothing else."""
    command = [sys.executable, "-m", "consult.bench.exporting", slug, kind, str(times)]
    environment = {**os.environ, "CONSULT_DATABASE_URL": database_url}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise UnexpectedAnswerError(done.stderr)
    return ExportFigures(**json.loads(done.stdout))


def _measure(app: Flask, slug: str, kind: str, times: int) -> ExportFigures:
    with app.app_context():
        found = db.session.scalars(select(Consultation).where(Consultation.slug == slug)).one()
        consultation_id, account = found.id, db.session.scalars(select(Account)).one()
        account_id = str(account.get_id())
    _download(app, account_id, "few", kind)  # everything is imported and compiled
    before = peak_memory()
    exports, copies, size = [], [], 0
    for _time in range(times):
        start = perf_counter()
        size = _download(app, account_id, slug, kind)
        exports.append(perf_counter() - start)
        start = perf_counter()
        _copy(app, consultation_id)
        copies.append(perf_counter() - start)
    grown = (peak_memory() - before) / 1e6
    return ExportFigures(median(exports), median(copies), grown, size / 1e6)


def _download(app: Flask, account_id: str, slug: str, kind: str) -> int:
    """Downloads an export as a browser does, piece by piece; returns its size in bytes."""
    address = f"/en/staff/consultations/{slug}/export/answers?format={kind}&open=y"
    answer = signed_in(app, account_id).get(address, buffered=False)
    if answer.status_code != 200:
        raise UnexpectedAnswerError(f"export: {answer.status_code}")
    size = sum(len(piece) for piece in answer.iter_encoded())
    answer.close()
    return size


def _copy(app: Flask, consultation_id: int) -> int:
    with app.app_context(), db.engine.connect() as connection:
        cursor = connection.connection.cursor()
        with cursor.copy(COPY.format(consultation_id)) as copy:  # type: ignore[attr-defined]
            return sum(len(piece) for piece in copy)


def peak_memory() -> int:
    """The most memory this process ever held, in bytes (Linux).

    The kernel's own mark, because the one of ``getrusage`` is inherited from the parent process.
    """
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1_024


def main() -> None:
    from consult import Settings, create_app

    slug, kind, times = sys.argv[1:]
    app = create_app(Settings(secret_key=secrets.token_hex(32)))
    print(json.dumps(asdict(_measure(app, slug, kind, int(times)))))


if __name__ == "__main__":
    main()
