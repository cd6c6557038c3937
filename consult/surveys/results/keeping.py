"""Counts kept ready: few answers are counted on the spot, many beforehand by a job.

Reading never writes. A kept table tells the latest change it covers, so that one that missed
something is known to be stale and is made again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.exc import IntegrityError

from consult.db import db
from consult.jobs.models import Job, JobState
from consult.jobs.services import Progress
from consult.surveys.models import (
    Consultation,
    CountsTable,
    QuestionnaireVersion,
    Response,
    ResponseState,
)
from consult.surveys.results.asked import kind_of, region_question
from consult.surveys.results.counting import Counting
from consult.surveys.results.counts import Counts

#: Up to so many responses are counted whenever they are asked for.
FEW = 2_000

#: The name of the job that counts the answers of one consultation.
COUNT_ANSWERS = "count_answers"

#: The key of the counts of every question.
QUESTIONS = "questions"

#: A response may be written this long after the time that its ``updated_at`` says.
SLOWEST_WRITE = timedelta(minutes=1)

#: How many database ids a transaction of the counting job reads.
WINDOW = 5_000


class Kept(NamedTuple):
    """Counts; ``as_of`` is when they were made, None when nothing has changed since."""

    counts: Counts
    as_of: datetime | None


def current_counts(consultation: Consultation) -> Kept | None:
    """The latest counts; None when there are many answers and they were never counted yet."""
    if not has_many(consultation.id):
        counting = _counting(consultation)
        _add(counting, _rows(consultation.id))
        return Kept(Counts(counting.as_json()), None)
    row = _table(consultation.id)
    if row is None:
        return None
    is_fresh = _is_fresh(row, _latest_change(consultation.id))
    return Kept(Counts(row.counts), None if is_fresh else row.counted_at)


def stale_consultations() -> list[int]:
    """Database ids of the consultations whose many answers have to be counted again.

    Those for which a job waits or runs are left out.
    """
    change = select(func.max(Response.updated_at)).where(
        Response.consultation_id == Consultation.id
    )
    tables = {row.consultation_id: row for row in db.session.execute(_tables())}
    under_way = _being_counted()
    return [
        id_
        for id_, latest in db.session.execute(select(Consultation.id, change.scalar_subquery()))
        if id_ not in under_way
        and not (id_ in tables and _is_fresh(tables[id_], latest))
        and has_many(id_)
    ]


def recount(consultation_id: int, progress: Progress, now: datetime) -> None:
    """Counts a consultation's answers anew and keeps the counts; the caller commits.

    Reads a window of ids at a time, each in its own short transaction: on SQLite a job's
    transaction holds the only write lock, and people are sending answers. What changes meanwhile
    is later than what the table says it covers, and is counted the next time.
    """
    consultation = db.session.get(Consultation, consultation_id)
    if consultation is None:
        return
    counting, covers = _counting(consultation), _latest_change(consultation_id)
    first, last = _id_range(consultation_id)
    db.session.commit()
    for low in range(first, last + 1, WINDOW):
        window = Response.id.between(low, low + WINDOW - 1)
        _add(counting, _rows(consultation_id, window))
        db.session.commit()
        progress("counting", (low - first) / (last - first + 1))
    _keep(consultation_id, covers, now, counting.as_json())


def has_many(consultation_id: int) -> bool:
    """True when the submitted responses are more than are counted on the spot."""
    some = select(Response.id).where(*_submitted(consultation_id)).limit(FEW + 1).subquery()
    return (db.session.scalar(select(func.count()).select_from(some)) or 0) > FEW


def _counting(consultation: Consultation) -> Counting:
    kinds = {
        version.number: {
            question.name: kind
            for question in version.questionnaire.questions
            if (kind := kind_of(question))
        }
        for version in consultation.versions
    }
    return Counting(kinds, region_question(consultation))


def _add(counting: Counting, rows: Iterable[Sequence[Any]]) -> None:
    for row in rows:
        counting.add(*row)


def _rows(consultation_id: int, *conditions: ColumnElement[bool]) -> Iterable[Sequence[Any]]:
    """What ``Counting.add`` takes, of the submitted responses that match."""
    query = (
        select(
            QuestionnaireVersion.number,
            Response.lang,
            Response.channel,
            Response.submitted_at,
            Response.experience_rating,
            Response.answers,
        )
        .join(Response.version)
        .where(*_submitted(consultation_id), *conditions)
    )
    return db.session.execute(query)


def _submitted(consultation_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Response.consultation_id == consultation_id,
        Response.state == ResponseState.SUBMITTED,
    )


def _id_range(consultation_id: int) -> tuple[int, int]:
    ids = select(func.min(Response.id), func.max(Response.id)).where(*_submitted(consultation_id))
    first, last = db.session.execute(ids).one()
    return first or 0, last or 0


def _latest_change(consultation_id: int) -> datetime | None:
    query = select(func.max(Response.updated_at))
    return db.session.scalar(query.where(Response.consultation_id == consultation_id))


def _table(consultation_id: int) -> CountsTable | None:
    query = select(CountsTable).where(
        CountsTable.consultation_id == consultation_id, CountsTable.key == QUESTIONS
    )
    return db.session.scalar(query)


def _tables() -> Select[Any]:
    columns: list[Any] = [
        CountsTable.consultation_id,
        CountsTable.covers_until,
        CountsTable.counted_at,
    ]
    return select(*columns).where(CountsTable.key == QUESTIONS)


def _is_fresh(table: Any, latest: datetime | None) -> bool:
    """True when nothing changed since, and nothing written slowly can have been missed."""
    if table.covers_until is None or latest is None:
        return bool(table.covers_until == latest)
    settled = table.counted_at - table.covers_until > SLOWEST_WRITE
    return bool(settled and table.covers_until == latest)


def _being_counted() -> set[int]:
    waits = Job.state.in_([JobState.QUEUED, JobState.RUNNING])
    jobs = select(Job.arguments).where(Job.kind == COUNT_ANSWERS, waits)
    return {arguments["consultation_id"] for arguments in db.session.scalars(jobs)}


def _keep(
    consultation_id: int, covers: datetime | None, now: datetime, counts: dict[str, Any]
) -> None:
    """Writes the table, in place of the one there is; two writers at once do no harm."""
    values = {"covers_until": covers, "counted_at": now, "counts": counts}
    is_ours = CountsTable.consultation_id == consultation_id, CountsTable.key == QUESTIONS
    change = update(CountsTable).where(*is_ours).values(**values)
    if db.session.execute(change).rowcount:  # type: ignore[attr-defined]
        return
    try:
        with db.session.begin_nested():
            new = CountsTable(consultation_id=consultation_id, key=QUESTIONS, **values)
            db.session.add(new)
    except IntegrityError:
        db.session.execute(change)
