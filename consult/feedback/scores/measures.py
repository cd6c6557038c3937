"""What is measured: each measure, its points, and the figure it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from consult.feedback.scores.intervals import (
    DRAWS,
    Points,
    margin_of_error,
    mean_interval,
    net_interval,
    pooled_mean,
)
from consult.wilson import Interval, wilson

#: Under this many answers no figure is told, only how many there are. With 10, the interval of a
#: share is up to 53 points wide: the least that still tells half from nearly all. Simulations keep
#: the intervals honest from there on (tests/unit/feedback/scores/test_coverage.py).
FLOOR = 10

#: Above this margin of error a share says too little to be compared; GC Task Success Survey's rule.
WIDEST_MARGIN = 0.10

#: Answers by their code, to one question.
Tally = Mapping[str, int]


class Kind(StrEnum):
    """A mean of points; a share of the answers; a share less another."""

    MEAN = "mean"
    SHARE = "share"
    NET = "net"


@dataclass(frozen=True)
class Measure:
    """How answers to ``question`` become a figure: the mean of the ``points`` of each.

    A share gives 1 to the answers it counts and 0 to the others; a net share gives 1, 0 and −1.
    ``smallest_change`` is the least difference worth telling.
    """

    name: str
    question: str
    kind: Kind
    points: Mapping[str, float] = field(hash=False)
    smallest_change: float

    @property
    def scale(self) -> list[float]:
        """The points an answer may be worth, from the least."""
        return sorted(set(self.points.values()))

    def points_of(self, tally: Tally) -> dict[float, int]:
        """The answers by their points; a code the measure does not know is left out."""
        found: dict[float, int] = {}
        for code, count in tally.items():
            if count and code in self.points:
                points = self.points[code]
                found[points] = found.get(points, 0) + count
        return found


@dataclass(frozen=True)
class Figure:
    """What a measure comes to. ``value`` and ``interval`` are None under ``FLOOR`` answers.

    A share is from 0 to 1, a net share from −1 to 1; ``margin`` is the margin of error of a share.
    """

    measure: Measure
    answers: int
    value: float | None = None
    interval: Interval | None = None
    margin: float | None = None

    @property
    def is_wide(self) -> bool:
        """True when the margin of error is over what lets one compare."""
        return self.margin is not None and self.margin > WIDEST_MARGIN


def figure(measure: Measure, strata: Sequence[Tally], draws: int = DRAWS) -> Figure:
    """What the answers come to; ``strata`` are the parts they were drawn from, pooled by counts."""
    points = [found for tally in strata if (found := measure.points_of(tally))]
    return figure_of_points(measure, points, draws)


def figure_of_points(measure: Measure, strata: Sequence[Points], draws: int = DRAWS) -> Figure:
    """The same from answers counted by their points."""
    answers = sum(sum(points.values()) for points in strata)
    if answers < FLOOR:
        return Figure(measure, answers)
    mean = pooled_mean(strata)
    if measure.kind is Kind.MEAN:
        interval = mean_interval(strata, measure.scale, draws)
        return Figure(measure, answers, mean, interval)
    chosen = sum(points.get(1.0, 0) for points in strata)
    if measure.kind is Kind.SHARE:
        margin = margin_of_error(chosen, answers)
        return Figure(measure, answers, mean, wilson(chosen, answers), margin)
    against = sum(points.get(-1.0, 0) for points in strata)
    return Figure(measure, answers, mean, net_interval(chosen, against, answers))


def _mean(name: str, question: str, points: Mapping[str, float], smallest: float) -> Measure:
    return Measure(name, question, Kind.MEAN, points, smallest)


def _share(name: str, question: str, codes: Sequence[str], of: Sequence[str]) -> Measure:
    return Measure(name, question, Kind.SHARE, {code: float(code in codes) for code in of}, 0.03)


_FIVE = ("1", "2", "3", "4", "5")
_FIVE_POINTS = {code: float(code) for code in _FIVE}
_DONE = ("yes", "no", "not_yet")

#: In the order they are told. The questions are named in queries.
MEASURES = (
    # Mean from 1 to 5 of "how satisfied are you", all sets that ask it pooled by their counts.
    _mean("satisfaction", "rating", _FIVE_POINTS, 0.1),
    # CSAT: the share of 4 and 5.
    _share("satisfied", "rating", ("4", "5"), _FIVE),
    # The share who did what they came for, among yes, no and not yet (GC Task Success Survey).
    _share("success", "completion", ("yes",), _DONE),
    _share("not_yet", "completion", ("not_yet",), _DONE),
    # CES: the mean of "how easy was it", from 1 to 5, and its share of 4 and 5.
    _mean("ease", "ease", _FIVE_POINTS, 0.1),
    _share("easy", "ease", ("4", "5"), _FIVE),
    # The share who agree that it raised their trust (OMB Circular A-11, section 280): 4 and 5.
    _share("trust", "trust", ("4", "5"), _FIVE),
    # Promoters (9, 10) less detractors (0 to 6): Reichheld, Harvard Business Review, 2003.
    Measure(
        "recommend",
        "recommend",
        Kind.NET,
        {str(n): 1.0 if n >= 9 else -1.0 if n <= 6 else 0.0 for n in range(11)},
        0.05,
    ),
    # JDMA: the mean of 10, 5 and 0 for the three faces, told in bands from 8 and from 5.
    _mean("faces", "feeling", {"good": 10.0, "mixed": 5.0, "bad": 0.0}, 0.2),
)

BY_NAME = {measure.name: measure for measure in MEASURES}

#: A service is followed by the first of these that it has answers to.
MAIN = ("satisfaction", "recommend", "trust", "success", "ease")


class Band(StrEnum):
    """Where a mean of the faces lies: from 8, from 5, under 5."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


def band(value: float) -> Band:
    """The band of a mean of the faces (0 to 10), with JDMA's limits."""
    return Band.HIGH if value >= 8 else Band.MIDDLE if value >= 5 else Band.LOW
