"""No identifier is left anywhere: not in a log, the bytes of the database, the queue or a job."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.feedback.services.inserting import Inserter
from consult.organizations.models import Service
from consult.security import limiter
from tests.pages import PageClient

ALLOWED = "https://services.example.org"

#: One of each kind, and what of it must be found nowhere.
TRACES = {
    "nadia.tremblay@exemple.ca": "nadia.tremblay",
    "418 555-0177": "555-0177",
    "045 333 143": "045 333 143",
    "GAGL 6205 1418": "6205 1418",
    "4000 0075 0991 0128": "0075 0991",
    "345 rue des Bouleaux": "Bouleaux",
}
COMMENT = "Voici: " + "; ".join(TRACES) + ". Merci"
PAGE = (
    "/jean-418-555-0177/nadia.tremblay%2540exemple.ca/nas/045-333-143;t=418-555-0177?nas=045333143"
)
PHONE = "418-555-0177"
REFERENCE = f"client-{PHONE}"
FORBIDDEN = [*TRACES.values(), PHONE, "045-333-143", "045333143", "GAGL"]


class _Everything(logging.Handler):
    """Keeps each record as it would be written, its arguments and its traceback included."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {self.format(record)} {record.__dict__}")


@pytest.fixture
def log() -> Iterator[list[str]]:
    """All that is logged, by any library, at DEBUG."""
    root, everything = logging.getLogger(), _Everything()
    loggers = [root, *(logging.getLogger(name) for name in list(root.manager.loggerDict))]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    root.addHandler(everything)
    yield everything.lines
    root.removeHandler(everything)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def _assert_no_trace(written: str, where: str) -> None:
    for trace in FORBIDDEN:
        assert trace not in written, f"{trace} in {where}"


def _send_everywhere(client: PageClient, service: Service) -> None:
    """Through each door, rightly and wrongly, so that refusals and errors are written too."""
    address = f"/api/v1/services/{service.key}/feedback"
    body = {"rating": 2, "comment": COMMENT, "page": PAGE, "reference": REFERENCE, "lang": "fr"}
    headers = {"Origin": ALLOWED, "Referer": f"{ALLOWED}{PAGE}"}
    assert client.post(address, json=body, headers=headers).status_code == 201
    assert client.post(address, data=body, headers=headers).status_code == 201
    for wrong in ({"rating": COMMENT}, {"lang": COMMENT}, {"channel": COMMENT}, {"page": 3}):
        assert client.post(address, json=body | wrong, headers=headers).status_code in (201, 422)
    key, channel = {"idempotency_key": REFERENCE}, {"channel": f"tel-{PHONE}"}
    assert client.post(address, json=body | channel, headers=headers).status_code == 422
    for status in (201, 200):
        assert client.post(address, json=body | key, headers=headers).status_code == status
    client.post(address, data=f'{{"comment": "{COMMENT}"', content_type="application/json")
    page = f"/fr/services/{service.key}/avis"
    form = {"rating": "2", "comment": COMMENT, "page": PAGE, "reference": REFERENCE}
    assert client.submit(page, form).status_code == 303
    assert client.submit(page, {"rating": "9", "comment": COMMENT}).status_code == 422
    assert client.get(page, query_string=form, headers=headers).status_code == 200


def test_an_error_nobody_foresaw_is_logged_without_its_words(
    client: PageClient, service: Service, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(COMMENT)

    monkeypatch.setattr(Inserter, "_run", fail)
    answer = client.post(
        f"/api/v1/services/{service.key}/feedback",
        json={"rating": 2, "comment": COMMENT},
        headers={"Origin": ALLOWED},
    )
    assert answer.status_code == 500
    assert log
    _assert_no_trace("\n".join(log) + answer.get_data(as_text=True), "the log and the answer")


def test_nothing_personal_is_logged_stored_or_queued(
    app: Flask, client: PageClient, service: Service, log: list[str]
) -> None:
    _send_everywhere(client, service)
    db.session.rollback()
    items = db.session.query(FeedbackItem).all()
    assert len(items) >= 2
    assert all("[téléphone/phone]" in (item.comment or "") for item in items)
    assert {item.reference for item in items if item.channel == "widget"} <= {
        "client-[téléphone/phone]"
    }
    _assert_no_trace(repr(vars(limiter.storage)), "the rate limiter")
    assert log
    _assert_no_trace("\n".join(log), "the log")
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(text(f"SELECT * FROM {table.name}")).all()  # noqa: S608
        _assert_no_trace(repr(rows), table.name)
    files = sorted(Path(app.config["SETTINGS"].var_dir).rglob("*.db*"))
    assert files
    for file in files:
        _assert_no_trace(file.read_bytes().decode("latin-1"), file.name)
