"""Sub-themes and how well themes hold."""

import numpy as np
from sklearn.preprocessing import normalize

from consult.analysis.text.stability import HOLDS, best_jaccards, stability
from consult.analysis.text.subthemes import sub_themes


def cloud(rng: np.random.Generator, centre: list[float], count: int, width: float) -> np.ndarray:
    return np.asarray(normalize(np.array(centre) + rng.normal(0, width, (count, len(centre)))))


def test_a_theme_of_two_parts_is_cut_in_two_and_one_of_a_piece_stays_whole() -> None:
    rng = np.random.default_rng(0)
    first = cloud(rng, [1, 0.5, 0, 0, 0, 0], 40, 0.05)
    second = cloud(rng, [1, 0, 0.5, 0, 0, 0], 60, 0.05)
    small = cloud(rng, [0, 0, 0, 1, 0, 0], 10, 0.05)
    points = np.vstack([first, second, small])
    found = sub_themes(points, np.repeat([0, 1], [100, 10]))
    assert set(found[:40]) == {1}
    assert set(found[40:100]) == {0}
    assert set(found[100:]) == {-1}


def test_what_is_apart_holds_and_what_is_cut_at_random_does_not() -> None:
    rng = np.random.default_rng(1)
    apart = np.vstack([cloud(rng, [1, 0, 0], 60, 0.1), cloud(rng, [0, 1, 0], 60, 0.1)])
    assert (stability(apart, np.repeat([0, 1], 60)) > HOLDS).all()
    mixed = np.asarray(normalize(rng.normal(0, 1, (200, 8))))
    assert stability(mixed, np.arange(200) % 4).mean() < 0.5


def test_jaccard_of_groups() -> None:
    best = best_jaccards(np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1]), 3)
    assert best[:2].tolist() == [2 / 3, 0.5]
    assert np.isnan(best[2])
