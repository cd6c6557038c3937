"""Who speaks: the different texts of an analysis, and the campaigns that repeat one."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from consult.analysis.text.copies import NearCopies


@dataclass(frozen=True)
class Voices:
    """Comments by their wording, and wordings by what is said once for all of them.

    Every comment is counted; what is the same is understood once. A *wording* is a different text;
    a *saying* is all wordings that differ by case and spaces only, or a campaign's near copies, by
    its commonest wording.

    Attributes:
        texts, langs: of each wording.
        rows: the position of each comment that says something; ``wording_of`` the number of its
            wording.
        first: the position of each wording's first comment.
        saying_of: the number of the saying of each wording; ``sayings`` the wording of each
            saying.
        campaign: of every comment, the number of its campaign from 1, 0 for none.
        voice: of every comment, what it counts for in shares and points: 1, or 1/m for each of
            the m comments of a campaign.
    """

    texts: np.ndarray
    langs: np.ndarray
    first: np.ndarray
    rows: np.ndarray
    wording_of: np.ndarray
    saying_of: np.ndarray
    sayings: np.ndarray
    campaign: np.ndarray
    voice: np.ndarray

    @classmethod
    def of(cls, texts: np.ndarray, langs: np.ndarray, answered: np.ndarray) -> Self:
        rows = np.flatnonzero(answered)
        wording_of, first = _different([f"{langs[row]} {texts[row]}" for row in rows])
        plain = [f"{langs[row]} {' '.join(texts[row].casefold().split())}" for row in rows[first]]
        plain_of, heard = _different(plain)
        times = np.bincount(plain_of[wording_of], minlength=len(heard))
        group = NearCopies().fit(texts[rows[first[heard]]], times).labels_
        saying_of, sayings = _sayings(group, times)
        campaign = np.zeros(len(texts), dtype=int)
        campaign[rows] = group[plain_of[wording_of]] + 1
        voice = np.ones(len(texts))
        voice[campaign > 0] = 1 / np.bincount(campaign)[campaign[campaign > 0]]
        return cls(
            texts[rows[first]], langs[rows[first]], rows[first], rows, wording_of,
            saying_of[plain_of], heard[sayings], campaign, voice,
        )  # fmt: skip

    def everyone(self, of_saying: np.ndarray, themes: np.ndarray, own: np.ndarray) -> np.ndarray:
        """What is known of each saying, for every comment whose theme is the saying's; -1 else.

        Args:
            of_saying: a number for each saying.
            themes: the theme of every comment.
            own: that of each saying.
        """
        found = np.full(len(self.campaign), -1)
        saying = self.saying_of[self.wording_of]
        stays = themes[self.rows] == own[saying]
        found[self.rows[stays]] = of_saying[saying[stays]]
        return found

    def units(self) -> np.ndarray:
        """What is drawn together in a resample: a campaign, or a comment by itself."""
        alone = self.campaign.max(initial=0) + 1 + np.arange(len(self.campaign))
        return np.where(self.campaign > 0, self.campaign, alone)


def _different(values: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The number of each value, in order of appearance, and the first place of each number."""
    number, different = pd.factorize(np.array(values, dtype=object))
    first = np.full(len(different), len(values))
    np.minimum.at(first, number, np.arange(len(values)))
    return number, first


def _sayings(group: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The saying of each text, and the text of each saying: of a group, the commonest."""
    own = np.where(group >= 0, group, group.max(initial=-1) + 1 + np.arange(len(group)))
    saying_of, different = pd.factorize(own)
    order = np.lexsort((np.arange(len(own)), -times, saying_of))
    begins = np.searchsorted(saying_of[order], np.arange(len(different)))
    return saying_of, order[begins]
