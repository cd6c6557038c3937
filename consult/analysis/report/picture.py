"""Impact against effort: where each theme lies in the picture."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consult.analysis.report.models import Effort


@dataclass(frozen=True)
class Impact:
    """What the theme ``number``, of rank ``rank``, weighs: ``value`` with its interval."""

    number: int
    rank: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Dot:
    """A theme in the picture; ``across``, ``at``, ``low`` and ``high`` from 0 to 1."""

    rank: int
    across: float
    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Picture:
    """The themes in three columns, from small effort to large; up is the impact.

    ``zero`` is how high no impact stands, 0 to 1.
    """

    dots: tuple[Dot, ...]
    zero: float


def picture(impacts: Iterable[Impact], efforts: Mapping[int, Effort]) -> Picture | None:
    """The themes whose effort is known; None when there is none.

    The height goes from the lowest bound (0 or less) to the highest. Themes of one column stand
    side by side in rank order, so that none hides another.
    """
    placed = sorted((one for one in impacts if one.number in efforts), key=lambda one: one.rank)
    if not placed:
        return None
    least = min(0.0, *(one.low for one in placed))
    span = max(0.0, *(one.high for one in placed)) - least or 1.0
    dots = []
    for place, effort in enumerate(Effort):
        column = [one for one in placed if efforts[one.number] is effort]
        for order, one in enumerate(column, 1):
            across = (place + order / (len(column) + 1)) / len(Effort)
            value, low, high = ((part - least) / span for part in (one.value, one.low, one.high))
            dots.append(Dot(one.rank, across, value, low, high))
    return Picture(tuple(dots), -least / span)
