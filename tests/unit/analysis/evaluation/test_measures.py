"""The figures of ``consult evaluate themes``, on groupings worked out by hand."""

import numpy as np
import pytest

from consult.analysis.evaluation.measures import mean_scores, scores, share_together, stability

TRUTH = np.array(["a", "a", "b", "b", "c", "c"], dtype=object)
LANGS = np.array(["fr", "en"] * 3, dtype=object)


def test_the_true_themes_score_all_there_is() -> None:
    found = scores(TRUTH, np.array([4, 4, 1, 1, 7, 7]), LANGS)
    assert (found.v, found.ari, found.without, found.themes) == (1.0, 1.0, 0.0, 3.0)
    assert found.leak <= 0
    assert np.isnan(found.together)


def test_themes_that_are_languages_leak() -> None:
    found = scores(TRUTH, np.array([0, 1] * 3), LANGS)
    assert found.leak == pytest.approx(1.0)
    assert found.ari < 0


def test_leak_needs_two_languages() -> None:
    assert np.isnan(scores(TRUTH, np.zeros(6, int), np.array(["fr"] * 6)).leak)


def test_comments_left_out_are_no_theme_and_cost() -> None:
    found = scores(TRUTH, np.array([0, -1, 1, -1, 2, -1]), LANGS)
    assert (found.without, found.themes) == (0.5, 3.0)
    assert found.v < 1


def test_translations_are_together_when_they_have_one_theme() -> None:
    pairs = np.array(["1", "1", "2", "2", "3", "3", "4", "", ""], dtype=object)
    found = np.array([0, 0, 1, 2, -1, -1, 5, 6, 6])
    assert share_together(found, pairs) == pytest.approx(1 / 3)
    assert np.isnan(share_together(found, np.array([""] * 9, dtype=object)))


def test_stability_is_one_when_nothing_moves_and_nothing_by_chance() -> None:
    n = 400
    assert stability(lambda rows, seed: rows % 5, n, 3) == 1.0
    chance = stability(lambda rows, seed: np.random.default_rng(seed).integers(5, size=320), n, 4)
    assert abs(chance) < 0.05
    assert np.isnan(stability(lambda rows, seed: rows, n, 1))


def test_several_runs_are_averaged() -> None:
    right = scores(TRUTH, np.array([0, 0, 1, 1, 2, 2]), LANGS)
    one = scores(TRUTH, np.zeros(6, int), LANGS)
    assert mean_scores([right, one]).themes == 2.0
