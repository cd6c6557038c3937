"""How people found taking part: their answers to the last, optional question."""

from dataclasses import dataclass

from consult.surveys.results.counts import Counts

#: The steps that say satisfied, of five.
SATISFIED = ("4", "5")


@dataclass(frozen=True)
class Experience:
    """``satisfied`` of the ``base`` people who rated the consultation gave it 4 or 5 of 5."""

    satisfied: int
    base: int

    @property
    def share(self) -> float:
        return self.satisfied / self.base


def experience_of(counts: Counts) -> Experience | None:
    """The rating of the consultation itself; None when nobody rated it."""
    ratings = counts.experience()
    if not ratings.total():
        return None
    return Experience(sum(ratings[step] for step in SATISFIED), ratings.total())
