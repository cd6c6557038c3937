"""Answers of a consultation held elsewhere: a file checked whole, then written whole."""

import json
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import IO, Any

from sqlalchemy import insert, select

from consult.db import db
from consult.questionnaires import Questionnaire
from consult.surveys.answers_import.checking import Checker, Defaults
from consult.surveys.answers_import.errors import (
    LineProblem,
    NotHeldElsewhereError,
    Problems,
    TableRefusedError,
)
from consult.surveys.answers_import.layout import Layout, layout_of
from consult.surveys.answers_import.reading import Table, read_table
from consult.surveys.export.questions import asked_questions
from consult.surveys.models import Channel, Consultation, Response, ResponseState
from consult.surveys.receipts import new_receipt_code

#: Responses written at a time.
BATCH = 1_000

#: Bytes of checked responses that stay in memory; more wait in a temporary file.
IN_MEMORY = 8_000_000


@dataclass(frozen=True)
class ImportOptions:
    """How to read a file.

    ``mapping``: a column's name in the file to its name in our exports, '' to leave it out;
    ``ignore_unknown`` leaves out the columns that match nothing, which are refused otherwise;
    ``lang`` is the language of responses that do not say theirs.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    ignore_unknown: bool = False
    lang: str = "fr"


@dataclass(frozen=True)
class ImportedAnswers:
    """What became of a file: responses ``added``, those there ``already``, lines without an
    ``empty`` answer, answers in which something was ``masked``, and columns ``left_out``.
    """

    added: int
    already: int
    empty: int
    masked: int
    left_out: tuple[str, ...]


def import_answers(
    consultation: Consultation, file: IO[bytes], options: ImportOptions, now: datetime
) -> ImportedAnswers:
    """Records the responses of a CSV file (seekable); the caller commits.

    The transaction it is called in ends here, and another begins once the file is checked.

    Logic is not applied again: what was asked of whom was settled where the answers were given. A
    response is known by the file's ``_id`` or by its line, so that the same file twice counts
    once. Raises ``NotHeldElsewhereError``, and ``TableRefusedError`` with every problem of every
    line before anything is written.
    """
    if not consultation.held_elsewhere:
        raise NotHeldElsewhereError()
    versions = {version.number: version.questionnaire for version in consultation.versions}
    if not versions:
        raise TableRefusedError([LineProblem(0, "", "no_questionnaire")])
    ids = {version.number: version.id for version in consultation.versions}
    shared = {"consultation_id": consultation.id, "updated_at": now}
    known_by = consultation.public_id
    defaults = Defaults(max(versions), options.lang, consultation.closes_at)
    db.session.rollback()  # nobody waits for the database while the file is read
    table = read_table(file)
    questions = asked_questions(sorted(versions.items()))
    layout = layout_of(
        table.header, questions, options.mapping, ignore_unknown=options.ignore_unknown
    )
    with tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8") as checked:
        counts = _check(table, layout, versions, defaults, checked)
        checked.seek(0)
        added = _write((json.loads(line) for line in checked), known_by, ids, shared)
    return ImportedAnswers(
        added=added,
        already=counts.kept - added,
        empty=counts.empty,
        masked=counts.masked,
        left_out=tuple(layout.left_out),
    )


@dataclass(frozen=True)
class _Counts:
    kept: int
    empty: int
    masked: int


def _check(
    table: Table,
    layout: Layout,
    versions: Mapping[int, Questionnaire],
    defaults: Defaults,
    checked: IO[str],
) -> _Counts:
    """Writes every line that can be kept to ``checked``, one JSON object a line."""
    problems = Problems()
    checker = Checker(layout, versions, defaults, problems)
    lines = kept = 0
    try:
        for line in table.lines:
            lines += 1
            if response := checker.check(line):
                checked.write(json.dumps(response.plain()) + "\n")
                kept += 1
    except TableRefusedError as error:  # the rest cannot be read
        problems.add(error.problems[0])
        lines += 1
    if not lines:
        problems.add(LineProblem(0, "", "no_row"))
    problems.refuse()
    return _Counts(kept, lines - kept, checker.masked)


def _write(
    responses: Iterator[dict[str, Any]],
    known_by: uuid.UUID,
    versions: Mapping[int, int],
    shared: dict[str, Any],
) -> int:
    """Adds the responses that are not there yet; returns how many.

    Args:
        known_by: the consultation's public identifier, from which those of responses are derived.
        versions: numbers to database ids.
        shared: what all rows have.
    """
    added = 0
    while batch := list(islice(responses, BATCH)):
        by_id = {uuid.uuid5(known_by, response["key"]): response for response in batch}
        there = _there(by_id, shared["consultation_id"])
        rows = [
            _row(public_id, response, versions) | shared
            for public_id, response in by_id.items()
            if public_id not in there and _as_uuid(response["key"]) not in there
        ]
        if rows:
            db.session.execute(insert(Response), rows)
        added += len(rows)
    return added


def _there(by_id: Mapping[uuid.UUID, dict[str, Any]], consultation_id: int) -> set[uuid.UUID]:
    """Which of these responses the consultation has, by the file's identifier or by ours."""
    wanted = set(by_id) | set(filter(None, (_as_uuid(r["key"]) for r in by_id.values())))
    query = select(Response.public_id).where(
        Response.public_id.in_(wanted), Response.consultation_id == consultation_id
    )
    return set(db.session.scalars(query))


def _as_uuid(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key)
    except ValueError:
        return None


def _row(
    public_id: uuid.UUID, response: dict[str, Any], versions: Mapping[int, int]
) -> dict[str, Any]:
    submitted_at = datetime.fromisoformat(response["submitted_at"])
    corrected_at = response["corrected_at"]
    return {
        "public_id": public_id,
        "version_id": versions[response["version"]],
        "receipt_code": new_receipt_code(),
        "state": ResponseState.SUBMITTED,
        "started_at": submitted_at,
        "submitted_at": submitted_at,
        "corrected_at": datetime.fromisoformat(corrected_at) if corrected_at else None,
        "draft": None,
        **{
            name: response[name]
            for name in ("answers", "lang", "experience_rating", "experience_comment")
        },
        "channel": Channel(response["channel"]),
    }
