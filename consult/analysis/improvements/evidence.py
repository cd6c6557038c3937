"""What is behind an improvement, as it was the day it was joined: figures and names, no words.

``Improvement.evidence`` is ``{"items": [item, …]}``. An item has ``kind`` (a source's name),
``taken_at``, and:

- a theme: ``analysis`` (public identifier), ``analysed_at``, ``period`` ([first, last] moment),
  ``theme`` (number), ``key``, ``label`` ({fr, en}), ``rank``, ``comments`` of ``analysed``,
  ``share`` and ``points`` and ``burden`` ([value, low, high], parts missing where unknown),
  ``mean_rating``, ``comment_kind``, ``question``, ``ids`` (at most ``MOST_IDS`` comments, the most
  typical first) and ``quoted`` (those that stood in the report).
- an alert: ``alert`` (its kind), ``found_at``, ``details``.
- an activity: ``activity`` (public identifier), ``title``, ``activity_kind``, ``days``
  ([first, last]), ``people``.

Of comments only identifiers are kept: one that is erased where it is kept is gone from here too.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consult.analysis.improvements.models import ImprovementSource
from consult.analysis.models import Analysis, CommentKind, Theme, ThemeComment
from consult.analysis.queries.comments import Quotation
from consult.db import Localized, db
from consult.feedback import queries as feedback
from consult.feedback.models import Alert
from consult.involvement.models import Activity
from consult.surveys import queries as surveys
from consult.surveys.models import Consultation

#: Comments of a theme that are kept by their identifier.
MOST_IDS = 200

#: Quotations shown with a theme.
MOST_QUOTED = 5

Item = dict[str, Any]


def of_theme(theme: Theme, now: datetime) -> Item:
    """A theme and its comments as they are now."""
    analysis = theme.analysis
    found = db.session.execute(
        select(ThemeComment.comment_id, ThemeComment.representative_rank, ThemeComment.kind)
        .where(ThemeComment.theme_id == theme.id, ThemeComment.is_main)
        .order_by(
            func.coalesce(ThemeComment.representative_rank, 1_000_000),
            ThemeComment.weight.desc(),
            ThemeComment.id,
        )
        .limit(MOST_IDS)
    ).all()
    kind = CommentKind.ANSWER if analysis.consultation_id else CommentKind.FEEDBACK
    return {
        "kind": ImprovementSource.THEME.value,
        "taken_at": now.isoformat(),
        "analysis": str(analysis.public_id),
        "analysed_at": _moment(analysis.completed_at),
        "period": [_moment(analysis.period_from), _moment(analysis.period_to)],
        "theme": theme.number,
        "key": str(theme.key) if theme.key else None,
        "label": _both(theme.label),
        "rank": theme.rank,
        "comments": theme.comments,
        "analysed": analysis.analysed,
        "share": [theme.share, theme.share_low, theme.share_high],
        "points": [theme.points_at_stake, theme.points_low, theme.points_high],
        "burden": [theme.burden, theme.burden_low, theme.burden_high],
        "mean_rating": theme.mean_rating,
        "comment_kind": kind.value,
        "question": analysis.question,
        "ids": [str(comment_id) for comment_id, _rank, _kind in found],
        "quoted": [str(comment_id) for comment_id, rank, _kind in found if rank is not None],
    }


def of_alert(alert: Alert, now: datetime) -> Item:
    return {
        "kind": ImprovementSource.ALERT.value,
        "taken_at": now.isoformat(),
        "alert": alert.kind.value,
        "found_at": alert.found_at.isoformat(),
        "details": dict(alert.details),
    }


def of_activity(activity: Activity, now: datetime) -> Item:
    return {
        "kind": ImprovementSource.ACTIVITY.value,
        "taken_at": now.isoformat(),
        "activity": str(activity.public_id),
        "title": _both(activity.title),
        "activity_kind": activity.kind.value,
        "days": [activity.starts_on.isoformat(), activity.ends_on.isoformat()],
        "people": activity.people,
    }


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _both(text: Localized) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}


@dataclass(frozen=True)
class Words:
    """What people still let us read of a theme's comments.

    ``quotations``: the most telling that exist; ``kept`` of ``known`` comments exist.
    """

    quotations: Sequence[Quotation]
    kept: int
    known: int

    @property
    def gone(self) -> int:
        return self.known - self.kept


def still_said(
    items: Iterable[Item], analyses: Mapping[str, Analysis], consultation: Consultation | None
) -> dict[int, Words]:
    """By its place in ``items``, what is left of each theme's words.

    ``analyses`` are those that the items name; ``consultation`` is where the answers of an item
    whose analysis is gone are looked for. One query for feedback, and one for each open question.
    """
    themes = {
        place: item
        for place, item in enumerate(items)
        if item["kind"] == ImprovementSource.THEME.value
    }
    asked: dict[tuple[Consultation | None, str | None], list[uuid.UUID]] = {}
    for item in themes.values():
        where = _held_in(item, analyses, consultation)
        asked.setdefault((where, item["question"]), []).extend(map(uuid.UUID, item["ids"]))
    found = {
        one.public_id: one
        for (where, question), ids in asked.items()
        for one in _read(ids, question, where)
    }
    return {place: _words(item, found) for place, item in themes.items()}


def _held_in(
    item: Item, analyses: Mapping[str, Analysis], consultation: Consultation | None
) -> Consultation | None:
    """The consultation whose answers a theme's comments are; None of feedback."""
    if item["question"] is None:
        return None
    analysis = analyses.get(item["analysis"])
    return analysis.consultation if analysis else consultation


def _words(item: Item, found: dict[uuid.UUID, Quotation]) -> Words:
    ids = [uuid.UUID(one) for one in item["ids"]]
    quoted = [found[one] for one in map(uuid.UUID, item["quoted"]) if one in found]
    return Words(quoted[:MOST_QUOTED], sum(one in found for one in ids), len(ids))


def quotations_with(
    item: Item, ids: Sequence[uuid.UUID], consultation: Consultation | None
) -> dict[uuid.UUID, Quotation]:
    """The words of some of a theme's comments that still exist, by identifier."""
    where = _held_in(item, analyses_named([item]), consultation)
    return {one.public_id: one for one in _read(ids, item["question"], where)}


def _read(
    ids: Sequence[uuid.UUID], question: str | None, consultation: Consultation | None
) -> list[Quotation]:
    rows: Sequence[feedback.Comment] | Sequence[surveys.OpenAnswer] = []
    if question is None:
        rows = feedback.comments_by_public_id(ids)
    elif consultation is not None:
        rows = surveys.open_answers_by_public_id(consultation, question, ids)
    return [
        Quotation(one.public_id, one.text, one.lang, one.rating, one.submitted_at)
        for one in rows
        if one.text
    ]


def analyses_named(items: Iterable[Item]) -> dict[str, Analysis]:
    """The analyses that the evidence names and that still exist, by public identifier."""
    named = {uuid.UUID(item["analysis"]) for item in items if item.get("analysis")}
    query = select(Analysis).where(Analysis.public_id.in_(named))
    found = db.session.scalars(query.options(joinedload(Analysis.consultation)))
    return {str(analysis.public_id): analysis for analysis in found}
