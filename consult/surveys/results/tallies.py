"""Results question by question, as they are: for the staff."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consult.questionnaires import Question, Text
from consult.suppression import hidden_cells
from consult.surveys.results.asked import Asked
from consult.surveys.results.counts import Counts, Filters
from consult.surveys.results.measures import Measures, Places, measures, places


@dataclass(frozen=True)
class Line:
    """One answer on offer; its count and its share (0 to 1) of the base, None when hidden.

    ``is_small`` marks, for the staff, a count that the public does not see.
    """

    name: str
    label: Text
    count: int | None
    share: float | None
    is_small: bool = False


@dataclass(frozen=True)
class Tally:
    """What people answered to one question.

    ``base`` is how many did (for a consent, how many could), None when too few to tell. A counted
    question has ``lines``; a number ``measures``; a ranking ``places``.
    """

    asked: Asked
    base: int | None
    lines: tuple[Line, ...] = ()
    measures: Measures | None = None
    places: Places | None = None

    @property
    def top(self) -> Line | None:
        """The answer given most often, when it is shown and alone at the top."""
        if not self.lines:
            return None
        first, *others = sorted(self.lines, key=lambda line: -(line.count or 0))
        alone = bool(first.count) and all((line.count or 0) < (first.count or 0) for line in others)
        return first if alone else None


@dataclass(frozen=True)
class Block:
    """A question as it was declared, with the tally of each of its parts: the rows of a matrix."""

    question: Question
    tallies: tuple[Tally, ...]

    @property
    def asked(self) -> Asked:
        return self.tallies[0].asked


def blocks(questions: Iterable[Asked], tell: Callable[[Asked], Tally]) -> list[Block]:
    """What ``tell`` makes of each question that can be summed up, a matrix' rows together."""
    declared: dict[str, Question] = {}
    found: dict[str, list[Tally]] = {}
    for one in questions:
        if one.kind != "open":
            declared.setdefault(one.block.name, one.block)
            found.setdefault(one.block.name, []).append(tell(one))
    return [Block(declared[name], tuple(tallies)) for name, tallies in found.items()]


def tally(counts: Counts, one: Asked, filters: Filters) -> Tally:
    """What people answered among those who match the filters, small counts marked."""
    base = counts.answered(one.name, filters)
    if one.kind == "number":
        return Tally(one, base, measures=measures(counts, one.name, filters))
    if one.kind == "ranking":
        return Tally(one, base, places=places(counts, one, filters))
    given = counts.choices(one.name, filters)
    totals = [given[option.name] for option in one.options]
    small = hidden_cells(totals, base, exclusive=one.adds_up)
    lines = (
        Line(option.name, option.label, count, count / base if base else None, place in small)
        for place, (option, count) in enumerate(zip(one.options, totals, strict=True))
    )
    return Tally(one, base, tuple(lines))
