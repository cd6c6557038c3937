"""What was found, ready to be told: the groups, and a question with and without them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from consult.questionnaires import Text
from consult.surveys.models import CountsTable
from consult.surveys.results.asked import Asked
from consult.surveys.results.counts import Counts
from consult.surveys.signals.finding import BITS, Kind


@dataclass(frozen=True)
class Group:
    """Responses that belong together, and when they came in.

    ``same_closed`` is how many chose the same answers as the first; ``example`` the database id of
    that one; ``expected`` how many answers would usually have come in in a burst's time.
    """

    answers: int
    start: datetime
    end: datetime
    same_closed: int = 0
    example: int = 0
    expected: float = 0.0
    chance: float = 1.0


@dataclass(frozen=True)
class Signal:
    """All that was found of one kind; ``largest`` are at most ten groups."""

    kind: Kind
    groups: int
    answers: int
    largest: tuple[Group, ...]


@dataclass(frozen=True)
class Compared:
    """One answer on offer, with all responses and without those told apart; shares 0 to 1."""

    label: Text
    count: int
    share: float
    count_without: int
    share_without: float

    @property
    def change(self) -> float:
        return self.share_without - self.share


@dataclass(frozen=True)
class Comparison:
    """A question with and without the responses told apart; the bases are who answered it."""

    asked: Asked
    base: int
    base_without: int
    lines: tuple[Compared, ...]

    @property
    def greatest_change(self) -> float:
        return max((abs(line.change) for line in self.lines), default=0.0)


class Told:
    """What a table of signals says."""

    def __init__(self, table: CountsTable) -> None:
        self._found: dict[str, Any] = table.counts
        self._counts = {int(m): Counts(c) for m, c in self._found["tallies"].items()}
        self.responses: int = self._found["responses"]
        self.signals = tuple(_signal(kind, self._found[kind]) for kind in Kind)

    def responses_without(self, kinds: Collection[Kind]) -> int:
        """How many responses are left without those told apart by ``kinds``."""
        return sum(counts.responses() for counts in self._left(kinds))

    def compared(self, asked: Asked, kinds: Collection[Kind]) -> Comparison:
        """A question answered by choices, with all responses and without those of ``kinds``."""
        everyone, left = self._choices(asked.name, ()), self._choices(asked.name, kinds)
        base, without = self._answered(asked.name, ()), self._answered(asked.name, kinds)
        lines = (
            Compared(
                option.label,
                everyone[option.name],
                everyone[option.name] / max(base, 1),
                left[option.name],
                left[option.name] / max(without, 1),
            )
            for option in asked.options
        )
        return Comparison(asked, base, without, tuple(lines))

    def _left(self, kinds: Collection[Kind]) -> list[Counts]:
        apart = sum(BITS[kind] for kind in kinds)
        return [counts for mask, counts in self._counts.items() if not mask & apart]

    def _choices(self, name: str, kinds: Collection[Kind]) -> Counter[str]:
        return sum((counts.choices(name) for counts in self._left(kinds)), Counter[str]())

    def _answered(self, name: str, kinds: Collection[Kind]) -> int:
        return sum(counts.answered(name) for counts in self._left(kinds))


def _signal(kind: Kind, found: dict[str, Any]) -> Signal:
    largest = tuple(_group(dict(group)) for group in found["largest"])
    return Signal(kind, found["groups"], found["answers"], largest)


def _group(found: dict[str, Any]) -> Group:
    start, end = (datetime.fromtimestamp(found.pop(side), UTC) for side in ("from", "to"))
    return Group(start=start, end=end, **found)
