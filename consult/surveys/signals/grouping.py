"""Which responses belong together, in a few bytes per response."""

from array import array
from collections.abc import Iterator, Sequence


class Groups:
    """Sets of places that are joined, directly or through others (union-find, path halving)."""

    def __init__(self, size: int) -> None:
        self._parent = array("l", range(size))

    def root(self, place: int) -> int:
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def members(self) -> list[tuple[int, int]]:
        """(root, place) of each place that is not alone, root by root, each in order."""
        pairs = sorted((self.root(place), place) for place in range(len(self._parent)))
        return [pair for run in runs([root for root, _place in pairs]) for pair in pairs[run]]


def same_values(values: Sequence[int], nothing: int = 0) -> Iterator[list[int]]:
    """The places, in order, of each value that stands more than once; ``nothing`` does not count.

    ``values`` may be an array: no other copy of the values is made.
    """
    order = sorted((p for p in range(len(values)) if values[p] != nothing), key=values.__getitem__)
    for run in runs([values[place] for place in order]):
        yield order[run]


def runs(values: Sequence[int]) -> Iterator[slice]:
    """Where equal values stand next to each other, two at least."""
    start = 0
    for end in range(1, len(values) + 1):
        if end == len(values) or values[end] != values[start]:
            if end - start > 1:
                yield slice(start, end)
            start = end
