"""Times when answers came in much faster than around them."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

#: Seconds in a window.
WINDOW = 600

#: Windows on each side of a window that tell what is usual then: three hours.
AROUND = 18

#: The chance, over all windows together, that one is told when nothing happened.
LEVEL = 0.01


@dataclass(frozen=True)
class Burst:
    """Windows in a row, from ``start`` to ``end`` (seconds since 1970), with too many answers.

    ``count`` is how many came in; ``expected`` how many would have, at the usual rate; ``chance``
    the smallest probability among the windows, already multiplied by their number.
    """

    start: int
    end: int
    count: int
    expected: float
    chance: float


def bursts(counts: Mapping[int, int]) -> list[Burst]:
    """The bursts, in order; ``counts`` is window number (seconds // ``WINDOW``) to answers.

    Each window from the first answer to the last is tested: exact one-sided Poisson test of its
    count against the usual one, the greater of the median of the windows that have answers and of
    the median of those ``AROUND`` it. Bonferroni correction by the number of windows.
    """
    if not counts:
        return []
    usual = max(median(counts.values()), 1)
    tests = max(counts) - min(counts) + 1
    found: list[Burst] = []
    for window in sorted(counts):
        expected = max(usual, _median_around(counts, window))
        if counts[window] <= expected:
            continue
        chance = _at_least(counts[window], expected) * tests
        if chance < LEVEL:
            start = window * WINDOW
            _add(found, Burst(start, start + WINDOW, counts[window], expected, chance))
    return found


def _median_around(counts: Mapping[int, int], window: int) -> float:
    near = range(window - AROUND, window + AROUND + 1)
    return median(counts.get(other, 0) for other in near if other != window)


def _at_least(count: int, expected: float) -> float:
    """The probability of ``count`` or more in a Poisson law of mean ``expected``."""
    from scipy.special import pdtrc  # here, so that a web process starts without it

    return float(pdtrc(count - 1, expected))


def _add(found: list[Burst], burst: Burst) -> None:
    """Joins a window to the burst that ends where it begins, if there is one."""
    if not found or found[-1].end != burst.start:
        found.append(burst)
        return
    last = found[-1]
    found[-1] = Burst(
        last.start,
        burst.end,
        last.count + burst.count,
        last.expected + burst.expected,
        min(last.chance, burst.chance),
    )
