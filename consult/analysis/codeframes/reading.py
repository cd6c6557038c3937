"""A codeframe as it stands: its themes with their counts and examples."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from consult.analysis.codeframes.comment_lists import comments_with, effective, quotations_of
from consult.analysis.codeframes.models import (
    Codeframe,
    CodeframeAssignment,
    CodeframeTheme,
    CodeframeVersion,
    Sureness,
)
from consult.analysis.codeframes.versions import current_version, living, resolved
from consult.analysis.queries.comments import Quotation
from consult.db import db

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


def standing(codeframe: Codeframe, *, examples: bool = True) -> Standing:
    """The themes with their counts and a few examples each, in five queries."""
    version = current_version(codeframe)
    theme, placed = effective()
    query = comments_with(codeframe, theme, placed, CodeframeAssignment.sureness, func.count())
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
    tops: list[Node] = []
    for node in nodes.values():
        parent = nodes.get(node.theme.parent_key) if node.theme.parent_key else None
        (parent.under if parent else tops).append(node)
    return sorted(tops, key=lambda node: (not node.theme.pinned, node.theme.position))


def _quote(
    codeframe: Codeframe, nodes: Mapping[uuid.UUID, Node], ends: Mapping[uuid.UUID, uuid.UUID]
) -> None:
    """Gives each theme its most typical comments, those that people placed first."""
    theme, placed = effective()
    place = func.row_number().over(
        partition_by=theme,
        order_by=(placed.desc(), CodeframeAssignment.cosine.desc(), CodeframeAssignment.id),
    )
    ranked = comments_with(
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
