"""What is said of the polarity of a comment."""

from dataclasses import dataclass
from typing import NamedTuple

from consult.analysis.text.polarity.reading import Cue

NEGATIVE, NEUTRAL, POSITIVE = -1, 0, 1
#: The classes by name.
NAMES = {NEGATIVE: "negative", NEUTRAL: "neutral", POSITIVE: "positive"}


class SegmentPolarity(NamedTuple):
    """The polarity of ``text[start:end]``: its score, -1 to 1, and its class, -1, 0 or 1."""

    start: int
    end: int
    score: float
    sign: int


class CommentPolarity(NamedTuple):
    """The polarity of a comment, and of each of its segments."""

    score: float
    sign: int
    segments: list[SegmentPolarity]


@dataclass(frozen=True)
class Explanation:
    """Why a comment has its polarity: what counted, in order, with places in ``text``.

    ``rating`` is the rating brought to -1..1, None without one. The score can be worked out again
    from ``prior`` and the weights of ``cues`` (see PolarityScorer).
    """

    text: str
    lang: str
    rating: float | None
    prior: float
    polarity: CommentPolarity
    cues: list[Cue]
