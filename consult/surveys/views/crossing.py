"""What the pages that cross two questions share: which questions, and which two were asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.surveys.results.asked import Asked
from consult.surveys.results.crosstab import fits


@dataclass(frozen=True)
class Pair:
    """The two questions an address asks for; None for one it does not know."""

    first: Asked | None
    second: Asked | None

    @property
    def is_asked(self) -> bool:
        return self.first is not None and self.second is not None

    @property
    def fits(self) -> bool:
        """True when their table can be made: two questions, not too many answers."""
        return self.first is not None and self.second is not None and fits(self.first, self.second)

    @property
    def both(self) -> tuple[Asked, Asked]:
        if self.first is None or self.second is None:
            raise ValueError("two questions are needed")
        return self.first, self.second


def questions_to_cross(questions: Sequence[Asked]) -> list[Asked]:
    """The questions whose answers are counted."""
    return [one for one in questions if one.is_counted]


def asked_pair(questions: Sequence[Asked], arguments: Mapping[str, str]) -> Pair:
    """The questions named by ``first`` and ``second``."""
    known = {one.name: one for one in questions_to_cross(questions)}
    return Pair(known.get(arguments.get("first", "")), known.get(arguments.get("second", "")))
