"""Doing an analysis: comments are read, understood, and their themes written down.

Only a worker gets here: pandas and scikit-learn are imported inside, never by a web process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from consult.analysis.codeframes.given import begin_from_codeframe
from consult.analysis.models import Analysis
from consult.analysis.queries.sources import SourceComment, comments_of
from consult.analysis.services.recording import record
from consult.db import db
from consult.jobs.services import Progress

if TYPE_CHECKING:
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
    comments, parameters = comments_of(analysis), dict(analysis.parameters)
    given = kept.given(comments) if kept else None
    db.session.commit()
    result = _understand(comments, parameters, given, progress, vectors)
    waiting = db.session.scalar(
        select(Analysis)
        .where(Analysis.id == analysis_id, Analysis.completed_at.is_(None))
        .with_for_update()
    )
    if waiting:
        record(waiting, comments, result, kept)
        waiting.parameters = {**waiting.parameters, "tier": vectors.name if vectors else "none"}
        waiting.completed_at = clock()


def _understand(
    comments: Sequence[SourceComment],
    parameters: dict[str, Any],
    given: GivenThemes | None,
    progress: Progress,
    vectors: SentenceVectors | None,
) -> Result:
    import pandas as pd

    from consult.analysis.text import analyze_comments

    frame = pd.DataFrame(comments, columns=SourceComment._fields)
    return analyze_comments(
        frame.rename(columns={"submitted_at": "date"}),
        themes=parameters["themes"],
        given=given,
        seed=parameters["seed"],
        progress=progress,
        vectors=vectors,
        scale=SCALE,
    )
