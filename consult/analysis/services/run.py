"""Doing an analysis: comments are read, understood, and their themes written down.

Only a worker gets here: pandas and scikit-learn are imported inside, never by a web process.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from consult.analysis.codeframes.given import KeptThemes, begin_from_codeframe
from consult.analysis.models import Analysis, Theme, ThemeComment
from consult.analysis.queries.sources import SourceComment, comments_of
from consult.analysis.report.models import AnalysisEvidence
from consult.analysis.report.recording import evidence_of, weighed_columns, weighing_parameters
from consult.db import Localized, db
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
        _record(waiting, comments, result, kept)
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


def _record(
    analysis: Analysis,
    comments: Sequence[SourceComment],
    result: Result,
    kept: KeptThemes | None,
) -> None:
    moments = [comment.submitted_at for comment in comments]
    analysis.comments = sum(bool(comment.text.strip()) for comment in comments)
    analysis.analysed = result.counts.answered
    analysis.themed = result.counts.answered - result.counts.without_theme
    analysis.rated = result.counts.rated
    analysis.overall_mean = result.overall_mean
    analysis.period_from = min(moments, default=None)
    analysis.period_to = max(moments, default=None)
    grouping = "region" if analysis.consultation_id else "group"
    analysis.themes = list(_themes(result, kept.keys if kept else [], grouping))
    analysis.parameters = {**analysis.parameters, **weighing_parameters(result)}
    if kept:
        analysis.parameters = {**analysis.parameters, "codeframe_version": kept.number}
    db.session.flush()
    evidence = evidence_of(result, comments)
    db.session.add(AnalysisEvidence(analysis_id=analysis.id, comments=evidence))
    links = list(_links(analysis.themes, comments, result))
    if links:
        db.session.execute(insert(ThemeComment), links)


def _themes(result: Result, keys: Sequence[uuid.UUID], grouping: str) -> Iterator[Theme]:
    weighed = weighed_columns(result, grouping)
    brackets = {t: n for n, group in enumerate(result.rank_groups, 1) for t in group}
    for row in result.themes.to_dict("records"):
        number = int(row["theme"])
        yield Theme(
            number=number,
            label=_label(row, result.said_in.get(number)),
            comments=int(row["comments"]),
            share=float(row["share"]),
            mean_rating=_known(row["mean_rating"]),
            points_at_stake=_known(row["points_at_stake"]),
            points_low=_known(row["points_low"]),
            points_high=_known(row["points_high"]),
            rank=int(row["rank"]),
            bracket=brackets[number],
            trend=result.trends[number],
            key=keys[number - 1] if keys else None,
            **weighed[number],
        )


def _label(row: dict[Hashable, Any], only: str | None) -> Localized:
    """The label in both languages, or only in the one it could be said in."""
    return Localized(
        *("" if only and only != lang else row[f"label_{lang}"] for lang in ("fr", "en"))
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _links(
    themes: Sequence[Theme], comments: Sequence[SourceComment], result: Result
) -> Iterator[dict[str, Any]]:
    """A row of ``theme_comments`` for each comment and each theme it speaks of."""
    ids = {str(theme.number): theme.id for theme in themes}
    telling = {
        (str(theme), position): rank
        for theme, positions in result.representatives.items()
        for rank, position in enumerate(positions, 1)
    }
    for found in result.assignments.to_dict("records"):
        position, comment = found["row"], comments[found["row"]]
        for theme in filter(None, found["themes"].split("|")):
            yield {
                "theme_id": ids[theme],
                "kind": comment.kind,
                "comment_id": comment.public_id,
                "lang": found["lang"],
                "weight": float(found["weight"]),
                "is_main": theme == found["theme"],
                "representative_rank": telling.get((theme, position)),
                "rating": comment.rating,
                "submitted_at": comment.submitted_at,
            }
