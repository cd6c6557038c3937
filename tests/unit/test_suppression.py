"""Nobody is recognised in published results, not even by subtraction."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.suppression import (
    THRESHOLD,
    Hidden,
    Side,
    hidden_cells,
    hidden_in_table,
)
from tests.unit.surveys.results.reader import Reader


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


def test_a_large_table_is_shown_whole() -> None:
    cells = [[10, 20], [30, 40]]
    shown = hidden_in_table(cells, Side([30, 70]), Side([40, 60]), 100)
    assert shown == Hidden(frozenset(), frozenset(), frozenset())


def test_a_small_cell_is_hidden_with_the_three_that_hold_the_fewest_people() -> None:
    cells = [[3, 20, 30], [9, 40, 50], [60, 70, 80]]
    totals = [sum(row) for row in cells]
    columns = [sum(column) for column in zip(*cells, strict=True)]
    shown = hidden_in_table(cells, Side(totals), Side(columns), sum(totals))
    assert shown.cells == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_an_answer_that_its_tally_hides_is_hidden_in_every_table() -> None:
    cells = [[10, 20], [30, 40], [50, 60]]
    rows = Side([30, 70, 110], already=frozenset({1, 2}))
    shown = hidden_in_table(cells, rows, Side([90, 120]), 210)
    assert shown.rows == {1, 2}
    assert shown.hides(1, 0)
    assert not shown.hides(0, 0)


def tables(most: int) -> st.SearchStrategy[list[list[int]]]:
    """Tables of up to 4 × 4 counts, many of them small."""
    count = st.one_of(st.integers(0, 6), st.integers(0, most))
    return st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
        lambda size: st.lists(
            st.lists(count, min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )


def reader_of(cells: list[list[int]], hidden: Hidden) -> Reader:
    """What the printed table tells: its shown counts, its shown totals, and how many in all."""
    height, width = len(cells), len(cells[0])
    reader = Reader(height * width)
    reader.learns(range(height * width), sum(map(sum, cells)))
    for r, c in product(range(height), range(width)):
        if not hidden.hides(r, c):
            reader.learns([r * width + c], cells[r][c])
    for r in set(range(height)) - hidden.rows:
        reader.learns(range(r * width, (r + 1) * width), sum(cells[r]))
    for c in set(range(width)) - hidden.columns:
        reader.learns(range(c, height * width, width), sum(row[c] for row in cells))
    return reader


@settings(max_examples=80, deadline=None)
@given(tables(40))
def test_no_hidden_cell_of_a_table_can_be_worked_out(cells: list[list[int]]) -> None:
    height, width = len(cells), len(cells[0])
    rows, columns = [sum(r) for r in cells], [sum(c) for c in zip(*cells, strict=True)]
    if sum(rows) < THRESHOLD:
        return  # nothing at all is shown
    hidden = hidden_in_table(cells, Side(rows), Side(columns), sum(rows))
    reader = reader_of(cells, hidden)
    for r, c in product(range(height), range(width)):
        if hidden.hides(r, c):
            assert reader.doubt([r * width + c]) >= THRESHOLD, (r, c, hidden)
        else:
            assert cells[r][c] >= THRESHOLD
    for r in hidden.rows:
        assert reader.doubt(range(r * width, (r + 1) * width)) >= THRESHOLD
    turned = [list(column) for column in zip(*cells, strict=True)]
    mirror = hidden_in_table(turned, Side(columns), Side(rows), sum(rows))
    assert mirror.cells == {(c, r) for r, c in hidden.cells}, "both tables may be asked for"


@settings(max_examples=80, deadline=None)
@given(tables(40), st.data())
def test_nor_when_people_gave_several_answers(cells: list[list[int]], data: st.DataObject) -> None:
    """Each row of the table is a choice that some of the people of each column ticked."""
    columns = [max(column) + data.draw(st.integers(0, 12)) for column in zip(*cells, strict=True)]
    rows, base, width = [sum(row) for row in cells], sum(columns), len(columns)
    if base < THRESHOLD:
        return
    hidden = hidden_in_table(cells, Side(rows, is_exclusive=False), Side(columns), base)
    for r in set(range(len(cells))) - hidden.rows:
        ticked_or_not = [cells[r], [all_ - n for all_, n in zip(columns, cells[r], strict=True)]]
        shown = Hidden(
            frozenset(),
            hidden.columns,
            frozenset((s, c) for k, c in hidden.cells if k == r for s in (0, 1)),
        )
        reader = reader_of(ticked_or_not, shown)
        for c in range(width):
            if hidden.hides(r, c):
                assert reader.doubt([c]) >= THRESHOLD, (r, c, hidden)
    turned = [list(column) for column in zip(*cells, strict=True)]
    mirror = hidden_in_table(turned, Side(columns), Side(rows, is_exclusive=False), base)
    assert mirror.cells == {(c, r) for r, c in hidden.cells}


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_nor_when_both_questions_take_several(counts: list[int]) -> None:
    both, first, second, neither = counts
    base, rows, columns = sum(counts), [both + first], [both + second]
    if base < THRESHOLD:
        return
    sides = Side(rows, is_exclusive=False), Side(columns, is_exclusive=False)
    hidden = hidden_in_table([[both]], *sides, base)
    reader = reader_of(
        [[both, first], [second, neither]],
        Hidden(hidden.rows, hidden.columns, frozenset(product((0, 1), (0, 1)))),
    )
    if hidden.rows or hidden.columns:
        return  # the tally of each question answers for those
    if (0, 0) in hidden.cells:
        assert reader.doubt([0]) >= THRESHOLD
    else:
        assert all(n >= THRESHOLD or (n == 0 and place) for place, n in enumerate(counts))


@pytest.mark.parametrize("small", range(THRESHOLD))
def test_what_a_filter_leaves_out_is_hidden_too(small: int) -> None:
    """All shown, one region shown: the other is their difference."""
    cells = [[40, small], [30, 20]]
    hidden = hidden_in_table(cells, Side([40 + small, 50]), Side([70, 20 + small]), 90 + small)
    assert hidden.hides(0, 0)
    assert hidden.hides(0, 1)
