"""Between what and what a figure may lie, 95 times in 100.

All work from counts, so that five million answers cost what fifty do, and give the same interval
for the same counts each time.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import sqrt
from statistics import NormalDist

from consult.wilson import CONFIDENCE, Interval, Z

#: Samples drawn for an interval of a mean.
DRAWS = 4_000

#: Answers by the points each is worth.
Points = Mapping[float, int]


def margin_of_error(chosen: int, answers: int) -> float:
    """Half the width of the usual interval of a share: z √(p(1 − p)/n), from 0 to 1.

    It is what Canada's GC Task Success Survey prints; ``wilson`` is what we draw.
    """
    share = chosen / answers
    return Z * sqrt(share * (1 - share) / answers)


def net_interval(promoters: int, detractors: int, answers: int) -> Interval:
    """The interval of promoters − detractors, from −1 to 1.

    Formula: d ± z √((p + q − d²)/n), with p and q the shares of promoters and detractors and
    d = p − q, once half an answer is added to each side and one to those in between. Sources:
    Rocks, "Interval estimation for the net promoter score", *The American Statistician* 70 (2016),
    for the variance; Agresti and Min, "Simple improved confidence intervals for comparing matched
    proportions", *Statistics in Medicine* 24 (2005), for the answers added: a net score is such a
    difference.
    """
    size = answers + 2
    share, other = (promoters + 0.5) / size, (detractors + 0.5) / size
    net = share - other
    half = Z * sqrt((share + other - net * net) / size)
    return Interval(max(net - half, -1.0), min(net + half, 1.0))


def pooled_mean(strata: Iterable[Points]) -> float:
    """The mean of all answers of all strata: each weighs what it holds, never a mean of means."""
    total = answers = 0.0
    for points in strata:
        total += sum(value * count for value, count in points.items())
        answers += sum(points.values())
    return total / answers


def mean_interval(
    strata: Sequence[Points], scale: Collection[float], draws: int = DRAWS
) -> Interval:
    """The interval of a mean, by the bootstrap, each stratum drawn again within itself.

    As many answers as there are are drawn again from them, ``draws`` times (multinomial draws of
    the counts), and the interval lies between two quantiles of the means drawn. Their places are
    moved outward for few answers, from 2.5 % to Φ(−√(n/(n − 1)) t), with t Student's quantile.
    One answer more, spread evenly over the points of the ``scale``, is among those drawn from:
    without it, twelve people who all say 5 would have an interval of no width, and few answers
    near an end one that is too narrow. The seed is always the same.

    Sources: Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), ch. 13; Hesterberg,
    "What teachers should know about the bootstrap", *The American Statistician* 69 (2015), for the
    quantiles moved outward; Perks, "Some observations on inverse probability", *Journal of the
    Institute of Actuaries* 73 (1947), for the one answer.
    """
    import numpy as np

    answers = sum(sum(points.values()) for points in strata)
    random, values = np.random.default_rng(0), sorted(scale)
    totals = np.zeros(draws)
    for points in strata:
        counts = np.array([points.get(value, 0) for value in values], dtype=float)
        size = int(counts.sum())
        spread = counts + size / answers / len(values)
        drawn = random.multinomial(size, spread / spread.sum(), size=draws)
        totals += drawn @ np.array(values, dtype=float)
    tail = NormalDist().cdf(-sqrt(answers / (answers - 1)) * _student(answers - 1))
    low, high = np.quantile(totals / answers, [tail, 1 - tail])
    return Interval(float(low), float(high))


def difference_interval(before: Points, after: Points, draws: int = DRAWS) -> Interval:
    """The interval of the mean ``after`` less the mean ``before``, each drawn again by itself."""
    import numpy as np

    random = np.random.default_rng(0)
    drawn = []
    for points in (before, after):
        counts = np.array(list(points.values()), dtype=float)
        shares, size = counts / counts.sum(), int(counts.sum())
        sums = random.multinomial(size, shares, size=draws) @ np.array(list(points), dtype=float)
        drawn.append(sums / size)
    low, high = np.quantile(drawn[1] - drawn[0], [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Interval(float(low), float(high))


def _student(freedom: int) -> float:
    """Student's quantile for ``Z``, by Cornish and Fisher's expansion.

    Source: Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), 26.7.5. Within .01
    from 5 degrees of freedom on.
    """
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    third = (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384
    return Z + first / freedom + second / freedom**2 + third / freedom**3
