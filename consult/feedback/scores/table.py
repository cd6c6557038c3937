"""The figures of a report as rows: what CSV and JSON files hold, in a stable order."""

from collections.abc import Iterator
from typing import NamedTuple

from consult.feedback.scores.counts import Counts
from consult.feedback.scores.measures import FLOOR, Figure, Kind
from consult.feedback.scores.report import Report
from consult.wilson import CONFIDENCE

#: How a figure and its interval are worked out, by kind of measure.
FORMULAS = {
    Kind.MEAN: "mean of points; bootstrap interval",
    Kind.SHARE: "share of answers; Wilson interval",
    Kind.NET: "share of +1 less share of -1; adjusted Wald interval",
}


class Row(NamedTuple):
    """One figure. ``kind`` is 'all', 'trend' or a dimension; ``part`` its value there.

    ``state`` is 'shown', 'few' (under ``FLOOR`` answers) or 'hidden' (a small group, or one that
    would let one work it out). Dates are days of Québec's calendar, as 2026-11-23.
    """

    kind: str
    part: str
    first: str
    last: str
    measure: str
    state: str
    answers: int | None
    value: float | None
    low: float | None
    high: float | None
    confidence: float
    formula: str


def rows(report: Report) -> Iterator[Row]:
    """Every figure of a report: all of it, then over time, then part by part."""
    if report.first is None or report.last is None:
        return
    first, last = report.first.isoformat(), report.last.isoformat()
    for figure in report.figures:
        yield _row("all", "", first, last, figure)
    if report.trend:
        for period, figure in report.trend.points:
            yield _row("trend", "", period.first.isoformat(), period.last.isoformat(), figure)
    for breakdown in report.breakdowns:
        for part in breakdown.parts:
            value = part.value.strip("\x00")
            if part.figure is not None:
                yield _row(breakdown.dimension, value, first, last, part.figure)
            elif report.measure is not None:
                hidden = Figure(report.measure, 0)
                row = _row(breakdown.dimension, value, first, last, hidden)
                yield row._replace(state="hidden", answers=None)


def _row(kind: str, part: str, first: str, last: str, figure: Figure) -> Row:
    value, interval = figure.value, figure.interval
    return Row(
        kind,
        part,
        first,
        last,
        figure.measure.name,
        "few" if figure.answers < FLOOR else "shown",
        figure.answers,
        None if value is None else round(value, 6),
        None if interval is None else round(interval.low, 6),
        None if interval is None else round(interval.high, 6),
        CONFIDENCE,
        FORMULAS[figure.measure.kind],
    )


#: The columns of counts, in this order.
COUNT_COLUMNS = ("day", "lang", "channel", "question_set", "question", "answer", "count")


def count_rows(counts: Counts) -> list[tuple[str, str, str, str, str, str, int]]:
    """The counts that all figures are worked out from, in order; for the staff only."""
    found: dict[tuple[str, str, str, str, str, str], int] = {}
    for c in counts.cells:
        key = (c.day.isoformat(), c.lang, c.channel, c.question_set, c.question, c.answer)
        found[key] = found.get(key, 0) + c.number
    return [(*key, count) for key, count in sorted(found.items())]
