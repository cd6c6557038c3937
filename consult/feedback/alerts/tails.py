"""How improbable a count is, given what earlier periods counted.

A count of the past period is taken to vary around its usual rate as counts of things do, or more
where the earlier periods themselves vary more: a negative binomial law whose mean is the usual
rate and whose variance holds both that dispersion and the doubt about the rate. It is the law of
prospective outbreak detection: Farrington, Andrews, Beale and Catchpole, *J. R. Stat. Soc. A* 159
(1996) 547–563, in its negative binomial form of Noufaily et al., *Statistics in Medicine* 32
(2013) 1206–1222.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Expectation:
    """What is to be expected of a count: its ``mean`` and its ``variance``, greater than it."""

    mean: float
    variance: float

    @property
    def _size(self) -> float:
        return self.mean**2 / (self.variance - self.mean)

    def exactly(self, count: int) -> float:
        """The probability of ``count``."""
        size = self._size
        share = size / (size + self.mean)
        combinations = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
        return math.exp(combinations + size * math.log(share) + count * math.log1p(-share))

    def at_least(self, count: int) -> float:
        """The probability of ``count`` or more; summed from there on, so that it may be tiny."""
        if count <= self.mean:
            return min(1.0, 1 - sum(self.exactly(fewer) for fewer in range(count)))
        total = term = self.exactly(count)
        share = self.mean / (self._size + self.mean)
        while term > total * 1e-12:
            term *= share * (count + self._size) / (count + 1)
            total += term
            count += 1
        return total


def expectation(counts: Sequence[int], chances: Sequence[float], now: float) -> Expectation:
    """What to expect of a period in which there were ``now`` chances to count one.

    Args:
        counts: what each earlier period counted.
        chances: how many chances each of them had (comments read, hours): at least one is above
            0.
        now: the chances of the period that is looked at, above 0.

    The rate is (Σcounts + ½) / Σchances: half a count more, so that what was never seen is rare
    and not impossible. The dispersion is Pearson's χ² by degree of freedom, never below 1.
    """
    chances_before = sum(chances)
    rate = (sum(counts) + 0.5) / chances_before
    pairs = [(count, rate * each) for count, each in zip(counts, chances, strict=True) if each]
    squares = sum((count - usual) ** 2 / usual for count, usual in pairs)
    dispersion = max(1.0, squares / max(len(pairs) - 1, 1))
    mean = rate * now
    return Expectation(mean, mean * dispersion * (1 + now / chances_before))
