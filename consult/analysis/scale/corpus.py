"""All comments by number, while their words stay in the parts they came from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np
import pandas as pd

from consult.analysis.scale import passes
from consult.analysis.scale.parts import Part
from consult.analysis.scale.passes import Heard
from consult.analysis.text.copies import NearCopies
from consult.analysis.text.language import LanguageDetector
from consult.analysis.text.voices import Voices, different

_FRENCH = np.uint64(0x9E3779B97F4A7C15)  # sets a text in French apart from the same in English


class Map(Protocol):
    """Calls ``work`` with each of ``calls``, and ``shared`` last where there is any, in any order;
    gives what came of each in theirs."""

    def __call__(
        self, work: Callable[..., Any], calls: Sequence[tuple[Any, ...]], shared: Any = None
    ) -> list[Any]: ...


@dataclass(frozen=True)
class Corpus:
    """The comments of all ``parts``, one after the other.

    ``begins`` has the position of the first comment of each part. ``about``, ``langs`` and
    ``answered`` are of each comment.
    """

    parts: Sequence[Part]
    heard: list[Heard]
    begins: np.ndarray
    about: pd.DataFrame
    langs: np.ndarray
    answered: np.ndarray

    @classmethod
    def of(cls, parts: Sequence[Part], heard: list[Heard]) -> Self:
        about = pd.concat([one.about for one in heard], ignore_index=True)
        odds = np.concatenate([one.odds for one in heard])
        told = about["lang"] if "lang" in about else pd.Series("", about.index)
        langs, unknown = told.to_numpy(dtype=object).copy(), ~np.isnan(odds)
        if unknown.any():
            langs[unknown] = LanguageDetector().told_apart(odds[unknown])
        sizes = [len(one.answered) for one in heard]
        answered = np.concatenate([one.answered for one in heard])
        return cls(parts, heard, np.cumsum([0, *sizes[:-1]]), about, langs, answered)

    def voices(self, do: Map) -> Voices:
        """Who speaks; the texts of the wordings are empty."""
        rows = np.flatnonzero(self.answered)
        french = np.where(self.langs[rows] == "fr", _FRENCH, np.uint64(0))
        words = np.concatenate([one.words for one in self.heard]) ^ french
        plain = np.concatenate([one.plain for one in self.heard]) ^ french
        wording_of, first = different(words)
        plain_of, heard = different(plain[first])
        times = np.bincount(plain_of[wording_of], minlength=len(heard))
        group = self._groups(rows, first[heard], times, do)
        said = (np.full(len(first), "", dtype=object), self.langs[rows[first]])
        return Voices.numbered(
            said, (rows, len(self.langs)), (wording_of, first), (plain_of, heard), group
        )

    def _groups(
        self, rows: np.ndarray, first: np.ndarray, times: np.ndarray, do: Map
    ) -> np.ndarray:
        """The campaign of each different text, whose first place among ``rows`` is ``first``."""
        offsets = np.cumsum([0, *(len(one.long) for one in self.heard[:-1])])
        place = np.concatenate(
            [one.plain_of + offset for one, offset in zip(self.heard, offsets, strict=True)]
        )[first]
        long = np.concatenate([one.long for one in self.heard])
        signature = np.cumsum(long) - 1
        signatures = np.vstack([one.signatures for one in self.heard])
        own_long = long[place]
        kept = rows[first[own_long]]

        def parts_of(some: np.ndarray) -> Mapping[int, np.ndarray]:
            found = self.gathered(passes.parts_at, kept[some], do)
            return dict(zip(some.tolist(), found, strict=True))

        copies = NearCopies().fit_signed(
            own_long, signatures[signature[place[own_long]]], times, parts_of
        )
        return np.asarray(copies.labels_)

    def gathered(
        self, work: Callable[..., Any], positions: np.ndarray, do: Map, *beside: np.ndarray,
        shared: Any = None,
    ) -> list[Any]:  # fmt: skip
        """What ``work`` gives of comments, in the order of their ``positions``.

        Args:
            work: told a part, some of its lines and what is known of each (``beside``), gives as
                many values, or several rows of as many.
        """
        owner = np.searchsorted(self.begins, positions, side="right") - 1
        asked = [np.flatnonzero(owner == number) for number in np.unique(owner)]
        calls = [
            (
                self.parts[owner[some[0]]],
                (positions[some] - self.begins[owner[some[0]]]).tolist(),
                *(values[some] for values in beside),
            )
            for some in asked
        ]
        found: list[Any] = [None] * len(positions)
        for some, values in zip(asked, do(work, calls, shared), strict=True):
            told = zip(*values, strict=True) if isinstance(values, tuple) else values
            for place, value in zip(some.tolist(), told, strict=True):
                found[place] = value
        return found

    def cut(self, values: np.ndarray) -> list[np.ndarray]:
        """Values of all comments, part by part."""
        return np.split(values, self.begins[1:])
