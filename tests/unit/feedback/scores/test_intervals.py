"""Intervals against published examples, and the same for the same counts."""

import pytest

from consult.feedback.scores.intervals import (
    difference_interval,
    margin_of_error,
    mean_interval,
    net_interval,
    pooled_mean,
)
from consult.wilson import wilson

FIVE = [1.0, 2.0, 3.0, 4.0, 5.0]


@pytest.mark.parametrize(
    ("chosen", "answers", "low", "high"),
    [
        # Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_newcombe_published(chosen: int, answers: int, low: float, high: float) -> None:
    assert wilson(chosen, answers) == pytest.approx((low, high), abs=5e-5)


def test_the_net_interval_worked_by_hand() -> None:
    # 50 promoters, 20 detractors of 100: p = 50.5/102, q = 20.5/102, d = 30/102,
    # half = 1.959964 × √((71/102 − (30/102)²) / 102) = 1.959964 × 0.077276
    low, high = net_interval(50, 20, 100)
    assert low == pytest.approx(0.294118 - 0.151457, abs=1e-4)
    assert high == pytest.approx(0.294118 + 0.151457, abs=1e-4)


def test_the_margin_of_error_of_a_half() -> None:
    assert margin_of_error(50, 100) == pytest.approx(0.098, abs=1e-4)
    assert margin_of_error(100, 100) == 0


def test_a_mean_of_means_is_not_the_mean() -> None:
    strata = [{5.0: 90}, {1.0: 10}]
    assert pooled_mean(strata) == pytest.approx(4.6)


def test_the_bootstrap_agrees_with_theory_on_many_answers() -> None:
    # Each of 1 to 5 given 200 times: the mean is 3, its standard error √(2 / 1000).
    low, high = mean_interval([dict.fromkeys(FIVE, 200)], FIVE)
    assert low == pytest.approx(3 - 1.96 * 0.04472, abs=0.006)
    assert high == pytest.approx(3 + 1.96 * 0.04472, abs=0.006)


def test_strata_that_differ_tighten_the_interval() -> None:
    """What differs between strata is no chance: they were not drawn together."""
    apart = mean_interval([{5.0: 100, 4.0: 100}, {1.0: 100, 2.0: 100}], FIVE)
    together = mean_interval([{5.0: 100, 4.0: 100, 1.0: 100, 2.0: 100}], FIVE)
    assert (together.high - together.low) > 2 * (apart.high - apart.low)


def test_twelve_who_all_say_five_leave_room_for_doubt() -> None:
    low, high = mean_interval([{5.0: 12}], FIVE)
    assert low < 4.8
    assert high == 5.0


def test_the_same_counts_give_the_same_interval() -> None:
    points = {1.0: 3, 4.0: 20, 5.0: 19}
    assert mean_interval([points], FIVE) == mean_interval([dict(points)], FIVE)


def test_five_million_answers_are_drawn_like_fifty() -> None:
    low, high = mean_interval([dict.fromkeys(FIVE, 1_000_000)], FIVE)
    assert 2.998 < low < 3 < high < 3.002


def test_a_difference_and_its_interval() -> None:
    low, high = difference_interval({4.0: 100, 5.0: 100}, {3.0: 100, 4.0: 100})
    assert low < -1 < high < 0
    assert high - low == pytest.approx(2 * 1.96 * (0.25 / 200 * 2) ** 0.5, rel=0.08)
