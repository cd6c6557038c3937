"""Near copies of one text, as campaigns send them."""

import re
from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_random_state

from consult.analysis.text.tokens import Texts, strip_accents

_WORD = re.compile(r"\w+")
_PRIME = np.uint64(2**61 - 1)
_TEXTS_AT_ONCE, _PAIRS_AT_ONCE = 20_000, 200_000
_CROWD = 50_000  # texts; of fewer, every pair that shares a band is compared whole
_DOUBT = 0.15  # by how much signatures may agree less than the texts do

PartsOf = Callable[[np.ndarray], Mapping[int, np.ndarray]]


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
        long, signatures = self.signed(texts)
        repeated = np.ones(len(texts)) if times is None else np.asarray(times)
        kept = [str(texts[int(row)]) for row in np.flatnonzero(long)]
        return self.fit_signed(long, signatures, repeated, lambda _rows: _Parts(kept))

    def fit_signed(
        self, long: np.ndarray, signatures: np.ndarray, times: np.ndarray, parts_of: PartsOf
    ) -> "NearCopies":
        """The same, of texts that are elsewhere; see ``signed``.

        Args:
            parts_of: told the numbers of some of the long texts, gives what ``text_parts`` does of
                each.
        """
        self.labels_ = np.full(len(long), -1)
        if long.any():
            self.labels_[long] = self._groups(signatures, times[long] > 1, parts_of)
        return self

    def signed(self, texts: Texts) -> tuple[np.ndarray, np.ndarray]:
        """Which texts are long enough, and the signatures of those, (long texts, values).

        Texts are taken apart a few thousand at a time: only signatures stay in memory.
        """
        long = np.zeros(len(texts), dtype=bool)
        signatures = [np.empty((0, self.bands * self.rows), dtype=np.uint32)]
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            found = [_words_of(text) for text in texts[start : start + _TEXTS_AT_ONCE]]
            enough = np.array([len(words) >= self.fewest_words for words in found], dtype=bool)
            long[start : start + len(found)] = enough
            parts = [_parts_of(words) for words, kept in zip(found, enough, strict=True) if kept]
            if parts:
                signatures.append(self._signatures(parts))
        return long, np.vstack(signatures)

    def _groups(
        self, signatures: np.ndarray, repeated: np.ndarray, parts_of: PartsOf
    ) -> np.ndarray:
        left, right = self._candidates(signatures)
        parts = parts_of(np.unique(np.concatenate([left, right])))
        same = [
            _jaccard(parts[a], parts[b]) >= self.alike for a, b in zip(left, right, strict=True)
        ]
        left, right = left[same], right[same]
        links = coo_array((np.ones(len(left)), (left, right)), shape=(len(signatures),) * 2)
        _, component = connected_components(links, directed=False)
        alone = (np.bincount(component)[component] == 1) & ~repeated
        groups = np.full(len(signatures), -1)
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
        signatures = np.empty((len(parts), count), dtype=np.uint32)
        flat = np.concatenate(parts)
        begins = np.concatenate([[0], np.cumsum([len(own) for own in parts])[:-1]])
        for number in range(count):
            hashed = (flat * times[number] + plus[number]) % _PRIME
            signatures[:, number] = np.minimum.reduceat(hashed, begins)
        return signatures

    def _candidates(self, signatures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pairs of texts that share a band: each with the first and with the one before it.

        Of many thousands of pairs, those whose signatures agree far less than copies' would are
        left out band by band: the share of equal values is near the Jaccard index (Broder, 1997).
        """
        found: list[np.ndarray] = []
        crowded = len(signatures) > _CROWD
        for band in np.split(signatures, self.bands, axis=1):
            order = np.lexsort(band.T[::-1])
            sorted_band = band[order]
            equal = (sorted_band[1:] == sorted_band[:-1]).all(axis=1)
            same = np.flatnonzero(equal) + 1
            if not len(same):
                continue
            begins = np.flatnonzero(np.diff(same, prepend=-2) > 1)
            run = np.repeat(same[begins] - 1, np.diff([*begins, len(same)]))
            left = np.concatenate([order[run], order[same - 1]])
            right = np.concatenate([order[same], order[same]])
            pairs = np.column_stack([np.minimum(left, right), np.maximum(left, right)])
            found.append(self._likely(pairs, signatures) if crowded else pairs)
        if not found:
            return np.empty(0, dtype=int), np.empty(0, dtype=int)
        both = np.unique(np.concatenate(found), axis=0)
        return both[:, 0], both[:, 1]

    def _likely(self, pairs: np.ndarray, signatures: np.ndarray) -> np.ndarray:
        kept = [
            some[(signatures[some[:, 0]] == signatures[some[:, 1]]).mean(axis=1)
                 >= self.alike - _DOUBT]
            for some in np.array_split(pairs, len(pairs) // _PAIRS_AT_ONCE + 1)
        ]  # fmt: skip
        return np.concatenate(kept)


class _Parts(dict[int, np.ndarray]):
    """The parts of the texts that are looked at, worked out when they are."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, row: int) -> np.ndarray:
        self[row] = parts = text_parts(self._texts[row])
        return parts


def text_parts(text: str) -> np.ndarray:
    """The different words and pairs of words of a text that is long enough, as numbers."""
    return _parts_of(_words_of(text))


def _words_of(text: str) -> list[str]:
    return _WORD.findall(strip_accents(text.casefold()))


def _parts_of(words: Sequence[str]) -> np.ndarray:
    """The different words and pairs of words that follow each other, as sorted numbers."""
    codes = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    mixed = (codes[:-1] * np.uint64(2654435761) + codes[1:]) & np.uint64(0xFFFFFFFF)
    return np.asarray(np.unique(np.concatenate([codes, mixed])))


def _jaccard(first: np.ndarray, second: np.ndarray) -> float:
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common)
