import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import normalize

from consult.analysis.text.clustering import ConsensusKMeans
from consult.analysis.text.theme_count import choose_theme_count, theme_range


def directions(groups: int, each: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    truth = np.repeat(np.arange(groups), each)
    points = np.eye(groups, 30)[truth] + random.normal(0, 0.08, (groups * each, 30))
    return normalize(points), truth


def test_groups_that_stand_apart_are_found_whatever_the_seed() -> None:
    points, truth = directions(5, 40)
    for seed in (0, 7):
        found = ConsensusKMeans(5, random_state=seed).fit(points)
        assert adjusted_rand_score(truth, found.labels_) == 1
        assert np.allclose(np.linalg.norm(found.cluster_centers_, axis=1), 1)


def test_a_sample_places_the_other_points_too() -> None:
    points, truth = directions(4, 100)
    found = ConsensusKMeans(4, sample_size=80).fit(points)
    assert adjusted_rand_score(truth, found.labels_) == 1


@pytest.mark.parametrize("n", [1, 2, 3])
def test_fewer_points_than_groups(n: int) -> None:
    found = ConsensusKMeans(8).fit(np.eye(n, 4))
    assert sorted(found.labels_) == list(range(n))


def test_points_that_are_all_the_same_make_one_group() -> None:
    assert set(ConsensusKMeans(3).fit(np.ones((6, 2))).labels_) == {0}


def test_the_range_grows_with_the_comments() -> None:
    assert theme_range(1) == (1, 1)
    assert theme_range(300) == (7, 12)
    assert theme_range(10_000)[1] == theme_range(10**6)[1] == 20


def test_the_number_of_groups_is_found() -> None:
    points, _truth = directions(9, 35)
    assert choose_theme_count(points) == 9
