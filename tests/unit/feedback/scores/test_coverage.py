"""Intervals keep their promise: out of many simulated services, 95 in 100 hold the truth."""

from collections.abc import Sequence

import numpy as np
import pytest

from consult.feedback.scores.intervals import mean_interval, net_interval
from consult.feedback.scores.measures import FLOOR
from consult.wilson import Interval, wilson

FIVE = [1.0, 2.0, 3.0, 4.0, 5.0]
SHAPES = {
    "even": [0.2, 0.2, 0.2, 0.2, 0.2],
    "satisfied": [0.05, 0.05, 0.1, 0.3, 0.5],
    "torn": [0.3, 0.05, 0.05, 0.1, 0.5],
    "delighted": [0.02, 0.03, 0.05, 0.15, 0.75],
}


def held(intervals: Sequence[Interval], truth: float) -> float:
    return sum(low - 1e-9 <= truth <= high + 1e-9 for low, high in intervals) / len(intervals)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("answers", [30, 300])
def test_the_bootstrap_of_a_mean(shape: str, answers: int) -> None:
    shares = SHAPES[shape]
    drawn = np.random.default_rng(4).multinomial(answers, shares, size=600)
    intervals = [mean_interval([dict(zip(FIVE, row, strict=True))], FIVE, 500) for row in drawn]
    assert 0.92 <= held(intervals, float(np.dot(FIVE, shares))) <= 0.98


@pytest.mark.parametrize("shape", SHAPES)
def test_at_the_floor_an_interval_is_careful_rather_than_bold(shape: str) -> None:
    shares = SHAPES[shape]
    drawn = np.random.default_rng(5).multinomial(FLOOR, shares, size=400)
    intervals = [mean_interval([dict(zip(FIVE, row, strict=True))], FIVE, 500) for row in drawn]
    assert held(intervals, float(np.dot(FIVE, shares))) >= 0.92


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("answers", [30, 300])
def test_wilson(share: float, answers: int) -> None:
    drawn = np.random.default_rng(6).binomial(answers, share, size=4_000)
    assert 0.92 <= held([wilson(int(n), answers) for n in drawn], share) <= 0.97


@pytest.mark.parametrize("answers", [30, 300])
def test_the_net_share(answers: int) -> None:
    drawn = np.random.default_rng(7).multinomial(answers, [0.5, 0.2, 0.3], size=4_000)
    intervals = [net_interval(int(p), int(d), answers) for p, d, _rest in drawn]
    assert 0.92 <= held(intervals, 0.3) <= 0.97
