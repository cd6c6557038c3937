"""Reads of codeframes and of their versions."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.analysis.codeframes.models import (
    Codeframe,
    CodeframeProposal,
    CodeframeTheme,
    CodeframeVersion,
)
from consult.analysis.queries.subjects import Subject, SubjectKey
from consult.db import db
from consult.organizations.models import Organization


def codeframe_by_public_id(public_id: uuid.UUID) -> Codeframe | None:
    return db.session.scalar(
        select(Codeframe)
        .where(Codeframe.public_id == public_id)
        .options(
            joinedload(Codeframe.organization),
            joinedload(Codeframe.service),
            joinedload(Codeframe.consultation),
        )
    )


def codeframe_of(key: SubjectKey) -> Codeframe | None:
    """The codeframe of a subject, if it has one."""
    service_id, consultation_id, question = key
    return db.session.scalar(
        select(Codeframe).where(
            Codeframe.service_id == service_id,
            Codeframe.consultation_id == consultation_id,
            Codeframe.question == question,
        )
    )


def codeframes_of(organizations: Iterable[Organization]) -> dict[SubjectKey, Codeframe]:
    """The codeframes of some public bodies, by their subject."""
    ids = [body.id for body in organizations]
    found = db.session.scalars(select(Codeframe).where(Codeframe.organization_id.in_(ids)))
    return {(c.service_id, c.consultation_id, c.question): c for c in found}


def without_codeframe(subjects: Iterable[Subject]) -> list[Subject]:
    """Those of some services' subjects that have no codeframe yet."""
    taken = set(db.session.scalars(select(Codeframe.service_id)))
    return [s for s in subjects if s.service and s.service.id not in taken]


def current_version(codeframe: Codeframe) -> CodeframeVersion:
    """The last version, with its themes; a codeframe has at least one."""
    return versions(codeframe, limit=1)[0]


def versions(codeframe: Codeframe, limit: int | None = None) -> Sequence[CodeframeVersion]:
    """The last versions first."""
    query = (
        select(CodeframeVersion)
        .where(CodeframeVersion.codeframe_id == codeframe.id)
        .order_by(CodeframeVersion.number.desc())
        .options(joinedload(CodeframeVersion.made_by))
    )
    return db.session.scalars(query.limit(limit)).all()


def version_numbered(codeframe: Codeframe, number: int) -> CodeframeVersion | None:
    return db.session.scalar(
        select(CodeframeVersion).where(
            CodeframeVersion.codeframe_id == codeframe.id, CodeframeVersion.number == number
        )
    )


def living(themes: Iterable[CodeframeTheme]) -> list[CodeframeTheme]:
    """The themes that were not merged into another, in order."""
    return [theme for theme in themes if theme.merged_into is None]


def resolved(themes: Iterable[CodeframeTheme]) -> dict[uuid.UUID, uuid.UUID]:
    """For each theme of a version, the living theme that its comments count in."""
    into = {theme.key: theme.merged_into for theme in themes}

    def end(key: uuid.UUID) -> uuid.UUID:
        seen = {key}
        while (following := into.get(key)) is not None and following not in seen:
            seen.add(following)
            key = following
        return key

    return {key: end(key) for key in into}


def keys_of(version: CodeframeVersion, key: uuid.UUID) -> list[uuid.UUID]:
    """The keys whose comments count in the theme ``key``: its own and those merged into it."""
    return [own for own, end in resolved(version.themes).items() if end == key]


def open_proposals(codeframe: Codeframe) -> Sequence[CodeframeProposal]:
    """The proposals nobody settled yet, the latest first."""
    return db.session.scalars(
        select(CodeframeProposal)
        .where(
            CodeframeProposal.codeframe_id == codeframe.id, CodeframeProposal.settled_at.is_(None)
        )
        .options(joinedload(CodeframeProposal.job))
        .order_by(CodeframeProposal.id.desc())
    ).all()


def proposal_by_public_id(codeframe: Codeframe, public_id: uuid.UUID) -> CodeframeProposal | None:
    return db.session.scalar(
        select(CodeframeProposal).where(
            CodeframeProposal.codeframe_id == codeframe.id,
            CodeframeProposal.public_id == public_id,
        )
    )
