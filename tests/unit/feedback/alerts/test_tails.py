"""The law of a count."""

import pytest
from scipy.stats import nbinom

from consult.feedback.alerts.tails import Expectation, expectation


@pytest.mark.parametrize(("mean", "variance"), [(1.2, 1.5), (0.03, 0.031), (40.0, 90.0)])
@pytest.mark.parametrize("count", [0, 1, 5, 30, 120])
def test_it_is_the_negative_binomial_law(mean: float, variance: float, count: int) -> None:
    law = nbinom(mean**2 / (variance - mean), mean / variance)
    found = Expectation(mean, variance)
    assert found.exactly(count) == pytest.approx(law.pmf(count), rel=1e-6)
    assert found.at_least(count) == pytest.approx(law.sf(count - 1), rel=1e-6)


def test_what_was_never_seen_is_rare_and_not_impossible() -> None:
    found = expectation([0] * 8, [50.0] * 8, 60.0)
    assert found.mean == pytest.approx(0.5 / 400 * 60)
    assert 0 < found.at_least(5) < 1e-5


def test_weeks_that_vary_more_make_a_count_less_surprising() -> None:
    steady = expectation([10] * 8, [100.0] * 8, 100.0)
    uneven = expectation([0, 20] * 4, [100.0] * 8, 100.0)
    assert steady.mean == uneven.mean
    assert steady.variance < uneven.variance
    assert steady.at_least(25) < uneven.at_least(25)


def test_weeks_without_comments_say_nothing() -> None:
    assert expectation([3, 0, 0], [30.0, 0.0, 0.0], 10.0).mean == pytest.approx(3.5 / 30 * 10)
