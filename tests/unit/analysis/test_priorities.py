import numpy as np
import pandas as pd
import pytest

from consult.analysis.text.priorities import (
    NONE,
    burdens,
    rank_groups,
    ranked,
    stakes,
    whole_shares,
)


def sample(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    main = random.integers(-1, 3, n)
    ratings = np.clip(random.integers(1, 6, n) + np.where(main == 0, -1, 1), 1, 5).astype(float)
    ratings[::7] = np.nan
    return ratings, main


def test_points_are_what_plain_pandas_says() -> None:
    ratings, main = sample()
    found = stakes(ratings, whole_shares(main, 3), draws=10)
    frame = pd.DataFrame({"rating": ratings, "main": main})
    for theme in range(3):
        without = frame[frame.main != theme].rating.mean()
        assert found.points[theme] == pytest.approx(without - frame.rating.mean())


def test_a_theme_of_angry_comments_has_points_to_gain() -> None:
    found = stakes(
        np.array([1.0, 1, 5, 5, 5, 5]), whole_shares(np.array([0, 0, 1, 1, NONE, NONE]), 2)
    )
    assert found.points[0] > 0 > found.points[1]


def test_the_interval_holds_the_points_and_is_always_the_same() -> None:
    ratings, main = sample()
    first, second = stakes(ratings, whole_shares(main, 3)), stakes(ratings, whole_shares(main, 3))
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
    found = stakes(ratings, whole_shares(main, 3))
    assert found.low[0] == pytest.approx(low, abs=0.02)
    assert found.high[0] == pytest.approx(high, abs=0.02)


def test_points_are_missing_where_they_cannot_be_told() -> None:
    alone = stakes(np.array([1.0, 2, np.nan]), whole_shares(np.array([0, 0, 0]), 1))
    assert np.isnan(alone.points).all()
    once = stakes(np.array([1.0, 2, 3]), whole_shares(np.array([0, 1, 1]), 2))
    assert np.isnan(once.points[0])
    assert not np.isnan(once.points[1])
    unrated = stakes(np.full(4, np.nan), whole_shares(np.array([0, 0, 1, 1]), 2))
    assert np.isnan(unrated.low).all()


def test_ranked_by_the_cautious_end_then_by_reach() -> None:
    low = np.array([0.1, np.nan, 0.3, 0.1000000001])
    assert ranked(low, np.array([5, 90, 2, 8])).tolist() == [2, 3, 0, 1]


def test_ranks_that_cannot_be_told_apart_stand_together() -> None:
    random = np.random.default_rng(0)
    draws = random.normal([1.0, 0.98, 0.1], 0.05, (500, 3))
    assert rank_groups(np.array([0, 1, 2]), draws) == [[0, 1], [2]]


def shared_sample(n: int = 300) -> pd.DataFrame:
    """Comments of several themes (columns a, b), some in campaigns of three, some unrated."""
    random = np.random.default_rng(11)
    kinds = [(1.0, 0.0), (0.0, 1.0), (0.3, 0.7), (0.55, 0.45), (0.0, 0.0)]
    shares = np.array(kinds)[random.integers(0, len(kinds), n)]
    rating = np.clip(random.integers(1, 6, n) - np.rint(shares[:, 0]), 1, 5)
    frame = pd.DataFrame(shares, columns=["a", "b"]).assign(rating=rating, v=1.0, unit=range(n))
    frame.loc[:59, "unit"] = frame.index[:60] // 3
    frame.loc[:59, "v"] = 1 / 3
    frame.loc[::9, "rating"] = np.nan
    return frame


def points_of(frame: pd.DataFrame, theme: str) -> float:
    outside = frame.v * (1 - frame[theme])
    everyone = (frame.v * frame.rating).sum() / frame.v.sum()
    return float((outside * frame.rating).sum() / outside.sum() - everyone)


def test_a_comment_of_two_themes_counts_in_each_by_its_share_and_a_campaign_once() -> None:
    frame = shared_sample()
    rated = frame.dropna()
    found = stakes(
        frame.rating.to_numpy(), frame[["a", "b"]].to_numpy(), frame.v.to_numpy(),
        frame.unit.to_numpy(),
    )  # fmt: skip
    assert found.points == pytest.approx([points_of(rated, "a"), points_of(rated, "b")])
    distinct, unit = np.unique(rated.unit, return_inverse=True)
    random, points = np.random.default_rng(2), []
    for _ in range(400):
        times = np.bincount(random.integers(0, len(distinct), len(distinct)), None, len(distinct))
        points.append(points_of(rated.assign(v=rated.v * times[unit]), "a"))
    bounds = np.quantile(points, [0.025, 0.975])
    assert [found.low[0], found.high[0]] == pytest.approx(bounds, abs=0.03)


def test_shares_of_a_thousand_kinds_are_drawn_like_few() -> None:
    """Told apart more coarsely, the points stay exact and the interval as wide."""
    random = np.random.default_rng(1)
    first = random.uniform(0, 1, 20_000)
    shares = np.column_stack([first, 1 - first])
    ratings = np.where(random.uniform(size=20_000) < first, 2.0, 4.0)
    found = stakes(ratings, shares, draws=300)
    outside = 1 - first
    points = (outside * ratings).sum() / outside.sum() - ratings.mean()
    assert found.points[0] == pytest.approx(points)
    influence = outside * (ratings - points - ratings.mean()) / outside.mean() - (
        ratings - ratings.mean()
    )
    half = 1.96 * influence.std() / np.sqrt(20_000)
    assert found.high[0] - found.low[0] == pytest.approx(2 * half, rel=0.1)


def test_without_ratings_a_theme_weighs_its_burden() -> None:
    frame = shared_sample().assign(polarity=lambda f: (f.index % 5 - 2) / 2)
    found = burdens(
        frame[["a", "b"]].to_numpy(), frame.polarity.to_numpy(), frame.v.to_numpy(),
        frame.unit.to_numpy(),
    )  # fmt: skip
    against = frame.polarity.clip(upper=0).abs()
    for place, theme in enumerate(["a", "b"]):
        burden = (frame.v * frame[theme] * against).sum() / frame.v.sum()
        assert found.points[place] == pytest.approx(burden)
        assert 0 <= found.low[place] < burden < found.high[place] <= 1
    in_themes = frame.polarity.to_numpy()[:, None] * np.array([1.0, 0.5])
    halved = burdens(frame[["a", "b"]].to_numpy(), in_themes, frame.v.to_numpy(), draws=10)
    assert halved.points == pytest.approx(found.points * [1, 0.5])
