"""Lists of a codeframe's comments: of a theme, to confirm, or in no theme yet."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from consult.analysis.codeframes.models import (
    Codeframe,
    CodeframeAssignment,
    CodeframePlacement,
    CodeframeVersion,
    Sureness,
)
from consult.analysis.codeframes.versions import keys_of
from consult.analysis.queries.comments import Quotation
from consult.analysis.queries.sources import some_comments
from consult.db import db


def effective() -> tuple[ColumnElement[Any], ColumnElement[bool]]:
    """A comment's theme: a person's before the machine's. And whether a person put it there."""
    placed = CodeframePlacement.id.is_not(None)
    theme = func.coalesce(CodeframePlacement.theme_key, CodeframeAssignment.theme_key)
    return theme, placed


def comments_with(codeframe: Codeframe, *columns: Any) -> Select[Any]:
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


def quotations_of(
    codeframe: Codeframe, public_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Quotation]:
    """The words of some comments, read where they are kept; those erased since are left out."""
    return {
        comment.public_id: Quotation(
            comment.public_id,
            comment.text,
            comment.lang,
            comment.rating,
            comment.submitted_at,
        )
        for comment in some_comments(codeframe, public_ids)
        if comment.text
    }


def comments_in(version: CodeframeVersion, key: uuid.UUID, page: int) -> Pagination:
    """One page of a theme's comments: those to confirm last, the most typical first."""
    theme, _placed = effective()
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
    _theme, placed = effective()
    return _page(
        _listed(codeframe).where(~placed, CodeframeAssignment.sureness == Sureness.UNSURE), page
    )


def comments_nowhere(version: CodeframeVersion, page: int) -> Pagination:
    """One page of the comments that are in no theme of this version."""
    return _page(_nowhere(_listed(version.codeframe), version), page)


def ids_nowhere(version: CodeframeVersion) -> list[uuid.UUID]:
    query = comments_with(version.codeframe, CodeframeAssignment.comment_id.expression)
    ordered = _nowhere(query, version).order_by(CodeframeAssignment.id)
    return [comment_id for (comment_id,) in db.session.execute(ordered)]


def ids_in(version: CodeframeVersion, key: uuid.UUID) -> list[uuid.UUID]:
    """The comments whose main theme is ``key``, in the order they were first met."""
    theme, _placed = effective()
    query = comments_with(version.codeframe, CodeframeAssignment.comment_id.expression).where(
        theme.in_(keys_of(version, key))
    )
    ordered = query.order_by(CodeframeAssignment.id)
    return [comment_id for (comment_id,) in db.session.execute(ordered)]


def _nowhere(query: Select[Any], version: CodeframeVersion) -> Select[Any]:
    theme, _placed = effective()
    known = [theme_.key for theme_ in version.themes]
    return query.where(
        or_(theme.is_(None), theme.not_in(known)), CodeframeAssignment.sureness != Sureness.SILENT
    )


def _listed(codeframe: Codeframe) -> Select[Any]:
    theme, placed = effective()
    return comments_with(
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

    def _query_items(self) -> list[Row[Any]]:
        query = self._query_args["select"]
        return list(db.session.execute(query.limit(self.per_page).offset(self._query_offset)).all())

    def _query_count(self) -> int:
        query = self._query_args["select"].order_by(None).subquery()
        return db.session.scalar(select(func.count()).select_from(query)) or 0


def _page(query: Select[Any], page: int) -> Pagination:
    return RowsPage(select=query, page=page, per_page=50, error_out=False)
