"""From the words and the rating of comments to their polarity."""

from collections.abc import Iterable, Sequence
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator

from consult.analysis.text.non_answers import is_non_answer
from consult.analysis.text.polarity.reading import Cue, reader
from consult.analysis.text.polarity.results import (
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    CommentPolarity,
    Explanation,
    SegmentPolarity,
)
from consult.analysis.text.polarity.words import SIGN
from consult.analysis.text.segments import Segment, SegmentSplitter
from consult.analysis.text.tokens import Texts

#: The ratings of comments, NaN where there is none; None when no comment has one.
Ratings = Sequence[float] | np.ndarray | None
Band = tuple[float, float]
LONGEST_NON_ANSWER = 120  # letters


class PolarityScorer(BaseEstimator):  # type: ignore[misc]
    """Says of each comment, and of each of its segments, how favourable it is, and why.

    In: comments, their languages ('fr', 'en'), where known their ratings (higher is better).
    Out: scores from -1 to 1 and classes -1, 0, 1.

    Formula. The words of a segment give cues with weights (:mod:`reading`); G is the sum of the
    weights above zero, B that of the others without their sign. Its score is::

        (prior * L + G - B) / (prior + G + B)

    L is the comment's rating brought to -1..1: ``2 * (rating - low) / (high - low) - 1``, and 0
    without a rating. So a rated segment without a telling word has the score of its rating, and
    one or two plain words set a segment of a mixed comment apart; without a rating, few words
    stay near 0. ``prior`` is the weight of the rating: that of one plain word. The comment has the
    score of all its cues together. One that says nothing ("RAS", "n/a") has its rating's score.

    A score at or below the first bound of ``neutral`` is negative, above the second positive. A
    comment without a rating is told negative below ``neutral_comment``, wider: people who mildly
    complain in a comment, or praise and complain, call their experience neutral.

    Learned: ``scale_``, (low, high), the least and greatest rating seen, unless ``scale`` tells
    them; None without ratings.
    """

    def __init__(
        self,
        prior: float = 1.0,
        neutral: Band = (-0.3, 0.05),
        neutral_comment: Band = (-0.5, 0.05),
        scale: Band | None = None,
    ) -> None:
        self.prior = prior
        self.neutral = neutral
        self.neutral_comment = neutral_comment
        self.scale = scale

    def fit(self, texts: Texts, langs: Texts, ratings: Ratings = None) -> Self:
        """Learns the scale of the ratings."""
        self.scale_ = self.scale
        if self.scale is None and ratings is not None:
            known = np.asarray(ratings, dtype=float)
            known = known[np.isfinite(known)]
            if known.size and known.min() < known.max():
                self.scale_ = (float(known.min()), float(known.max()))
        return self

    def transform(
        self,
        texts: Texts,
        langs: Texts,
        ratings: Ratings = None,
        segments: Sequence[Sequence[Segment]] | None = None,
    ) -> list[CommentPolarity]:
        """The polarity of each comment and of its ``segments``, cut here when not given."""
        cut = SegmentSplitter().transform(texts) if segments is None else segments
        leanings = self._leanings(len(texts), ratings)
        rows = zip(texts, langs, cut, leanings, strict=True)
        return [self._polarity(_cues(text, lang), spans, L) for text, lang, spans, L in rows]

    def predict(self, texts: Texts, langs: Texts, ratings: Ratings = None) -> np.ndarray:
        """The class of each comment: -1, 0 or 1."""
        leanings = self._leanings(len(texts), ratings)
        rows = zip(texts, langs, leanings, strict=True)
        signs = [self._polarity(_cues(text, lang), (), L).sign for text, lang, L in rows]
        return np.array(signs, dtype=int)

    def explain(self, text: str, lang: str, rating: float | None = None) -> Explanation:
        """What counted in ``text``, and what came of it."""
        [leaning] = self._leanings(1, None if rating is None else [rating])
        cues = _cues(text, lang)
        polarity = self._polarity(cues, SegmentSplitter().split(text), leaning)
        return Explanation(text, lang, leaning, self.prior, polarity, cues)

    def _leanings(self, total: int, ratings: Ratings) -> list[float | None]:
        """Each rating brought to -1..1, None without one."""
        if not hasattr(self, "scale_"):
            self.fit((), (), ratings)
        if ratings is None or self.scale_ is None:
            return [None] * total
        low, high = self.scale_
        scaled = np.clip(2 * (np.asarray(ratings, dtype=float) - low) / (high - low) - 1, -1, 1)
        return [float(value) if np.isfinite(value) else None for value in scaled]

    def _polarity(
        self, cues: list[Cue], spans: Iterable[Segment], leaning: float | None
    ) -> CommentPolarity:
        score = self._score(cues, leaning)
        segments = []
        for start, end in spans:
            inside = [cue for cue in cues if start <= cue.start < end]
            own = self._score(inside, leaning)
            segments.append(SegmentPolarity(start, end, own, _sign(own, self.neutral)))
        band = self.neutral_comment if leaning is None else self.neutral
        return CommentPolarity(score, _sign(score, band), segments)

    def _score(self, cues: list[Cue], leaning: float | None) -> float:
        good = sum(cue.weight for cue in cues if cue.weight > 0)
        bad = -sum(cue.weight for cue in cues if cue.weight < 0)
        weight = self.prior + good + bad
        return round((self.prior * (leaning or 0.0) + good - bad) / weight, 4) if weight else 0.0


def _cues(text: str, lang: str) -> list[Cue]:
    """What counts in ``text``; nothing in one that says nothing."""
    silent = len(text) <= LONGEST_NON_ANSWER and is_non_answer(text)
    if silent and not SIGN.search(text):
        return []
    return reader(lang).read(text)


def _sign(score: float, band: Band) -> int:
    low, high = band
    if score <= low:
        return NEGATIVE
    return POSITIVE if score > high else NEUTRAL
