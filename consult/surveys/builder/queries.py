"""Reads of drafts and versions."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.surveys.builder.outline import asked_count
from consult.surveys.models import (
    Consultation,
    QuestionnaireDraft,
    QuestionnaireVersion,
    Response,
    ResponseState,
)


def draft_of(consultation: Consultation, *, lock: bool = False) -> QuestionnaireDraft | None:
    """The draft of a consultation, and who changed it last, if it has one.

    With ``lock``, two people who change it wait for each other, from before there is one.
    """
    query = select(QuestionnaireDraft).where(QuestionnaireDraft.consultation_id == consultation.id)
    if not lock:
        return db.session.scalar(query.options(joinedload(QuestionnaireDraft.changed_by)))
    mine = select(Consultation.id).where(Consultation.id == consultation.id)
    db.session.execute(mine.with_for_update())
    return db.session.scalar(query.execution_options(populate_existing=True))


class VersionUse(NamedTuple):
    """A version, how many questions it asks, and how many answers were sent to it."""

    version: QuestionnaireVersion
    questions: int
    answers: int


def version_uses(consultation: Consultation) -> list[VersionUse]:
    """Every version, the latest first."""
    query = (
        select(Response.version_id, func.count())
        .where(
            Response.consultation_id == consultation.id,
            Response.state == ResponseState.SUBMITTED,
        )
        .group_by(Response.version_id)
    )
    counts = {version_id: count for version_id, count in db.session.execute(query)}
    return [
        VersionUse(version, asked_count(version.definition), counts.get(version.id, 0))
        for version in reversed(consultation.versions)
    ]
