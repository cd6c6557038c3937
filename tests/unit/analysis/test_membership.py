import numpy as np

from consult.analysis.text.membership import memberships

CENTRES = np.eye(3)


def test_a_comment_weighs_less_the_farther_it_is_from_its_theme() -> None:
    points = np.array([[1.0, 0, 0], [0.72, 0.69, 0]])
    found = memberships(points, CENTRES, np.array([0, 0]))
    assert found.weight[0] > found.weight[1]


def test_what_resembles_no_theme_has_none_but_never_more_than_a_tenth() -> None:
    far = np.zeros((30, 3))
    far[:, 2] = 1.0
    near = np.tile([1.0, 0, 0], (30, 1))
    found = memberships(np.vstack([near, far]), CENTRES, np.zeros(60, dtype=int))
    assert (found.main == -1).mean() <= 0.1


def test_a_comment_without_a_word_known_has_no_theme() -> None:
    found = memberships(np.array([[1.0, 0, 0], [0, 0, 0]]), CENTRES, np.array([0, 0]))
    assert found.main.tolist() == [0, -1]
    assert found.weight[1] == 0
