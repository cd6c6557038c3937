"""Reads for the signals: responses in short transactions, and what was found last."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from consult.db import db
from consult.jobs.models import Job, JobState
from consult.questionnaires import Answer
from consult.surveys.models import (
    Channel,
    Consultation,
    CountsTable,
    QuestionnaireVersion,
    Response,
    ResponseState,
)

#: The name of the job that looks for signals in one consultation.
FIND_SIGNALS = "find_signals"

#: The key of what it found.
SIGNALS = "signals"

#: How many database ids a transaction reads.
READ_AT_ONCE = 2_000


class Row(NamedTuple):
    """A submitted response."""

    id: int
    submitted_at: datetime
    channel: Channel
    mark: str | None
    version: int
    lang: str
    answers: Mapping[str, Answer]


def rows(consultation_id: int) -> Iterator[Row]:
    """Every submitted response by its id, some at a time, each time in a transaction of its own."""
    ids = select(func.min(Response.id), func.max(Response.id)).where(
        Response.consultation_id == consultation_id
    )
    first, last = db.session.execute(ids).one()
    for low in range(first or 0, (last or -1) + 1, READ_AT_ONCE):
        found = _rows(consultation_id, low, low + READ_AT_ONCE - 1)
        db.session.commit()
        yield from found


def _rows(consultation_id: int, low: int, high: int) -> list[Row]:
    query = (
        select(
            Response.id,
            Response.submitted_at,
            Response.channel,
            Response.browser_mark,
            QuestionnaireVersion.number,
            Response.lang,
            Response.answers,
        )
        .join(Response.version)
        .where(
            Response.consultation_id == consultation_id,
            Response.state == ResponseState.SUBMITTED,
            Response.id.between(low, high),
        )
        .order_by(Response.id)
    )
    return [Row._make(row) for row in db.session.execute(query)]


def answers_of(ids: Sequence[int]) -> Mapping[int, Mapping[str, Answer]]:
    """The answers of some submitted responses, by database id."""
    query = select(Response.id, Response.answers).where(
        Response.id.in_(ids), Response.state == ResponseState.SUBMITTED
    )
    return {id_: answers for id_, answers in db.session.execute(query)}


def example_text(consultation: Consultation, id_: int) -> tuple[str, str] | None:
    """What a person wrote in their own words, and its language; None once it is withdrawn."""
    query = select(Response).where(
        Response.id == id_,
        Response.consultation_id == consultation.id,
        Response.state == ResponseState.SUBMITTED,
    )
    response = db.session.scalar(query)
    if response is None:
        return None
    questions = response.version.questionnaire.questions
    words = [
        str(response.answers[q.name]) for q in questions if q.is_open and q.name in response.answers
    ]
    return "\n".join(words), response.lang


def found_signals(consultation: Consultation) -> CountsTable | None:
    """What was found last."""
    query = select(CountsTable).where(
        CountsTable.consultation_id == consultation.id, CountsTable.key == SIGNALS
    )
    return db.session.scalar(query)


def is_being_worked_out(consultation: Consultation) -> bool:
    """True while a job that looks for signals waits or runs."""
    waits = Job.state.in_([JobState.QUEUED, JobState.RUNNING])
    jobs = select(Job.arguments).where(Job.kind == FIND_SIGNALS, waits)
    return {"consultation_id": consultation.id} in db.session.scalars(jobs).all()


def latest_change(consultation_id: int) -> datetime | None:
    query = select(func.max(Response.updated_at))
    return db.session.scalar(query.where(Response.consultation_id == consultation_id))


def keep_signals(
    consultation_id: int, covers: datetime | None, now: datetime, found: dict[str, Any]
) -> None:
    """Keeps what was found in place of what was found before."""
    values = {"covers_until": covers, "counted_at": now, "counts": found}
    is_ours = CountsTable.consultation_id == consultation_id, CountsTable.key == SIGNALS
    change = update(CountsTable).where(*is_ours).values(**values)
    if db.session.execute(change).rowcount:  # type: ignore[attr-defined]
        return
    try:
        with db.session.begin_nested():
            db.session.add(CountsTable(consultation_id=consultation_id, key=SIGNALS, **values))
    except IntegrityError:
        db.session.execute(change)
