"""Grouping, by equal values and by links."""

from array import array

from consult.surveys.signals.grouping import Groups, runs, same_values


def test_places_joined_through_others_are_together() -> None:
    groups = Groups(6)
    groups.join(4, 2)
    groups.join(2, 5)
    groups.join(1, 0)
    assert groups.members() == [(0, 0), (0, 1), (2, 2), (2, 4), (2, 5)]


def test_equal_values_are_together_in_order_and_nothing_is_not_a_value() -> None:
    assert list(same_values(array("Q", [7, 0, 3, 7, 0, 9, 7, 3]))) == [[2, 7], [0, 3, 6]]
    assert list(same_values(array("Q"))) == []


def test_runs_are_two_at_least() -> None:
    assert list(runs([1, 1, 2, 3, 3, 3])) == [slice(0, 2), slice(3, 6)]
