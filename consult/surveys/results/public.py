"""Results as they may be published, whole or by one filter, and what they hide.

A question filtered by region, language or channel is one column of the table of its answers
against all the values of that dimension: the table is protected as a whole, so that the filtered
results, one by one or put together with the unfiltered, reveal no hidden count.
"""

from dataclasses import replace
from typing import NamedTuple

from consult.suppression import (
    THRESHOLD,
    Hidden,
    Side,
    hidden_cells,
    hidden_in_table,
)
from consult.surveys.results.asked import Asked
from consult.surveys.results.counts import Counts, Dimension, Filters
from consult.surveys.results.tallies import Tally, tally

#: What the public can filter by, one at a time.
PUBLIC_DIMENSIONS: tuple[Dimension, ...] = ("region", "lang", "channel")


class _Against(NamedTuple):
    """A question against a dimension: the dimension's values, in the order of the columns."""

    values: list[str]
    columns: Side
    base: int


class PublicResults:
    """What may be told of a consultation's counts.

    Args:
        questions: what ``asked`` tells of the consultation, as these counts have ``seen`` them.
    """

    def __init__(self, counts: Counts, questions: tuple[Asked, ...]) -> None:
        self._counts = counts
        self.questions = questions
        self._region = next((one for one in questions if one.question.type == "region"), None)

    def responses(self, filters: Filters) -> int | None:
        """How many people sent answers; None when too few to tell."""
        count = self._counts.responses(filters)
        if filters:
            dimension, value = _only(filters)
            if value in self._hidden_values(dimension):
                return None
        return count if count >= THRESHOLD else None

    def tally(self, one: Asked, filters: Filters) -> Tally:
        """The tally of a question without what would let one recognise somebody.

        Raises ``ValueError`` for more than one filter, or one by version.
        """
        found = tally(self._counts, one, filters)
        if (found.base or 0) < THRESHOLD or (filters and self._hides_column(one, filters)):
            return Tally(one, None)
        return self._without_the_few(found, filters)

    def hidden_options(self, one: Asked, filters: Filters) -> set[int]:
        """The options whose counts, or first places, are hidden, by their place."""
        if not filters:
            return self.hidden_in_tally(one)
        dimension, value = _only(filters)
        against, hidden = self._table(one, dimension)
        column = against.values.index(value)
        return {row for row in range(len(one.options)) if hidden.hides(row, column)}

    def hidden_in_tally(self, one: Asked) -> set[int]:
        """The same without a filter."""
        given = self._counts.choices(one.name)
        totals = [given[one.key(option)] for option in one.options]
        return hidden_cells(totals, self._counts.answered(one.name), exclusive=one.adds_up)

    def _without_the_few(self, found: Tally, filters: Filters) -> Tally:
        base = found.base or 0
        if found.measures:
            return replace(found, measures=found.measures.without_the_few(base))
        hidden = self.hidden_options(found.asked, filters)
        if found.places:
            names = {found.asked.options[place].name for place in hidden}
            return replace(found, places=found.places.without(names, means=not filters))
        lines = (
            replace(line, count=None, share=None, is_small=False) if place in hidden else line
            for place, line in enumerate(replace(line, is_small=False) for line in found.lines)
        )
        return replace(found, lines=tuple(lines))

    def _table(self, one: Asked, dimension: Dimension) -> tuple[_Against, Hidden]:
        against = self._against(one, dimension)
        given = self._counts.choices_by(one.name, dimension)
        keys = [one.key(option) for option in one.options]
        cells = [[given[key, value] for value in against.values] for key in keys]
        totals = [sum(row) for row in cells]
        rows = Side(totals, one.adds_up, frozenset(self.hidden_in_tally(one)))
        return against, hidden_in_table(cells, rows, against.columns, against.base)

    def _against(self, one: Asked, dimension: Dimension) -> _Against:
        values = sorted(self._counts.responses_by(dimension))
        answered = self._counts.answered_by(one.name, dimension)
        totals = [answered[value] for value in values]
        whole = self._hidden_values(dimension)
        already = frozenset(at for at, value in enumerate(values) if value in whole)
        return _Against(values, Side(totals, already=already), sum(totals))

    def _hides_column(self, one: Asked, filters: Filters) -> bool:
        """True when who answered ``one`` among the filter's people are too few to tell."""
        dimension, value = _only(filters)
        values, columns, base = self._against(one, dimension)
        return value not in values or values.index(value) in columns.hidden(base)

    def _hidden_values(self, dimension: Dimension) -> set[str]:
        """The values of a dimension that too few people share, as its own tally hides them."""
        if dimension == "region" and self._region:
            options = self._region.options
            return {options[place].name for place in self.hidden_in_tally(self._region)}
        people = self._counts.responses_by(dimension)
        values = sorted(people)
        totals = [people[value] for value in values]
        hidden = hidden_cells(totals, sum(totals), exclusive=True)
        return {values[place] for place in hidden}


def _only(filters: Filters) -> tuple[Dimension, str]:
    """The one filter of public results."""
    if len(filters) != 1:
        raise ValueError("public results have one filter at most")
    ((asked_for, value),) = filters.items()
    dimension = next((d for d in PUBLIC_DIMENSIONS if d == asked_for), None)
    if dimension is None:
        raise ValueError("public results are not filtered by this")
    return dimension, value
