"""Before and after, compared: two shares, or two means, with an interval and a verdict."""

import enum
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from consult.feedback.scores.intervals import Points, difference_interval, pooled_mean
from consult.wilson import Interval, share_difference

#: Comments, or ratings, that each side needs: under that, an interval says nothing of use.
FEWEST = 30

#: Days after the improvement before anything is said: the first ones are those of its launch.
FEWEST_DAYS = 28


class Verdict(enum.StrEnum):
    """What can be said: it moved; it can't be told yet, and why; it can't be told here at all."""

    LOWER = "lower"
    HIGHER = "higher"
    UNSURE = "unsure"
    TOO_SOON = "too_soon"
    TOO_FEW = "too_few"
    NO_THEME = "no_theme"
    NO_SERVICE = "no_service"


@dataclass(frozen=True)
class Compared:
    """A figure on both sides: a share from 0 to 1, or a mean rating from 1 to 5.

    ``of_before`` and ``of_after`` are how many comments or ratings it is from; ``low`` and ``high``
    hold the difference, after less before, 95 times in 100. All but these counts are missing where
    the verdict is not of figures. ``source`` says where a share was read.
    """

    verdict: Verdict
    of_before: int = 0
    of_after: int = 0
    before: float | None = None
    after: float | None = None
    low: float | None = None
    high: float | None = None
    source: str = ""

    @property
    def difference(self) -> float | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Compared":
        return cls(**{**kept, "verdict": Verdict(kept["verdict"])})


def compare_shares(before: tuple[int, int], after: tuple[int, int], source: str = "") -> Compared:
    """Two shares, each as (comments of the theme, comments)."""
    sizes = before[1], after[1]
    if min(sizes) < FEWEST:
        return Compared(Verdict.TOO_FEW, *sizes, source=source)
    interval = share_difference(before, after)
    shares = before[0] / before[1], after[0] / after[1]
    return Compared(_verdict(interval), *sizes, *shares, *interval, source=source)


def compare_means(before: Points, after: Points) -> Compared:
    """Two means, each as how many gave each rating; the interval is drawn by the bootstrap."""
    sizes = sum(before.values()), sum(after.values())
    if min(sizes) < FEWEST:
        return Compared(Verdict.TOO_FEW, *sizes)
    interval = difference_interval(before, after)
    means = pooled_mean([before]), pooled_mean([after])
    return Compared(_verdict(interval), *sizes, *means, *interval)


def _verdict(interval: Interval) -> Verdict:
    if interval.high < 0:
        return Verdict.LOWER
    return Verdict.HIGHER if interval.low > 0 else Verdict.UNSURE
