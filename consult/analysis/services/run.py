"""Doing an analysis: comments are read, understood, and their themes written down.

Only a worker gets here: pandas and scikit-learn are imported inside, never by a web process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from consult.analysis.codeframes.given import begin_from_codeframe
from consult.analysis.models import Analysis
from consult.analysis.queries.sources import SourceComment, comments_of
from consult.analysis.services.recording import record
from consult.db import db
from consult.jobs.services import Progress

if TYPE_CHECKING:
    import pandas as pd

    from consult.analysis.text import Analysis as Result
    from consult.analysis.text.membership import GivenThemes
    from consult.analysis.text.sentence_vectors import SentenceVectors


#: Ends of the scale of the ratings that people give, here as everywhere in the platform.
SCALE = (1.0, 5.0)


def run(
    analysis_id: int,
    progress: Progress,
    clock: Callable[[], datetime],
    vectors: SentenceVectors | None = None,
) -> None:
    """Completes an analysis, or does nothing when it is complete already.

    ``vectors`` is the language model of the installation, if there is one; which tier was used
    is kept among the analysis's parameters.

    The themes are written in the transaction that ends the job, all or none. No transaction is
    open while the comments are being understood.
    """
    analysis = db.session.get(Analysis, analysis_id)
    if analysis is None or analysis.completed_at:
        return
    kept = begin_from_codeframe(analysis, progress, clock)
    said, parameters = _Said.of(analysis), dict(analysis.parameters)
    comments, given = said.now, kept.given(said.now) if kept else None
    given_before = kept.given(said.before) if kept else None
    db.session.commit()
    result = _understand(comments, parameters, given, progress, vectors)
    if said.before and said.period:
        places = (given, given_before) if given and given_before else None
        result = _compared(result, said, said.period, places, parameters["seed"])
    waiting = db.session.scalar(
        select(Analysis)
        .where(Analysis.id == analysis_id, Analysis.completed_at.is_(None))
        .with_for_update()
    )
    if waiting:
        record(waiting, comments, result, kept)
        waiting.parameters = {**waiting.parameters, "tier": vectors.name if vectors else "none"}
        waiting.completed_at = clock()


@dataclass(frozen=True)
class _Said:
    """The comments a report is about, and those of as many days just before, for its trends."""

    now: Sequence[SourceComment]
    before: Sequence[SourceComment]
    period: tuple[datetime, datetime] | None

    @classmethod
    def of(cls, analysis: Analysis) -> _Said:
        comments, days = comments_of(analysis), analysis.parameters.get("days")
        if not days:
            return cls(comments, [], None)
        end, length = analysis.created_at, timedelta(days=days)
        start = end - length
        now = [comment for comment in comments if start <= comment.submitted_at <= end]
        before = [one for one in comments if start - length <= one.submitted_at < start]
        return cls(now, before, (start, end))


def _compared(
    result: Result,
    said: _Said,
    period: tuple[datetime, datetime],
    places: tuple[GivenThemes, GivenThemes] | None,
    seed: int,
) -> Result:
    """The same result, its trends against what was said before the period."""
    import pandas as pd

    from consult.analysis.text.before import against_before

    start, end = (pd.Timestamp(moment) for moment in period)
    now, before = _frame(said.now), _frame(said.before)
    return against_before(result, now, before, (start, end), places, seed)


def _frame(comments: Sequence[SourceComment]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(comments, columns=SourceComment._fields)
    return frame.rename(columns={"submitted_at": "date"})


def _understand(
    comments: Sequence[SourceComment],
    parameters: dict[str, Any],
    given: GivenThemes | None,
    progress: Progress,
    vectors: SentenceVectors | None,
) -> Result:
    from consult.analysis.text import analyze_comments

    return analyze_comments(
        _frame(comments),
        themes=parameters["themes"],
        given=given,
        seed=parameters["seed"],
        progress=progress,
        vectors=vectors,
        scale=SCALE,
    )
