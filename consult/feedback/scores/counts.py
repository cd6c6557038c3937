"""Answers counted by day: what every figure is worked out from."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from consult.feedback.scores.intervals import DRAWS
from consult.feedback.scores.measures import Figure, Measure, Tally, figure

Key = TypeVar("Key", bound=Hashable)

#: The question that each piece of feedback answers: that it was given at all.
GIVEN = "given"

#: The question that each comment answers: that something was written.
COMMENTED = "commented"


class Cell(NamedTuple):
    """How many gave this answer (a code) to this question, on this day of Québec's calendar."""

    day: date
    lang: str
    channel: str
    page: str
    question_set: str
    question: str
    answer: str
    number: int


@dataclass(frozen=True)
class Counts:
    """Counted answers; ``cells`` that are alike may stand more than once."""

    cells: Sequence[Cell]

    @cached_property
    def _by_question(self) -> dict[str, list[Cell]]:
        found: dict[str, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.question, []).append(cell)
        return found

    def of(self, question: str) -> Sequence[Cell]:
        return self._by_question.get(question, ())

    def total(self, question: str = GIVEN) -> int:
        return sum(cell.number for cell in self.of(question))

    def strata(self, question: str) -> list[Tally]:
        """The answers to a question by the set that asked it: each set draws its own people."""
        return list(grouped(self.of(question), lambda cell: cell.question_set).values())

    def figure(self, measure: Measure, draws: int = DRAWS) -> Figure:
        """What a measure comes to."""
        return figure(measure, self.strata(measure.question), draws)

    def parts(self, key: Callable[[Cell], Key]) -> "dict[Key, Counts]":
        """The same answers in parts, by what ``key`` says of each cell."""
        found: dict[Key, list[Cell]] = {}
        for cell in self.cells:
            found.setdefault(key(cell), []).append(cell)
        return {part: Counts(cells) for part, cells in found.items()}

    def until(self, last: date) -> "Counts":
        """What was said up to a day, that day included."""
        return Counts([cell for cell in self.cells if cell.day <= last])


def grouped(cells: Iterable[Cell], key: Callable[[Cell], Key]) -> dict[Key, Tally]:
    """Answers by their code, for each value of ``key``."""
    found: dict[Key, Counter[str]] = {}
    for cell in cells:
        found.setdefault(key(cell), Counter())[cell.answer] += cell.number
    return dict(found)
