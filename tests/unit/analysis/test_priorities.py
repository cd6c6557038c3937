import numpy as np
import pandas as pd
import pytest

from consult.analysis.text.priorities import NONE, rank_groups, ranked, stakes


def sample(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    main = random.integers(-1, 3, n)
    ratings = np.clip(random.integers(1, 6, n) + np.where(main == 0, -1, 1), 1, 5).astype(float)
    ratings[::7] = np.nan
    return ratings, main


def test_points_are_what_plain_pandas_says() -> None:
    ratings, main = sample()
    found = stakes(ratings, main, 3, draws=10)
    frame = pd.DataFrame({"rating": ratings, "main": main})
    for theme in range(3):
        without = frame[frame.main != theme].rating.mean()
        assert found.points[theme] == pytest.approx(without - frame.rating.mean())


def test_a_theme_of_angry_comments_has_points_to_gain() -> None:
    found = stakes(np.array([1.0, 1, 5, 5, 5, 5]), np.array([0, 0, 1, 1, NONE, NONE]), 2)
    assert found.points[0] > 0 > found.points[1]


def test_the_interval_holds_the_points_and_is_always_the_same() -> None:
    ratings, main = sample()
    first, second = stakes(ratings, main, 3), stakes(ratings, main, 3)
    assert (first.low < first.points).all()
    assert (first.points < first.high).all()
    assert np.array_equal(first.draws, second.draws)


def test_the_interval_is_as_wide_as_resampling_comment_by_comment() -> None:
    ratings, main = sample()
    random = np.random.default_rng(5)
    rated = np.flatnonzero(~np.isnan(ratings))
    drawn = []
    for _ in range(1500):
        rows = random.choice(rated, len(rated))
        drawn.append(ratings[rows][main[rows] != 0].mean() - ratings[rows].mean())
    low, high = np.quantile(drawn, [0.025, 0.975])
    found = stakes(ratings, main, 3)
    assert found.low[0] == pytest.approx(low, abs=0.02)
    assert found.high[0] == pytest.approx(high, abs=0.02)


def test_points_are_missing_where_they_cannot_be_told() -> None:
    alone = stakes(np.array([1.0, 2, np.nan]), np.array([0, 0, 0]), 1)
    assert np.isnan(alone.points).all()
    once = stakes(np.array([1.0, 2, 3]), np.array([0, 1, 1]), 2)
    assert np.isnan(once.points[0])
    assert not np.isnan(once.points[1])
    unrated = stakes(np.full(4, np.nan), np.array([0, 0, 1, 1]), 2)
    assert np.isnan(unrated.low).all()


def test_ranked_by_the_cautious_end_then_by_reach() -> None:
    low = np.array([0.1, np.nan, 0.3, 0.1000000001])
    assert ranked(low, np.array([5, 90, 2, 8])).tolist() == [2, 3, 0, 1]


def test_ranks_that_cannot_be_told_apart_stand_together() -> None:
    random = np.random.default_rng(0)
    draws = random.normal([1.0, 0.98, 0.1], 0.05, (500, 3))
    assert rank_groups(np.array([0, 1, 2]), draws) == [[0, 1], [2]]
