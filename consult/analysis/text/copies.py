"""Near copies of one text, as campaigns send them."""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_random_state

from consult.analysis.text.tokens import Texts, strip_accents

_WORD = re.compile(r"\w+")
_PRIME = np.uint64(2**61 - 1)
_AT_ONCE = 4_000_000  # parts hashed at once


class NearCopies(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Groups texts of which at least ``alike`` is the same (Jaccard index of words and
    pairs of words).

    Candidates are found by MinHash and bands (Broder, 1997; Leskovec, Rajaraman and Ullman, 2014,
    chapter 3), then compared whole; a group is what comparisons join. Texts of fewer than
    ``fewest_words`` words are nobody's copy: "Très bien" is what many people say by themselves.

    Args:
        alike: 0 to 1.
        fewest_words: of a text that can be a copy.
        bands, rows: signatures have bands x rows values; two texts meet when one band is the same.

    Learned: ``labels_`` (n,), the group of each text in order of its first text, -1 for none.
    """

    def __init__(
        self, alike: float = 0.6, fewest_words: int = 10, bands: int = 20, rows: int = 3,
        random_state: int = 0,
    ) -> None:  # fmt: skip
        self.alike = alike
        self.fewest_words = fewest_words
        self.bands = bands
        self.rows = rows
        self.random_state = random_state

    def fit(self, texts: Texts, times: Sequence[int] | np.ndarray | None = None) -> "NearCopies":
        """Groups the texts; one that came more than once, by ``times``, is a group by itself."""
        found = [_WORD.findall(strip_accents(text.casefold())) for text in texts]
        long = np.array([len(words) >= self.fewest_words for words in found], dtype=bool)
        self.labels_ = np.full(len(found), -1)
        if long.any():
            parts = [_parts_of(words) for words, kept in zip(found, long, strict=True) if kept]
            repeated = np.ones(len(found)) if times is None else np.asarray(times)
            self.labels_[long] = self._groups(parts, repeated[long] > 1)
        return self

    def _groups(self, parts: Sequence[np.ndarray], repeated: np.ndarray) -> np.ndarray:
        left, right = self._candidates(self._signatures(parts))
        same = [
            _jaccard(parts[a], parts[b]) >= self.alike for a, b in zip(left, right, strict=True)
        ]
        left, right = left[same], right[same]
        links = coo_array((np.ones(len(left)), (left, right)), shape=(len(parts), len(parts)))
        _, component = connected_components(links, directed=False)
        alone = (np.bincount(component)[component] == 1) & ~repeated
        groups = np.full(len(parts), -1)
        _, first, number = np.unique(component[~alone], return_index=True, return_inverse=True)
        order = np.empty(len(first), dtype=int)
        order[np.argsort(first)] = np.arange(len(first))
        groups[~alone] = order[number]
        return groups

    def _signatures(self, parts: Sequence[np.ndarray]) -> np.ndarray:
        """The least of the parts of each text under each of bands x rows hashes, (n, values)."""
        random = check_random_state(self.random_state)
        count = self.bands * self.rows
        times = random.randint(1, 2**31 - 1, count).astype(np.uint64)
        plus = random.randint(0, 2**31 - 1, count).astype(np.uint64)
        signatures = np.empty((len(parts), count), dtype=np.uint64)
        sizes = np.array([len(own) for own in parts])
        starts = np.flatnonzero(np.diff(np.cumsum(sizes) // _AT_ONCE, prepend=-1)).tolist()
        for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
            flat = np.concatenate(parts[start:end])
            begins = np.concatenate([[0], np.cumsum(sizes[start:end])[:-1]])
            for number in range(count):
                hashed = (flat * times[number] + plus[number]) % _PRIME
                signatures[start:end, number] = np.minimum.reduceat(hashed, begins)
        return signatures

    def _candidates(self, signatures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pairs of texts that share a band: each with the first and with the one before it."""
        found = []
        for band in np.split(signatures, self.bands, axis=1):
            key = band[:, 0]
            for column in band.T[1:]:
                key = key * np.uint64(0x9E3779B97F4A7C15) + column
            order = np.argsort(key, kind="stable")
            same = np.flatnonzero(key[order][1:] == key[order][:-1]) + 1
            if not len(same):
                continue
            begins = np.flatnonzero(np.diff(same, prepend=-2) > 1)
            run = np.repeat(same[begins] - 1, np.diff([*begins, len(same)]))
            found += [(order[run], order[same]), (order[same - 1], order[same])]
        if not found:
            return np.empty(0, dtype=int), np.empty(0, dtype=int)
        left, right = (np.concatenate(side) for side in zip(*found, strict=True))
        both = np.unique(
            np.column_stack([np.minimum(left, right), np.maximum(left, right)]), axis=0
        )
        return both[:, 0], both[:, 1]


def _parts_of(words: Sequence[str]) -> np.ndarray:
    """The different words and pairs of words that follow each other, as sorted numbers."""
    codes = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    mixed = (codes[:-1] * np.uint64(2654435761) + codes[1:]) & np.uint64(0xFFFFFFFF)
    return np.asarray(np.unique(np.concatenate([codes, mixed])))


def _jaccard(first: np.ndarray, second: np.ndarray) -> float:
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common)
