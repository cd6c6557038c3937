"""Nobody is recognised in published results, not even by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from consult.surveys.results.suppression import THRESHOLD, hidden_cells


def test_large_counts_are_shown() -> None:
    assert hidden_cells([12, 30, 8], 50, exclusive=True) == set()


def test_a_small_count_takes_its_smallest_neighbour_with_it() -> None:
    assert hidden_cells([30, 3, 8, 12], 53, exclusive=True) == {1, 2}


def test_two_small_counts_of_too_few_people_hide_a_third() -> None:
    assert hidden_cells([30, 1, 2, 9], 42, exclusive=True) == {1, 2, 3}


def test_two_small_counts_that_blur_each_other_are_enough() -> None:
    assert hidden_cells([30, 3, 4, 9], 46, exclusive=True) == {1, 2}


def test_what_nearly_everyone_ticked_tells_who_did_not() -> None:
    assert hidden_cells([48, 20], 50, exclusive=False) == {0}
    assert hidden_cells([50, 20], 50, exclusive=False) == set()


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_no_exclusive_cell_can_be_worked_out(counts: list[int]) -> None:
    hidden = hidden_cells(counts, sum(counts), exclusive=True)
    assert all(counts[place] >= THRESHOLD for place in set(range(len(counts))) - hidden)
    remainder = sum(counts[place] for place in hidden)
    everything = len(hidden) == len(counts)
    assert not hidden or everything or (len(hidden) > 1 and remainder >= THRESHOLD)
