"""All that is weighed together: with ratings, and without."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from consult.analysis.text.priorities import whole_shares
from consult.analysis.text.weighing import BY_POLARITY, BY_RATINGS, Evidence, weigh

N = 240
MAIN = np.arange(N) % 3
RATINGS = np.where(MAIN == 1, 2.0, 4.0) + (np.arange(N) % 2)
POLARITY = np.where(MAIN == 2, -0.9, 0.5)


def evidence(ratings: np.ndarray, polarity: np.ndarray | None = POLARITY) -> Evidence:
    return Evidence(
        whole_shares(MAIN, 3), ratings, np.ones(N, dtype=bool), np.ones(N), np.arange(N), polarity,
        groupings={"lang": pd.Series(np.where(np.arange(N) < N / 2, "fr", "en"))}, scale=(1, 5),
    )  # fmt: skip


def test_with_ratings_themes_are_ranked_by_points() -> None:
    found = weigh(evidence(RATINGS), draws=100)
    assert found.basis == BY_RATINGS
    assert found.order[0] == 1
    assert found.groups[0] == [1]
    assert found.severity[1] == pytest.approx((5 - 2.5) / 4)
    assert found.overall_mean == pytest.approx(RATINGS.mean())
    assert found.ranked_on is found.stakes
    assert len(found.subgroups) == 6


def test_without_ratings_themes_are_ranked_by_reach_and_polarity() -> None:
    found = weigh(evidence(np.full(N, np.nan)), draws=100)
    assert found.basis == BY_POLARITY
    assert found.order[0] == 2
    assert np.isnan(found.stakes.points).all()
    assert found.burdens.points == pytest.approx([0, 0, 0.3])
    assert found.severity == pytest.approx([0, 0, 0.9])
    assert found.overall_mean is None


def test_without_polarity_either_reach_decides() -> None:
    found = weigh(evidence(np.full(N, np.nan), None), draws=10)
    assert np.isnan(found.severity).all()
    assert found.order.tolist() == [0, 1, 2]
    assert found.groups == [[0], [1], [2]]


def test_what_came_before_the_period_counts_in_trends_only() -> None:
    dates = pd.Series(pd.date_range("2026-01-01", periods=N, freq="D"))
    period = (dates[N // 2], dates[N - 1])
    whole = replace(evidence(RATINGS), dates=dates, period=period)
    found, alone = weigh(whole, draws=10), weigh(whole.within_period(), draws=10)
    assert found.trends.compared == "previous"
    assert alone.trends.compared == "halves"
    assert found.reach.voices.sum() == N / 2
    assert found.stakes.points == pytest.approx(alone.stakes.points)
    assert set(found.subgroups["group"]) <= {"en"}


def test_nothing_at_all() -> None:
    none = np.empty(0, dtype=int)
    nothing = Evidence(whole_shares(none, 0), none / 1, none > 0, none / 1, none)
    found = weigh(nothing)
    assert len(found.order) == 0
    assert found.groups == []
