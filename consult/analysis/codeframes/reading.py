"""Reads of codeframes: their themes as they stand, and the comments of each."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from consult.analysis.codeframes.models import (
    Codeframe,
    CodeframeAssignment,
    CodeframePlacement,
    CodeframeProposal,
    CodeframeTheme,
    CodeframeVersion,
    Sureness,
)
from consult.analysis.queries.comments import Quotation
from consult.analysis.queries.sources import some_comments
from consult.analysis.queries.subjects import Subject, SubjectKey
from consult.db import db
from consult.organizations.models import Organization

#: Comments that fit nowhere, from which a new theme may be looked for among them.
ENOUGH_APART = 12
EXAMPLES = 3  # comments quoted with each theme


@dataclass
class Node:
    """A theme as it stands: its sub-themes, its comments (with theirs), some examples."""

    theme: CodeframeTheme
    under: list["Node"] = field(default_factory=list)
    own: int = 0
    unsure: int = 0
    examples: list[Quotation] = field(default_factory=list)

    @property
    def comments(self) -> int:
        """Its own comments and those of its sub-themes."""
        return self.own + sum(node.own for node in self.under)


@dataclass(frozen=True)
class Standing:
    """A codeframe now: the themes in order, and how many comments wait or fit nowhere."""

    version: CodeframeVersion
    nodes: Sequence[Node]
    unsure: int
    nowhere: int

    @property
    def kept(self) -> list[Node]:
        return [node for node in self.nodes if not node.theme.excluded]

    @property
    def excluded(self) -> list[Node]:
        return [node for node in self.nodes if node.theme.excluded]


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


def _effective() -> tuple[ColumnElement[uuid.UUID | None], ColumnElement[bool]]:
    """A comment's theme: a person's before the machine's. And whether a person put it there."""
    placed = CodeframePlacement.id.is_not(None)
    theme = func.coalesce(CodeframePlacement.theme_key, CodeframeAssignment.theme_key)
    return theme, placed


def _comments(codeframe: Codeframe, *columns: ColumnElement[object]) -> Select[tuple[object, ...]]:
    person = and_(
        CodeframePlacement.codeframe_id == CodeframeAssignment.codeframe_id,
        CodeframePlacement.comment_id == CodeframeAssignment.comment_id,
        CodeframePlacement.until.is_(None),
        CodeframePlacement.is_main,
    )
    return (
        select(*columns)
        .select_from(CodeframeAssignment)
        .outerjoin(CodeframePlacement, person)
        .where(CodeframeAssignment.codeframe_id == codeframe.id)
    )


def standing(codeframe: Codeframe, *, examples: bool = True) -> Standing:
    """The themes with their counts and a few examples each, in five queries."""
    version = current_version(codeframe)
    theme, placed = _effective()
    query = _comments(codeframe, theme, placed, CodeframeAssignment.sureness, func.count())
    rows = db.session.execute(query.group_by(theme, placed, CodeframeAssignment.sureness)).all()
    ends, nodes = resolved(version.themes), {t.key: Node(t) for t in living(version.themes)}
    unsure = nowhere = 0
    for key, by_person, sureness, count in rows:
        node = nodes.get(ends.get(key, key))
        if node is None:
            nowhere += count if sureness is not Sureness.SILENT else 0
            continue
        node.own += count
        if not by_person and sureness is Sureness.UNSURE:
            node.unsure += count
            unsure += count
    if examples:
        _quote(codeframe, nodes, ends)
    return Standing(version, tree(nodes), unsure, nowhere)


def tree(nodes: Mapping[uuid.UUID, Node]) -> list[Node]:
    """Top themes in order, pinned ones first, each with its sub-themes."""
    tops = []
    for node in nodes.values():
        parent = nodes.get(node.theme.parent_key) if node.theme.parent_key else None
        (parent.under if parent else tops).append(node)
    return sorted(tops, key=lambda node: (not node.theme.pinned, node.theme.position))


def _quote(
    codeframe: Codeframe, nodes: Mapping[uuid.UUID, Node], ends: Mapping[uuid.UUID, uuid.UUID]
) -> None:
    """Gives each theme its most typical comments, those that people placed first."""
    theme, placed = _effective()
    place = func.row_number().over(
        partition_by=theme,
        order_by=(placed.desc(), CodeframeAssignment.cosine.desc(), CodeframeAssignment.id),
    )
    ranked = _comments(
        codeframe,
        theme.label("key"),
        CodeframeAssignment.comment_id.label("comment_id"),
        place.label("place"),
    ).where(theme.is_not(None), CodeframeAssignment.sureness != Sureness.UNSURE)
    inner = ranked.subquery()
    found = db.session.execute(
        select(inner.c.key, inner.c.comment_id)
        .where(inner.c.place <= EXAMPLES)
        .order_by(inner.c.place, inner.c.key)
    ).all()
    words = quotations_of(codeframe, [comment_id for _key, comment_id in found])
    for key, comment_id in found:
        node = nodes.get(ends.get(key, key))
        if node and comment_id in words and len(node.examples) < EXAMPLES:
            node.examples.append(words[comment_id])


def quotations_of(
    codeframe: Codeframe, public_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Quotation]:
    """The words of some comments, read where they are kept; those erased since are left out."""
    return {
        comment.public_id: Quotation(
            comment.text, comment.lang, comment.rating, comment.submitted_at
        )
        for comment in some_comments(codeframe, public_ids)
        if comment.text
    }


def comments_in(version: CodeframeVersion, key: uuid.UUID, page: int) -> Pagination:
    """One page of a theme's comments: those to confirm last, the most typical first."""
    theme, placed = _effective()
    keys = keys_of(version, key)
    also = select(CodeframePlacement.comment_id).where(
        CodeframePlacement.codeframe_id == version.codeframe_id,
        CodeframePlacement.until.is_(None),
        CodeframePlacement.theme_key.in_(keys),
    )
    query = _listed(version.codeframe).where(
        or_(theme.in_(keys), CodeframeAssignment.comment_id.in_(also))
    )
    return _page(query, page)


def comments_to_confirm(codeframe: Codeframe, page: int) -> Pagination:
    """One page of the comments the machine is unsure of, the surest first."""
    _theme, placed = _effective()
    return _page(
        _listed(codeframe).where(~placed, CodeframeAssignment.sureness == Sureness.UNSURE), page
    )


def comments_nowhere(version: CodeframeVersion, page: int) -> Pagination:
    """One page of the comments that are in no theme of this version."""
    return _page(_nowhere(_listed(version.codeframe), version), page)


def ids_nowhere(version: CodeframeVersion) -> list[uuid.UUID]:
    query = _comments(version.codeframe, CodeframeAssignment.comment_id.expression)
    ordered = _nowhere(query, version).order_by(CodeframeAssignment.id)
    return [comment_id for (comment_id,) in db.session.execute(ordered)]  # type: ignore[misc]


def ids_in(version: CodeframeVersion, key: uuid.UUID) -> list[uuid.UUID]:
    """The comments whose main theme is ``key``, in the order they were first met."""
    theme, _placed = _effective()
    query = _comments(version.codeframe, CodeframeAssignment.comment_id.expression).where(
        theme.in_(keys_of(version, key))
    )
    ordered = query.order_by(CodeframeAssignment.id)
    return [comment_id for (comment_id,) in db.session.execute(ordered)]  # type: ignore[misc]


def _nowhere(query: Select[tuple[object, ...]], version: CodeframeVersion) -> Select[tuple[object, ...]]:
    theme, _placed = _effective()
    known = [theme_.key for theme_ in version.themes]
    return query.where(
        or_(theme.is_(None), theme.not_in(known)), CodeframeAssignment.sureness != Sureness.SILENT
    )


def _listed(codeframe: Codeframe) -> Select[tuple[object, ...]]:
    theme, placed = _effective()
    return _comments(
        codeframe,
        CodeframeAssignment.comment_id.label("comment_id"),
        theme.label("theme_key"),
        placed.label("by_person"),
        CodeframeAssignment.sureness.label("sureness"),
    ).order_by(
        CodeframeAssignment.sureness == Sureness.UNSURE,
        CodeframeAssignment.cosine.desc(),
        CodeframeAssignment.id,
    )


class RowsPage(Pagination):
    """A page of rows of several columns."""

    def _query_items(self) -> list[Row[tuple[object, ...]]]:
        query = self._query_args["select"]
        return list(
            db.session.execute(query.limit(self.per_page).offset(self._query_offset)).all()
        )

    def _query_count(self) -> int:
        query = self._query_args["select"].order_by(None).subquery()
        return db.session.scalar(select(func.count()).select_from(query)) or 0


def _page(query: Select[tuple[object, ...]], page: int) -> Pagination:
    return RowsPage(select=query, page=page, per_page=50, error_out=False)


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
