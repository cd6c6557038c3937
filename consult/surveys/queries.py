"""Reads of consultations and answers. Bulk reads return plain rows, never mapped objects."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, exists, func, null, or_, select
from sqlalchemy.orm import joinedload, selectinload

from consult.catalogues import LANGUAGES
from consult.db import db
from consult.organizations.models import Account, Organization
from consult.organizations.permissions import can_enter_answers
from consult.organizations.queries import PER_PAGE, organizations_of
from consult.questionnaires import Question
from consult.surveys.models import Channel, Consultation, Response, ResponseState, Upload

#: Cards of consultations on one page.
CARDS = 20


class OpenAnswer(NamedTuple):
    """One response for analysis. ``text`` is empty when the question was left blank.

    ``rating`` (1 to 5) is the answer to the consultation's satisfaction question; ``region`` the
    code of the region question, '01' to '17'; ``channel`` how the answers came in.
    """

    public_id: uuid.UUID
    text: str
    rating: int | None
    lang: str
    submitted_at: datetime
    region: str | None
    channel: str = "web"


def _published(
    *conditions: ColumnElement[bool],
    order: ColumnElement[Any],
    limit: int | None = None,
    with_versions: bool = False,
) -> Sequence[Consultation]:
    query = (
        select(Consultation)
        .where(Consultation.published_at.is_not(None), *conditions)
        .options(joinedload(Consultation.organization))
        .order_by(order, Consultation.id)
        .limit(limit)
    )
    if with_versions:
        query = query.options(selectinload(Consultation.versions))
    return db.session.scalars(query).all()


def open_consultations(now: datetime) -> Sequence[Consultation]:
    """Published consultations that take answers at ``now``, the first to close first."""
    conditions = Consultation.opens_at <= now, Consultation.closes_at > now
    return _published(*conditions, order=Consultation.closes_at.asc(), with_versions=True)


def coming_consultations(now: datetime) -> Sequence[Consultation]:
    """Published consultations that open later, the first to open first."""
    order = Consultation.opens_at.asc()
    return _published(Consultation.opens_at > now, order=order, with_versions=True)


def closed_consultations(now: datetime, limit: int | None = None) -> Sequence[Consultation]:
    """Published consultations that are over, the last to close first."""
    order = Consultation.closes_at.desc()
    return _published(Consultation.closes_at <= now, order=order, limit=limit)


def consultation_by_slug(slug: str) -> Consultation | None:
    """The consultation of an address, published or not."""
    query = select(Consultation).where(Consultation.slug == slug)
    return db.session.scalar(query.options(joinedload(Consultation.organization)))


def consultations_in(bodies: Iterable[Organization]) -> Sequence[Consultation]:
    """Every consultation of some public bodies with its questionnaires, the latest first."""
    query = _in(bodies).options(selectinload(Consultation.versions))
    return db.session.scalars(query).all()


def taking_entries(actor: Account, now: datetime, page: int) -> Pagination:
    """A page of what the account may enter answers to: paper is taken until results are public."""
    query = _in(organizations_of(actor, can_enter_answers)).where(
        Consultation.published_at.is_not(None),
        Consultation.opens_at <= now,
        Consultation.results_published_at.is_(None),
    )
    return db.paginate(query, page=page, per_page=PER_PAGE, error_out=False)


def _in(bodies: Iterable[Organization]) -> Select[Consultation]:
    return (
        select(Consultation)
        .where(Consultation.organization_id.in_([body.id for body in bodies]))
        .options(joinedload(Consultation.organization))
        .order_by(Consultation.opens_at.desc(), Consultation.id)
    )


def consultations_page(bodies: Iterable[Organization], page: int, words: str = "") -> Pagination:
    """A page of the consultations of some public bodies, the latest first.

    ``words`` keeps those whose title in either language holds them.
    """
    query = _in(bodies)
    if words:
        titles = Consultation.__table__.c
        query = query.where(
            or_(*[titles[f"title_{lang}"].icontains(words, autoescape=True) for lang in LANGUAGES])
        )
    return db.paginate(query, page=page, per_page=PER_PAGE, error_out=False)


def closed_page(now: datetime, page: int) -> Pagination:
    """A page of the public consultations that are over, the last to close first."""
    query = (
        select(Consultation)
        .where(Consultation.published_at.is_not(None), Consultation.closes_at <= now)
        .options(joinedload(Consultation.organization))
        .order_by(Consultation.closes_at.desc(), Consultation.id)
    )
    return db.paginate(query, page=page, per_page=CARDS, error_out=False)


def response_counts(consultations: Iterable[Consultation]) -> dict[int, int]:
    """Submitted responses by the consultation's database id, in one query."""
    ids = [consultation.id for consultation in consultations]
    query = (
        select(Response.consultation_id, func.count())
        .where(Response.consultation_id.in_(ids), Response.state == ResponseState.SUBMITTED)
        .group_by(Response.consultation_id)
    )
    found = {consultation_id: count for consultation_id, count in db.session.execute(query)}
    return {consultation_id: found.get(consultation_id, 0) for consultation_id in ids}


def response_count(consultation: Consultation) -> int:
    return response_counts([consultation])[consultation.id]


def lock_versions(consultation: Consultation) -> None:
    """Makes others who would add a version wait for the end of this transaction."""
    query = select(Consultation.id).where(Consultation.id == consultation.id)
    db.session.execute(query.with_for_update())
    db.session.expire(consultation, ["versions"])


def has_responses(consultation: Consultation) -> bool:
    """True once someone began to answer, drafts included."""
    query = select(exists().where(Response.consultation_id == consultation.id))
    return bool(db.session.scalar(query))


def response_of(
    consultation: Consultation, public_id: str, *, lock: bool = False
) -> Response | None:
    """The response with this public identifier, if it belongs to the consultation.

    With ``lock``, two requests that change the same response wait for each other.
    """
    try:
        wanted = uuid.UUID(public_id)
    except ValueError:
        return None
    query = select(Response).where(
        Response.public_id == wanted, Response.consultation_id == consultation.id
    )
    return db.session.scalar(query.with_for_update() if lock else query)


def response_by_receipt(code: str) -> Response | None:
    """The response with this receipt code, whatever its state, and its consultation."""
    query = select(Response).where(Response.receipt_code == code)
    return db.session.scalar(query.options(joinedload(Response.consultation)))


def recent_durations(consultation: Consultation, limit: int = 100) -> list[timedelta]:
    """From beginning to sending, of the latest responses sent through the pages."""
    query = (
        select(Response.channel, Response.started_at, Response.submitted_at)
        .where(*_submitted(consultation))
        .order_by(Response.submitted_at.desc())
        .limit(limit)
    )
    rows = db.session.execute(query)
    return [sent - began for channel, began, sent in rows if sent and channel is Channel.WEB]


def sent_uploads(consultation: Consultation) -> list[Upload]:
    """The files attached to answers that were sent, the latest first."""
    query = (
        select(Upload)
        .join(Response)
        .where(*_submitted(consultation))
        .options(joinedload(Upload.response))
        .order_by(Upload.uploaded_at.desc(), Upload.id)
    )
    return [upload for upload in db.session.scalars(query) if _is_sent(upload)]


def sent_upload(consultation: Consultation, public_id: uuid.UUID) -> Upload | None:
    """One of them, by its public identifier."""
    query = (
        select(Upload)
        .join(Response)
        .where(*_submitted(consultation), Upload.public_id == public_id)
    )
    upload = db.session.scalar(query)
    return upload if upload and _is_sent(upload) else None


def sent_response(consultation: Consultation, public_id: uuid.UUID) -> Response | None:
    """A response that was sent, by its public identifier."""
    query = select(Response).where(*_submitted(consultation), Response.public_id == public_id)
    return db.session.scalar(query)


def _is_sent(upload: Upload) -> bool:
    """False for a file that only an unsent correction names."""
    return upload.response.answers.get(upload.question) == str(upload.public_id)


def open_questions(consultation: Consultation) -> list[Question]:
    """The questions of the latest questionnaire that people answer in their own words."""
    version = consultation.version
    return [q for q in version.questionnaire.questions if q.is_open] if version else []


def open_answers(consultation: Consultation, question: str) -> Iterator[OpenAnswer]:
    """Every submitted response as one open question sees it, oldest first, blank ones included."""
    return _open_answers(consultation, question)


def open_answers_by_public_id(
    consultation: Consultation, question: str, public_ids: Iterable[uuid.UUID]
) -> list[OpenAnswer]:
    """The same rows for some responses only; unknown ones are left out."""
    return list(_open_answers(consultation, question, Response.public_id.in_(list(public_ids))))


def submitted_ids(consultation: Consultation) -> set[uuid.UUID]:
    """The public identifiers of the responses that were sent, and not withdrawn since."""
    return set(db.session.scalars(select(Response.public_id).where(*_submitted(consultation))))


def newest_answer(consultation: Consultation) -> str:
    """A mark that changes when an answer to the consultation is sent, sent anew or withdrawn."""
    query = select(func.max(Response.submitted_at), func.count()).where(*_submitted(consultation))
    last, count = db.session.execute(query).one()
    return f"{last.isoformat() if last else ''}-{count}"


def open_answer_count(consultation: Consultation, question: str) -> int:
    """How many submitted responses answer an open question in words."""
    query = select(func.count()).where(
        *_submitted(consultation), Response.answers[question].as_string() != ""
    )
    return db.session.scalar(query) or 0


def _submitted(consultation: Consultation) -> tuple[ColumnElement[bool], ...]:
    return (
        Response.consultation_id == consultation.id,
        Response.state == ResponseState.SUBMITTED,
    )


def _open_answers(
    consultation: Consultation, question: str, *conditions: ColumnElement[bool]
) -> Iterator[OpenAnswer]:
    satisfaction, region = consultation.satisfaction_question, _region_question(consultation)
    columns: list[ColumnElement[Any]] = [
        Response.public_id.expression,
        func.coalesce(Response.answers[question].as_string(), ""),
        Response.answers[satisfaction].as_integer() if satisfaction else null(),
        Response.lang.expression,
        Response.submitted_at.expression,
        Response.answers[region].as_string() if region else null(),
        Response.channel.expression,
    ]
    query = (
        select(*columns)
        .where(*_submitted(consultation), *conditions)
        .order_by(Response.submitted_at, Response.id)
    )
    return (OpenAnswer._make(row) for row in db.session.execute(query))


def _region_question(consultation: Consultation) -> str | None:
    questions = consultation.version.questionnaire.questions if consultation.version else ()
    return next((q.name for q in questions if q.type == "region"), None)
