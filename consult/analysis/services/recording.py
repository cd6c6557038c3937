"""Writing down what an analysis found."""

from __future__ import annotations

import math
import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from consult.analysis.codeframes.given import KeptThemes
from consult.analysis.models import Analysis, Campaign, SubTheme, Theme, ThemeComment
from consult.analysis.queries.sources import SourceComment
from consult.analysis.report.evidence import evidence_of, weighed_columns, weighing_parameters
from consult.analysis.report.models import AnalysisEvidence
from consult.db import Localized, db

if TYPE_CHECKING:
    from pandas import DataFrame

    from consult.analysis.text import Analysis as Result

#: Figures of a theme that are written as they are, missing where they cannot be told.
FIGURES = (
    "mean_rating", "points_at_stake", "points_low", "points_high", "voices", "share_low",
    "share_high", "polarity", "severity", "burden", "burden_low", "burden_high", "stability",
)  # fmt: skip

_AT_ONCE = 5_000  # rows written in one statement


def record(
    analysis: Analysis,
    comments: Sequence[SourceComment],
    result: Result,
    kept: KeptThemes | None,
) -> None:
    """Writes themes, sub-themes, campaigns and the place of each comment; flushes."""
    moments = [comment.submitted_at for comment in comments]
    analysis.comments = sum(bool(comment.text.strip()) for comment in comments)
    analysis.analysed = result.counts.answered
    analysis.themed = result.counts.answered - result.counts.without_theme
    analysis.rated = result.counts.rated
    analysis.voices = result.counts.voices
    analysis.in_campaigns = result.counts.in_campaigns
    analysis.basis = result.basis
    analysis.overall_mean = result.overall_mean
    analysis.period_from = min(moments, default=None)
    analysis.period_to = max(moments, default=None)
    grouping = "region" if analysis.consultation_id else "group"
    analysis.themes = list(_themes(result, kept.keys if kept else [], grouping))
    analysis.parameters = {**analysis.parameters, **weighing_parameters(result)}
    analysis.campaigns = list(_campaigns(comments, result))
    if kept:
        analysis.parameters = {**analysis.parameters, "codeframe_version": kept.number}
    evidence = evidence_of(result, comments, grouping)
    db.session.add(AnalysisEvidence(analysis_id=analysis.id, comments=evidence))
    db.session.flush()
    links = _links(analysis.themes, comments, result)
    while some := list(islice(links, _AT_ONCE)):
        db.session.execute(insert(ThemeComment), some)


def _themes(result: Result, keys: Sequence[uuid.UUID], grouping: str) -> Iterator[Theme]:
    brackets = {t: n for n, group in enumerate(result.rank_groups, 1) for t in group}
    weighed = weighed_columns(result, grouping)
    parts: defaultdict[int, list[SubTheme]] = defaultdict(list)
    for row in result.subthemes.to_dict("records"):
        parts[int(row["theme"])].append(
            SubTheme(
                number=int(row["sub"]),
                label=_label(row, None),
                comments=int(row["comments"]),
                share=float(row["share"]),
                mean_rating=_known(row["mean_rating"]),
            )
        )
    for row in result.themes.to_dict("records"):
        number = int(row["theme"])
        yield Theme(
            number=number,
            label=_label(row, result.said_in.get(number)),
            comments=int(row["comments"]),
            share=float(row["share"]),
            **{name: _known(row[name]) for name in FIGURES},
            phrases=result.phrases[number],
            parts=parts[number],
            rank=int(row["rank"]),
            bracket=brackets[number],
            trend=result.trends[number],
            **weighed[number],
            key=keys[number - 1] if keys else None,
        )


def _label(row: dict[Hashable, Any], only: str | None) -> Localized:
    """The label in both languages, or only in the one it could be said in."""
    return Localized(
        *("" if only and only != lang else row[f"label_{lang}"] for lang in ("fr", "en"))
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _campaigns(comments: Sequence[SourceComment], result: Result) -> Iterator[Campaign]:
    langs = result.assignments["lang"].tolist()
    for number, row in enumerate(result.campaigns.to_dict("records"), 1):
        example = comments[int(row["example"])]
        yield Campaign(
            number=number,
            comments=int(row["comments"]),
            theme=int(row["theme"]) or None,
            kind=example.kind,
            comment_id=example.public_id,
            lang=langs[int(row["example"])],
        )


def _links(
    themes: Sequence[Theme], comments: Sequence[SourceComment], result: Result
) -> Iterator[dict[str, Any]]:
    """A row of ``theme_comments`` for each comment and each theme it speaks of."""
    ids = {theme.number: theme.id for theme in themes}
    telling = {
        (theme, position): rank
        for theme, positions in result.representatives.items()
        for rank, position in enumerate(positions, 1)
    }
    pieces: defaultdict[tuple[int, int], list[list[float]]] = defaultdict(list)
    where = ("row", "theme", "start", "end", "polarity")
    for row, theme, start, end, polarity in _lines(result.segments, where):
        pieces[row, theme].append([start, end, round(polarity, 2)])
    numbers = {copies: n for n, copies in enumerate(result.campaigns["copies"], 1)}
    places = result.assignments
    langs, subs = places["lang"].tolist(), places["sub"].tolist()
    copies, weights = places["copies"].tolist(), places["weight"].tolist()
    told = ("row", "theme", "share", "polarity", "main")
    for row, theme, share, polarity, is_main in _lines(result.shares, told):
        comment = comments[row]
        yield {
            "theme_id": ids[theme],
            "kind": comment.kind,
            "comment_id": comment.public_id,
            "lang": langs[row],
            "weight": float(weights[row]),
            "is_main": is_main,
            "share": min(1.0, share),
            "polarity": polarity,
            "segments": pieces.get((row, theme)),
            "sub_theme": (subs[row] or None) if is_main else None,
            "campaign": numbers.get(copies[row]),
            "representative_rank": telling.get((theme, row)),
            "rating": comment.rating,
            "submitted_at": comment.submitted_at,
        }


def _lines(table: DataFrame, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The cells of some columns, line by line, as plain Python values."""
    return zip(*(table[column].tolist() for column in columns), strict=True)
