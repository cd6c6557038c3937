"""Between what and what a share may lie, 95 times in 100: for scores and for themes alike."""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

#: Times in 100 that an interval made this way holds the true figure.
CONFIDENCE = 0.95
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)


class Interval(NamedTuple):
    low: float
    high: float


def wilson(chosen: float, answers: float) -> Interval:
    """The interval of a share (0 to 1), ``chosen`` of ``answers`` (above 0).

    Both may be sums of weights, such as the voices of comments that campaigns share.

    Formula: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), with p the share, n the answers
    and z = 1.96. Source: Wilson, "Probable inference, the law of succession, and statistical
    inference", *Journal of the American Statistical Association* 22 (1927).
    """
    share, square = min(max(chosen / answers, 0.0), 1.0), Z * Z / answers
    middle = share + square / 2
    half = Z * sqrt(share * (1 - share) / answers + square / (4 * answers))
    low, high = (middle - half) / (1 + square), (middle + half) / (1 + square)
    return Interval(max(low, 0.0), min(high, 1.0))


def share_difference(before: tuple[float, float], after: tuple[float, float]) -> Interval:
    """The interval of the share ``after`` less the share ``before``, each (chosen, answers).

    Formula: with p the shares and (l, u) their Wilson intervals, d = p₂ − p₁, from
    d − √((p₂ − l₂)² + (u₁ − p₁)²) to d + √((u₂ − p₂)² + (p₁ − l₁)²). Source: Newcombe, "Interval
    estimation for the difference between independent proportions: comparison of eleven methods",
    *Statistics in Medicine* 17 (1998), method 10.
    """
    first, second = wilson(*before), wilson(*after)
    share, other = before[0] / before[1], after[0] / after[1]
    difference = other - share
    down = sqrt((other - second.low) ** 2 + (first.high - share) ** 2)
    up = sqrt((second.high - other) ** 2 + (share - first.low) ** 2)
    return Interval(max(difference - down, -1.0), min(difference + up, 1.0))
