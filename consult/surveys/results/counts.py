"""Reading the counts kept ready: of all responses, or of those that match filters."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from consult.surveys.results.asked import Asked
from consult.surveys.results.counting import BASE
from consult.surveys.results.moments import Moments

#: What results can be filtered by; the order of a cell's parts.
Dimension = Literal["version", "lang", "channel", "region"]
DIMENSIONS: tuple[Dimension, ...] = ("version", "lang", "channel", "region")

#: Dimension to the value asked for, in words of the address: {'lang': 'fr'}.
Filters = Mapping[str, str]


class Counts:
    """The counts of one consultation, as ``Counting.as_json`` gives them."""

    def __init__(self, counted: Mapping[str, Any]) -> None:
        self._cells = [tuple(str(part) for part in cell) for cell in counted["cells"]]
        self._answers: Mapping[str, Mapping[str, list[list[int]]]] = counted["answers"]
        self._moments: Mapping[str, list[list[float]]] = counted["moments"]
        self.days: Mapping[str, int] = counted["days"]

    def responses(self, filters: Filters | None = None) -> int:
        """How many people sent answers."""
        return self.answered("*responses", filters)

    def responses_by(self, dimension: Dimension) -> Counter[str]:
        """How many people sent answers, by the values of a dimension; untold ones left out."""
        return self.answered_by("*responses", dimension)

    def experience(self) -> Counter[str]:
        """How people rated the consultation itself: '1' to '5' to a count."""
        return self.choices("*experience")

    def answered(self, question: str, filters: Filters | None = None) -> int:
        """How many people answered a question; of a consent, how many could tick it."""
        return self._total(self._answers.get(question, {}).get(BASE, []), self._among(filters))

    def answered_by(self, question: str, dimension: Dimension) -> Counter[str]:
        """How many people answered a question, by the values of a dimension."""
        found = self.choices_by(question, dimension)
        return Counter({value: count for (key, value), count in found.items() if key == BASE})

    def choices(self, question: str, filters: Filters | None = None) -> Counter[str]:
        """How often each answer was given; of a number each value, of a ranking 'choice place'."""
        among = self._among(filters)
        kept = self._answers.get(question, {})
        return Counter({k: self._total(pairs, among) for k, pairs in kept.items() if k != BASE})

    def choices_by(self, question: str, dimension: Dimension) -> Counter[tuple[str, str]]:
        """How often each answer was given by the people of each value of a dimension.

        Keys are (answer, value); the answer ``BASE`` counts who answered at all.
        """
        part = DIMENSIONS.index(dimension)
        found: Counter[tuple[str, str]] = Counter()
        for key, pairs in self._answers.get(question, {}).items():
            for cell, count in pairs:
                if value := self._cells[cell][part]:
                    found[key, value] += count
        return found

    def moments(self, question: str, filters: Filters | None = None) -> Moments:
        """Count, mean and spread of the numbers people gave."""
        among, total = self._among(filters), Moments()
        for cell, count, mean, squares in self._moments.get(question, []):
            if among is None or cell in among:
                total.merge(Moments(int(count), mean, squares))
        return total

    def seen(self, questions: Iterable[Asked]) -> tuple[Asked, ...]:
        """The questions, of which those about regions offer only the regions somebody lives in.

        Else a small region would always be hidden along with the many that nobody answered from.
        """
        return tuple(
            replace(one, options=tuple(o for o in one.options if given[o.name]))
            if one.question.type == "region" and (given := self.choices(one.name))
            else one
            for one in questions
        )

    def _among(self, filters: Filters | None) -> set[int] | None:
        """The cells that match; None when all do."""
        wanted = [(DIMENSIONS.index(d), v) for d, v in (filters or {}).items() if d in DIMENSIONS]
        if not wanted:
            return None
        cells = enumerate(self._cells)
        return {at for at, cell in cells if all(cell[part] == value for part, value in wanted)}

    @staticmethod
    def _total(pairs: list[list[int]], among: set[int] | None) -> int:
        return sum(count for cell, count in pairs if among is None or cell in among)
