"""Two questions crossed: how many people gave each answer to the one and to the other."""

import json
from collections import Counter
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from consult.db import db
from consult.questionnaires import Choice
from consult.suppression import THRESHOLD, Side, hidden_in_table
from consult.surveys.models import Consultation, QuestionnaireVersion, Response, ResponseState
from consult.surveys.results.asked import Asked, region_question
from consult.surveys.results.counts import Filters

#: The most cells a table may have: more cannot be read, nor protected in reasonable time.
MOST_CELLS = 1_000


@dataclass(frozen=True)
class CrosstabRow:
    """One answer to the first question; None where a count is hidden.

    ``total`` is how many gave it and answered the second question too; ``counts`` how many of them
    gave each answer to it, ``shares`` their shares (0 to 1) of the total.
    """

    option: Choice
    total: int | None
    counts: tuple[int | None, ...]

    @property
    def shares(self) -> tuple[float | None, ...]:
        total = self.total
        return tuple(None if n is None or not total else n / total for n in self.counts)


@dataclass(frozen=True)
class Crosstab:
    """People who answered both questions, by their answers; ``base`` is how many they are.

    A person who gave several answers is counted at each. ``base`` is None when too few to tell.
    """

    first: Asked
    second: Asked
    base: int | None
    rows: tuple[CrosstabRow, ...]
    totals: tuple[int | None, ...]


def crosstab(consultation: Consultation, first: Asked, second: Asked, filters: Filters) -> Crosstab:
    """The table of two counted questions among the responses that match, counted now.

    For the staff: nothing is hidden. ``fits`` says which questions can be crossed.
    """
    cells, rows, columns, base = Counter[tuple[str, str]](), Counter[str](), Counter[str](), 0
    for one, other, count in _answer_pairs(consultation, first, second, filters):
        base += count
        for a in one:
            rows[a] += count
            for b in other:
                cells[a, b] += count
        for b in other:
            columns[b] += count
    made = tuple(
        CrosstabRow(a, rows[a.name], tuple(cells[a.name, b.name] for b in second.options))
        for a in first.options
    )
    totals = tuple(columns[b.name] for b in second.options)
    return Crosstab(first, second, base, made, totals)


def protected_crosstab(
    table: Crosstab, hidden_first: frozenset[int], hidden_second: frozenset[int]
) -> Crosstab:
    """The same as it may be published.

    Args:
        table: counted without filters.
        hidden_first: the places of the options of the first question that its tally hides.
        hidden_second: the same for the second.
    """
    base = table.base or 0
    if base < THRESHOLD:
        return replace(table, base=None, rows=(), totals=())
    cells = [[count or 0 for count in row.counts] for row in table.rows]
    rows = Side([row.total or 0 for row in table.rows], table.first.adds_up, hidden_first)
    columns = Side([total or 0 for total in table.totals], table.second.adds_up, hidden_second)
    hidden = hidden_in_table(cells, rows, columns, base)
    shown = tuple(
        replace(
            row,
            total=None if at in hidden.rows else row.total,
            counts=tuple(None if hidden.hides(at, c) else n for c, n in enumerate(row.counts)),
        )
        for at, row in enumerate(table.rows)
    )
    totals = tuple(None if c in hidden.columns else n for c, n in enumerate(table.totals))
    return replace(table, rows=shown, totals=totals)


def fits(first: Asked, second: Asked) -> bool:
    """True when the table of two questions can be made."""
    both_counted = first.is_counted and second.is_counted and first.name != second.name
    return both_counted and len(first.options) * len(second.options) <= MOST_CELLS


def _answer_pairs(
    consultation: Consultation, first: Asked, second: Asked, filters: Filters
) -> list[tuple[list[str], list[str], int]]:
    """Each distinct pair of answers, several choices together, and how many gave it."""
    one, other = (Response.answers[asked.name].as_string() for asked in (first, second))
    query = (
        select(one, other, func.count())
        .where(
            Response.consultation_id == consultation.id,
            Response.state == ResponseState.SUBMITTED,
            one.is_not(None),
            other.is_not(None),
        )
        .group_by(one, other)
    )
    if "version" in filters:
        number = QuestionnaireVersion.number == int(filters["version"])
        query = query.join(Response.version).where(number)
    if "lang" in filters:
        query = query.where(Response.lang == filters["lang"])
    if "channel" in filters:
        query = query.where(Response.channel == filters["channel"])
    if "region" in filters:
        region = region_question(consultation)
        query = query.where(Response.answers[region].as_string() == filters["region"])
    return [(_names(a), _names(b), count) for a, b, count in db.session.execute(query)]


def _names(answer: str) -> list[str]:
    """The choices in an answer as the database gives it: one as it is, several as JSON."""
    return [str(name) for name in json.loads(answer)] if answer.startswith("[") else [answer]
