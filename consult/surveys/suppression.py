"""Small counts are hidden, so that nobody is recognised in published results."""

from collections.abc import Sequence

#: A published count is at least this.
THRESHOLD = 5


def hidden_cells(counts: Sequence[int], base: int, *, exclusive: bool) -> set[int]:
    """The places in ``counts`` that cannot be published.

    Counts under ``THRESHOLD`` are hidden, then what would let one work them out:

    - when the cells exclude each other and so add up to ``base`` (``exclusive``), the smallest
      other cells, until at least two are hidden and they hold ``THRESHOLD`` people together;
    - else, a cell that all but fewer than ``THRESHOLD`` people chose.

    Method: primary and complementary cell suppression, as in Hundepool et al., *Statistical
    Disclosure Control* (2012), ch. 4.
    """
    hidden = {place for place, count in enumerate(counts) if count < THRESHOLD}
    if not exclusive:
        return hidden | {p for p, count in enumerate(counts) if 0 < base - count < THRESHOLD}
    shown = sorted(set(range(len(counts))) - hidden, key=lambda place: counts[place])
    while hidden and shown and not _safe_together([counts[place] for place in hidden]):
        hidden.add(shown.pop(0))
    return hidden


def _safe_together(counts: Sequence[int]) -> bool:
    return len(counts) > 1 and sum(counts) >= THRESHOLD
