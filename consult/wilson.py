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
