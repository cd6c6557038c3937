"""The interval of a difference of shares, beside the figures its author published."""

import pytest

from consult.wilson import share_difference


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [  # Newcombe (1998), table II, method 10
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((2, 7), (6, 7), 0.0582, 0.8062),
        ((0, 29), (5, 56), -0.0381, 0.1926),
        ((0, 10), (10, 10), 0.6075, 1.0),
    ],
)
def test_the_difference_of_shares_is_as_published(
    before: tuple[int, int], after: tuple[int, int], low: float, high: float
) -> None:
    found = share_difference(before, after)
    assert found == pytest.approx((low, high), abs=5e-5)
