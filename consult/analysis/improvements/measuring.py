"""What came of an improvement: its theme's share and its service's rating, before and after.

After: from the day it was done until now, a year at most. Before: as many days just before it,
90 at least. A comment is of the theme when the codeframe puts it there, by a person's hand or the
machine's, now: both sides are read by the same rule. Where the codeframe knows too few comments,
two analyses are compared instead, the last before and the last after, if both hold the theme.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from consult.analysis.codeframes.comment_lists import comments_with, effective
from consult.analysis.codeframes.models import (
    Codeframe,
    CodeframeAssignment,
    CodeframeVersion,
    Sureness,
)
from consult.analysis.codeframes.versions import codeframe_of, current_version, resolved
from consult.analysis.improvements.comparing import (
    FEWEST,
    FEWEST_DAYS,
    Compared,
    Verdict,
    compare_means,
    compare_shares,
)
from consult.analysis.improvements.errors import NotDoneYetError
from consult.analysis.improvements.evidence import Item, of_theme
from consult.analysis.improvements.history import remember
from consult.analysis.improvements.models import (
    Improvement,
    ImprovementMeasure,
    ImprovementState,
)
from consult.analysis.models import Analysis, Theme
from consult.db import db
from consult.feedback.models import FeedbackItem
from consult.feedback.models.items import COUNTED
from consult.feedback.queries.scores import rating_counts
from consult.organizations.audit.actions import Action
from consult.organizations.models import Account, Service
from consult.organizations.permissions import can_manage_improvements, require

LONGEST_AFTER = timedelta(days=365)
SHORTEST_BEFORE = timedelta(days=90)

#: An analysis measures the same again after this time.
SAME_FOR = timedelta(days=28)

#: Where a share was read.
CODEFRAME, ANALYSES = "codeframe", "analyses"


@dataclass(frozen=True)
class Periods:
    """Before, from ``start`` to before ``done``; after, from ``done`` to before ``end``."""

    start: datetime
    done: datetime
    end: datetime

    @classmethod
    def around(cls, done: datetime, now: datetime) -> "Periods":
        end = min(now, done + LONGEST_AFTER)
        return cls(done - max(end - done, SHORTEST_BEFORE), done, end)

    @property
    def days_after(self) -> int:
        return (self.end - self.done).days


def measure(actor: Account, improvement: Improvement, now: datetime) -> ImprovementMeasure:
    """Measures what came of an improvement because a person asks.

    Raises ``NotAllowedError`` and ``NotDoneYetError``.
    """
    require(can_manage_improvements, actor, improvement.organization)
    return _keep(improvement, now, asked_by=actor)


def measure_after(analysis_id: int, now: datetime) -> int:
    """Measures what the improvements of an analysis's service came to, once for each analysis.

    Returns how many are kept: those done too lately to be told are left out, and those of which
    nothing else can be told than ``SAME_FOR`` ago at most.
    """
    analysis = db.session.get(Analysis, analysis_id)
    if analysis is None or analysis.completed_at is None or analysis.service_id is None:
        return 0
    known = select(ImprovementMeasure.improvement_id).where(
        ImprovementMeasure.analysis_id == analysis_id
    )
    due = db.session.scalars(
        select(Improvement).where(
            Improvement.service_id == analysis.service_id,
            Improvement.state == ImprovementState.DONE,
            Improvement.settled_at <= now - timedelta(days=FEWEST_DAYS),
            Improvement.settled_at > now - LONGEST_AFTER,
            Improvement.id.not_in(known),
        )
    ).all()
    return sum(_says_more(one, now) and bool(_keep(one, now, analysis=analysis)) for one in due)


def _says_more(improvement: Improvement, now: datetime) -> bool:
    """True when a measure of today would tell something else than a recent one."""
    query = select(ImprovementMeasure).where(
        ImprovementMeasure.improvement_id == improvement.id,
        ImprovementMeasure.measured_at > now - SAME_FOR,
    )
    latest = db.session.scalar(query.order_by(ImprovementMeasure.measured_at.desc()).limit(1))
    if latest is None or improvement.settled_at is None:
        return True
    figures = figures_of(improvement, Periods.around(improvement.settled_at, now))
    return any(
        figures[name]["verdict"] != latest.figures[name]["verdict"] for name in ("share", "rating")
    )


def publish_measure(
    actor: Account, measured: ImprovementMeasure, now: datetime, *, is_public: bool
) -> None:
    """Lets everyone read a measure, or no longer."""
    improvement = measured.improvement
    require(can_manage_improvements, actor, improvement.organization)
    if is_public == (measured.published_at is not None):
        return
    measured.published_at = now if is_public else None
    action = Action.RESULT_PUBLISHED if is_public else Action.RESULT_WITHDRAWN
    remember(actor, improvement, action, now, {"measured": (None, _day(measured))})


def _day(measured: ImprovementMeasure) -> str:
    return measured.measured_at.date().isoformat()


def _keep(
    improvement: Improvement,
    now: datetime,
    asked_by: Account | None = None,
    analysis: Analysis | None = None,
) -> ImprovementMeasure:
    if improvement.state is not ImprovementState.DONE or improvement.settled_at is None:
        raise NotDoneYetError()
    periods = Periods.around(improvement.settled_at, now)
    made = ImprovementMeasure(
        improvement=improvement,
        measured_at=now,
        asked_by=asked_by,
        analysis=analysis,
        figures=figures_of(improvement, periods),
    )
    db.session.add(made)
    db.session.flush()
    measured = {"measured": (None, _day(made))}
    remember(asked_by, improvement, Action.IMPROVEMENT_MEASURED, now, measured)
    return made


def figures_of(improvement: Improvement, periods: Periods) -> dict[str, Any]:
    """The figures as ``ImprovementMeasure`` keeps them."""
    return {
        "periods": [periods.start.isoformat(), periods.done.isoformat(), periods.end.isoformat()],
        "share": _share(improvement, periods).as_json(),
        "rating": _rating(improvement, periods).as_json(),
    }


def _rating(improvement: Improvement, periods: Periods) -> Compared:
    service = improvement.service
    if service is None:
        return Compared(Verdict.NO_SERVICE)
    if periods.days_after < FEWEST_DAYS:
        return Compared(Verdict.TOO_SOON)
    return compare_means(
        rating_counts(service, periods.start, periods.done),
        rating_counts(service, periods.done, periods.end),
    )


def _share(improvement: Improvement, periods: Periods) -> Compared:
    service = improvement.service
    if service is None:
        return Compared(Verdict.NO_SERVICE)
    themes = _themes(improvement, periods.end)
    codeframe = codeframe_of((service.id, None, None))
    version = current_version(codeframe) if codeframe and themes else None
    keys = _keys(themes, version) if version else set()
    if not themes or not keys:
        return Compared(Verdict.NO_THEME)
    if periods.days_after < FEWEST_DAYS:
        return Compared(Verdict.TOO_SOON)
    counts = _counts(version.codeframe, service, keys, periods) if version else [(0, 0), (0, 0)]
    compared = compare_shares(counts[0], counts[1], source=CODEFRAME)
    if compared.verdict is not Verdict.TOO_FEW:
        return compared
    return _share_in_analyses(service, keys, periods) or compared


def _themes(improvement: Improvement, now: datetime) -> list[Item]:
    """The themes behind it; of one made before evidence was kept, the theme it is drawn from."""
    items = improvement.evidence.get("items")
    if items is None and improvement.theme:
        return [of_theme(improvement.theme, now)]
    return [item for item in items or [] if item["kind"] == "theme"]


def _keys(themes: Iterable[Item], version: CodeframeVersion) -> set[uuid.UUID]:
    """The keys whose comments are of these themes, as the codeframe now keeps them.

    A theme that was found before there was a codeframe has no key: it is the one where most of its
    comments stand today, if more than half of them do.
    """
    ends = resolved(version.themes)
    wanted = set()
    for item in themes:
        key = uuid.UUID(item["key"]) if item.get("key") else None
        if key not in ends:
            key = _where_most_stand(version.codeframe, item["ids"])
        if key in ends:
            wanted.add(ends[key])
    return {key for key, end in ends.items() if end in wanted}


def _where_most_stand(codeframe: Codeframe, ids: Sequence[str]) -> uuid.UUID | None:
    theme, _placed = effective()
    count = func.count()
    query = comments_with(codeframe, theme, count).where(
        CodeframeAssignment.comment_id.in_([uuid.UUID(one) for one in ids])
    )
    rows = db.session.execute(query.group_by(theme).order_by(count.desc())).all()
    known = sum(number for _key, number in rows)
    if not rows or rows[0][1] * 2 <= known:
        return None
    key: uuid.UUID | None = rows[0][0]
    return key


def _counts(
    codeframe: Codeframe, service: Service, keys: set[uuid.UUID], periods: Periods
) -> list[tuple[int, int]]:
    """Before and after, (comments of the themes, comments that say something); one query."""
    item, (theme, _placed) = FeedbackItem, effective()
    is_after = case((item.submitted_at >= periods.done, 1), else_=0)
    is_theirs = func.coalesce(func.sum(case((theme.in_(keys), 1), else_=0)), 0)
    query = (
        comments_with(codeframe, is_after, is_theirs, func.count())
        .join(item, item.public_id == CodeframeAssignment.comment_id)
        .where(
            item.service_id == service.id,
            item.submitted_at >= periods.start,
            item.submitted_at < periods.end,
            item.review.in_(COUNTED),
            CodeframeAssignment.sureness != Sureness.SILENT,
        )
        .group_by(is_after)
    )
    found = {after: (int(theirs), count) for after, theirs, count in db.session.execute(query)}
    return [found.get(0, (0, 0)), found.get(1, (0, 0))]


def _share_in_analyses(service: Service, keys: set[uuid.UUID], periods: Periods) -> Compared | None:
    """The same of the last analysis wholly before and the last wholly after.

    Which ones these are is told by their periods alone, never by what was found in them. None where
    one is missing, too small, or does not hold the theme: a theme that an analysis did not find may
    have shrunk or may be told otherwise there.
    """
    before = _last_analysis(service, keys, Analysis.period_to < periods.done)
    after = _last_analysis(service, keys, Analysis.period_from >= periods.done)
    if before is None or after is None or min(before[1], after[1]) < FEWEST:
        return None
    return compare_shares(before, after, source=ANALYSES)


def _last_analysis(
    service: Service, keys: set[uuid.UUID], is_on_that_side: ColumnElement[bool]
) -> tuple[int, int] | None:
    """(Comments of the themes, comments) of the last analysis; None unless it holds a theme."""
    theirs = select(func.sum(Theme.comments)).where(
        Theme.analysis_id == Analysis.id, Theme.key.in_(keys)
    )
    query = select(theirs.scalar_subquery(), Analysis.analysed).where(
        Analysis.service_id == service.id, Analysis.completed_at.is_not(None), is_on_that_side
    )
    latest = query.order_by(Analysis.period_to.desc(), Analysis.id.desc()).limit(1)
    found = db.session.execute(latest).one_or_none()
    return (int(found[0]), found[1]) if found and found[0] is not None else None
