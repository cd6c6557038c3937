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
        wording_of, first = different([f"{langs[row]} {texts[row]}" for row in rows])
        plain_of, heard = different([plain_words(texts[row], langs[row]) for row in rows[first]])
        times = np.bincount(plain_of[wording_of], minlength=len(heard))
        group = NearCopies().fit(texts[rows[first[heard]]], times).labels_
        return cls.numbered(
            (texts[rows[first]], langs[rows[first]]), (rows, len(texts)), (wording_of, first),
            (plain_of, heard), group,
        )  # fmt: skip

    @classmethod
    def numbered(
        cls, said: tuple[np.ndarray, np.ndarray], answered: tuple[np.ndarray, int],
        wordings: tuple[np.ndarray, np.ndarray], plain: tuple[np.ndarray, np.ndarray],
        group: np.ndarray,
    ) -> Self:  # fmt: skip
        """The same, once what is the same is known by its number.

        Args:
            said: text and language of each wording.
            answered: the positions of the comments that say something, and how many there are in
                all.
            wordings: of each of these, the number of its wording; of each wording, its first
                comment among these.
            plain: of each wording, the number of its text without case and spaces; of each of
                those, its first wording.
            group: of each of those, the number of its campaign, -1 for none.
        """
        (rows, total), (wording_of, first), (plain_of, heard) = answered, wordings, plain
        times = np.bincount(plain_of[wording_of], minlength=len(heard))
        saying_of, sayings = _sayings(group, times)
        campaign = np.zeros(total, dtype=int)
        campaign[rows] = group[plain_of[wording_of]] + 1
        voice = np.ones(total)
        voice[campaign > 0] = 1 / np.bincount(campaign)[campaign[campaign > 0]]
        return cls(
            *said, rows[first], rows, wording_of, saying_of[plain_of], heard[sayings], campaign,
            voice,
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


def plain_words(text: str, lang: str) -> str:
    """What is left of a text and its language without case and spaces."""
    return f"{lang} {' '.join(text.casefold().split())}"


def different(values: list[str] | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The number of each value, in order of appearance, and the first place of each number."""
    plain = np.array(values, dtype=object) if isinstance(values, list) else values
    number, found = pd.factorize(plain)
    first = np.full(len(found), len(values))
    np.minimum.at(first, number, np.arange(len(values)))
    return number, first


def _sayings(group: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The saying of each text, and the text of each saying: of a group, the commonest."""
    own = np.where(group >= 0, group, group.max(initial=-1) + 1 + np.arange(len(group)))
    saying_of, different = pd.factorize(own)
    order = np.lexsort((np.arange(len(own)), -times, saying_of))
    begins = np.searchsorted(saying_of[order], np.arange(len(different)))
    return saying_of, order[begins]
