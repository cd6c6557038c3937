"""Small counts are hidden, so that nobody is recognised in published results.

Method: primary and complementary cell suppression (Hundepool et al., *Statistical Disclosure
Control*, 2012, ch. 4); in tables, complements are chosen by hypercubes (Giessing and Repsilber,
"Tools and strategies to protect multiple tables with the GHQUAR cell suppression engine", 2002),
here rectangles of four cells.

What is promised to who reads one table, all that it shows, and that counts are not negative: the
values a hidden count may still have are at least ``THRESHOLD`` apart, from the least to the
greatest. What an answer's total hides, every table hides in the whole row or column of that answer,
so that people may be moved among the hidden answers without changing anything shown.

What is not protected: how many left a question blank, that nobody answered from a region, and what
someone could work out by putting together tables of many pairs of questions.
"""

from collections.abc import Collection, Sequence
from itertools import product
from typing import NamedTuple

#: A published count is at least this.
THRESHOLD = 5

Row = Sequence[int]
Place = tuple[int, int]


def hidden_cells(
    counts: Sequence[int], base: int, *, exclusive: bool, already: Collection[int] = ()
) -> set[int]:
    """The places in ``counts`` that cannot be published.

    Counts under ``THRESHOLD`` and those ``already`` hidden elsewhere are, then what would let one
    work them out:

    - when the cells exclude each other and so add up to ``base`` (``exclusive``), the smallest
      other cells, until at least two are hidden and they hold ``THRESHOLD`` people together;
    - else, a cell that all but fewer than ``THRESHOLD`` people chose.
    """
    hidden = {place for place, count in enumerate(counts) if count < THRESHOLD} | set(already)
    if not exclusive:
        return hidden | {p for p, count in enumerate(counts) if 0 < base - count < THRESHOLD}
    shown = sorted(set(range(len(counts))) - hidden, key=lambda place: counts[place])
    while hidden and shown and not _safe_together([counts[place] for place in hidden]):
        hidden.add(shown.pop(0))
    return hidden


def _safe_together(counts: Sequence[int]) -> bool:
    return len(counts) > 1 and sum(counts) >= THRESHOLD


class Hidden(NamedTuple):
    """What a table of rows and columns cannot show: whole rows and columns with their totals, and
    single cells (row, column)."""

    rows: frozenset[int]
    columns: frozenset[int]
    cells: frozenset[Place]

    def hides(self, row: int, column: int) -> bool:
        return row in self.rows or column in self.columns or (row, column) in self.cells


class Side(NamedTuple):
    """The rows, or the columns, of a table: their totals; whether a person is in one only; and
    those that the tally of the same question hides."""

    totals: Sequence[int]
    is_exclusive: bool = True
    already: frozenset[int] = frozenset()

    def hidden(self, base: int) -> frozenset[int]:
        found = hidden_cells(self.totals, base, exclusive=self.is_exclusive, already=self.already)
        return frozenset(found)


def hidden_in_table(cells: Sequence[Row], rows: Side, columns: Side, base: int) -> Hidden:
    """What a table of two questions cannot show, its totals and ``base`` being shown beside it.

    Args:
        cells: people by row and column; ``rows`` and ``columns`` tell the totals.
        base: how many people are in the table.
    """
    whole_rows, whole_columns = rows.hidden(base), columns.hidden(base)
    if rows.is_exclusive and columns.is_exclusive:
        found = _in_partition(cells, whole_rows, whole_columns)
    elif columns.is_exclusive:
        found = _row_by_row(cells, columns.totals, whole_rows, whole_columns)
    elif rows.is_exclusive:
        turned = list(zip(*cells, strict=True))
        found = _row_by_row(turned, rows.totals, whole_columns, whole_rows)
        found = {(row, column) for column, row in found}
    else:
        found = _pair_by_pair(cells, rows.totals, columns.totals, base)
    return Hidden(whole_rows, whole_columns, frozenset(found))


def _in_partition(
    cells: Sequence[Row], whole_rows: frozenset[int], whole_columns: frozenset[int]
) -> set[Place]:
    """Cells to hide where each person is in one cell.

    The hidden rows are taken as one, since their sum in a column follows from its total; so are
    the hidden columns.
    """
    rows = _merged(len(cells), whole_rows)
    columns = _merged(len(cells[0]) if cells else 0, whole_columns)
    merged = [[sum(cells[r][c] for r in rs for c in cs) for cs in columns] for rs in rows]
    found = _either_way(merged)
    return {(rows[r][0], columns[c][0]) for r, c in found if len(rows[r]) == len(columns[c]) == 1}


def _either_way(cells: Sequence[Row]) -> set[Place]:
    """The same places whichever question is asked first.

    Else the two tables could hide different complements, and reveal a count together.
    """
    turned = [list(row) for row in zip(*cells, strict=True)]
    found, other = (protected(table, _all_count(table)) for table in (cells, turned))
    return found | {(row, column) for column, row in other}


def _all_count(cells: Sequence[Row]) -> list[list[bool]]:
    return [[True] * len(row) for row in cells]


def _row_by_row(
    cells: Sequence[Row],
    totals: Sequence[int],
    whole_rows: frozenset[int],
    whole_columns: frozenset[int],
) -> set[Place]:
    """The same where a person may be in several rows: each row against who is not in it."""
    columns = _merged(len(totals), whole_columns)
    found: set[Place] = set()
    for row in set(range(len(cells))) - whole_rows:
        inside = [sum(cells[row][c] for c in cs) for cs in columns]
        outside = [sum(totals[c] for c in cs) - n for cs, n in zip(columns, inside, strict=True)]
        nobody_is_fine = [[True] * len(columns), [count > 0 for count in outside]]
        hidden = protected([inside, outside], nobody_is_fine)
        found |= {(row, columns[c][0]) for _side, c in hidden if len(columns[c]) == 1}
    return found


def _pair_by_pair(
    cells: Sequence[Row], rows: Sequence[int], columns: Sequence[int], base: int
) -> set[Place]:
    """The same where a person may be in several rows and several columns.

    Whatever the four counts of two answers, given or not, hide, the totals leave a range that is
    as wide as the smallest of the totals and of their complements: all of them are shown.
    """
    return {
        (r, c)
        for r, c in product(range(len(rows)), range(len(columns)))
        if cells[r][c] < THRESHOLD
        or 0 < rows[r] - cells[r][c] < THRESHOLD
        or 0 < columns[c] - cells[r][c] < THRESHOLD
        or 0 < base - rows[r] - columns[c] + cells[r][c] < THRESHOLD
    }


def _merged(number: int, whole: frozenset[int]) -> list[list[int]]:
    """The places that stay apart, each in a list of its own, then the hidden ones together."""
    apart = [[place] for place in range(number) if place not in whole]
    return [*apart, sorted(whole)] if whole else apart


def protected(cells: Sequence[Row], counts_people: Sequence[Sequence[bool]]) -> set[Place]:
    """The places to hide in a table whose totals are all known and where each person is in a cell.

    Each small cell is hidden with three others, the corners of a rectangle, such that people can
    be moved around it: the four counts then range over at least ``THRESHOLD``. The rectangle that
    hides the fewest people more is taken; where there is none, all is hidden, and every count
    ranges as far as the totals let it.

    Args:
        counts_people: False at the places where a small count need not be hidden.
    """
    places = list(product(range(len(cells)), range(len(cells[0]) if cells else 0)))
    if len(cells) < 2 or len(cells[0]) < 2:
        return set()
    small = {(r, c) for r, c in places if cells[r][c] < THRESHOLD and counts_people[r][c]}
    hidden, safe = set(small), set[Place]()
    for place in sorted(small):
        if place in safe:
            continue
        corners = _rectangle(cells, place, hidden)
        if corners is None:
            return set(places)
        hidden |= corners
        safe |= corners
    return hidden


def _rectangle(cells: Sequence[Row], place: Place, hidden: set[Place]) -> set[Place] | None:
    """The corners to hide with the count at ``place``, itself among them; None when none do."""
    row, column = place
    best: tuple[int, set[Place]] | None = None
    for r, c in product(range(len(cells)), range(len(cells[0]))):
        if r == row or c == column:
            continue
        up, down = min(cells[row][c], cells[r][column]), min(cells[row][column], cells[r][c])
        if up + down < THRESHOLD:
            continue
        corners = {place, (row, c), (r, column), (r, c)}
        cost = sum(cells[y][x] + 1 for y, x in corners - hidden)
        if best is None or cost < best[0]:
            best = cost, corners
    return best[1] if best else None
