"""How favourable comments are, segment by segment, and why."""

from consult.analysis.text.polarity.reading import Cue
from consult.analysis.text.polarity.results import (
    NAMES,
    CommentPolarity,
    Explanation,
    SegmentPolarity,
)
from consult.analysis.text.polarity.scorer import PolarityScorer

__all__ = [
    "NAMES",
    "CommentPolarity",
    "Cue",
    "Explanation",
    "PolarityScorer",
    "SegmentPolarity",
]
