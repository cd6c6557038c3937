"""Reach, mean rating and severity against plain pandas and published intervals."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.stats import binomtest

from consult.analysis.text.severity import (
    mean_polarity,
    mean_ratings,
    reach,
    severity_by_polarity,
    severity_by_rating,
)

FRAME = pd.DataFrame(
    {
        "a": [1.0, 0.25, 0, 0, 1, 1],
        "b": [0, 0.75, 1, 0, 0, 0],
        "v": [1, 1, 1, 1, 0.5, 0.5],
        "rating": [1, 2, 5, 4, 3, np.nan],
        "polarity": [-1, -0.5, 0.8, 0, 0.2, -0.4],
    }
)
SHARES, VOICES = csr_array(FRAME[["a", "b"]].to_numpy()), FRAME["v"].to_numpy()
RATINGS, POLARITY = FRAME["rating"].to_numpy(), FRAME["polarity"].to_numpy()


def test_reach_counts_voices_by_their_share() -> None:
    found = reach(SHARES, VOICES)
    assert found.voices == pytest.approx([2.25, 1.75])
    assert found.share == pytest.approx([0.45, 0.35])
    whole = reach(csr_array(np.array([[1.0]] * 7 + [[0.0]] * 13)), np.ones(20))
    bounds = binomtest(7, 20).proportion_ci(method="wilson")
    assert [whole.low[0], whole.high[0]] == pytest.approx([bounds.low, bounds.high])
    assert reach(SHARES, np.zeros(6)).share.tolist() == [0, 0]


def test_severity_is_where_the_ratings_lie_on_the_scale() -> None:
    rated = FRAME.dropna()
    means = [np.average(rated.rating, weights=rated.v * rated[theme]) for theme in "ab"]
    assert mean_ratings(RATINGS, SHARES, VOICES) == pytest.approx(means)
    severity = severity_by_rating(RATINGS, SHARES, VOICES, 1, 5)
    assert severity == pytest.approx([(5 - mean) / 4 for mean in means])
    assert np.isnan(severity_by_rating(RATINGS, SHARES, VOICES, 3, 3)).all()
    assert np.isnan(mean_ratings(np.full(6, np.nan), SHARES, VOICES)).all()


def test_severity_from_words_when_there_are_no_ratings() -> None:
    against = FRAME.polarity.clip(upper=0).abs()
    expected = [np.average(against, weights=FRAME.v * FRAME[theme]) for theme in "ab"]
    assert severity_by_polarity(SHARES, POLARITY, VOICES) == pytest.approx(expected)
    means = [np.average(FRAME.polarity, weights=FRAME.v * FRAME[theme]) for theme in "ab"]
    assert mean_polarity(SHARES, POLARITY, VOICES) == pytest.approx(means)
    by_theme = csr_array(np.column_stack([POLARITY, POLARITY]))
    assert mean_polarity(SHARES, by_theme, VOICES) == pytest.approx(means)
    assert severity_by_polarity(SHARES, by_theme, VOICES) == pytest.approx(expected)
