"""How people found taking part: their answers to the last, optional question."""

from dataclasses import dataclass

from consult.suppression import THRESHOLD
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
    """The rating of the consultation itself; None until ``THRESHOLD`` people gave one."""
    ratings = counts.experience()
    if ratings.total() < THRESHOLD:
        return None
    return Experience(sum(ratings[step] for step in SATISFIED), ratings.total())


def public_experience(counts: Counts) -> Experience | None:
    """The same, told only when enough people are satisfied and enough are not."""
    found = experience_of(counts)
    if found is None or min(found.satisfied, found.base - found.satisfied) < THRESHOLD:
        return None
    return found
