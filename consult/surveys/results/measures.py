"""Numbers and rankings, summed up."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from consult.questionnaires import Text
from consult.suppression import THRESHOLD
from consult.surveys.results.asked import Asked
from consult.surveys.results.counts import Counts, Filters


@dataclass(frozen=True)
class Measures:
    """The numbers people gave; ``quartiles`` are the first, the median and the third."""

    mean: float
    deviation: float | None
    quartiles: tuple[float, float, float]
    tells_quartiles: bool = True

    def without_the_few(self, count: int) -> "Measures":
        """As it may be published: quartiles only when each quarter holds ``THRESHOLD`` people."""
        return replace(self, tells_quartiles=count >= 4 * THRESHOLD)


def measures(counts: Counts, question: str, filters: Filters) -> Measures | None:
    """What the numbers given to a question come to; None when nobody gave one."""
    moments = counts.moments(question, filters)
    if not moments.count:
        return None
    histogram = {float(value): n for value, n in counts.choices(question, filters).items() if n}
    low, median, high = (quantile(histogram, share) for share in (0.25, 0.5, 0.75))
    return Measures(moments.mean, moments.deviation, (low, median, high))


def quantile(histogram: Mapping[float, int], share: float) -> float:
    """The value under which ``share`` (0 to 1) of the numbers lie, between neighbours by line.

    Definition 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (1996), the usual
    one of spreadsheets.
    """
    last = sum(histogram.values()) - 1
    place = last * share
    below, above = _value_at(histogram, int(place)), _value_at(histogram, min(int(place) + 1, last))
    return below + (above - below) * (place - int(place))


def _value_at(histogram: Mapping[float, int], place: int) -> float:
    """The number at a place, from 0, of all the numbers in order."""
    passed = 0
    for value in sorted(histogram):
        passed += histogram[value]
        if passed > place:
            return value
    raise ValueError("no number has this place")


@dataclass(frozen=True)
class Placed:
    """One choice of a ranking.

    ``first`` is how many put it first, ``share`` their share (0 to 1) of who ranked anything, both
    None when hidden; ``mean`` is its mean place among the ``ranked`` who ranked it.
    """

    name: str
    label: Text
    first: int | None
    share: float | None
    ranked: int
    mean: float | None


@dataclass(frozen=True)
class Places:
    """The choices of a ranking, the best mean place first."""

    choices: tuple[Placed, ...]

    def without(self, hidden: Collection[str], *, means: bool) -> "Places":
        """The same without the counts of the choices in ``hidden``, or without the mean places."""
        return Places(
            tuple(
                replace(
                    choice,
                    first=None if choice.name in hidden else choice.first,
                    share=None if choice.name in hidden else choice.share,
                    mean=choice.mean if means and choice.ranked >= THRESHOLD else None,
                )
                for choice in self.choices
            )
        )


def places(counts: Counts, one: Asked, filters: Filters) -> Places:
    """How people ranked the choices of a question."""
    base, given = counts.answered(one.name, filters), place_counts(counts, one.name, filters)
    found = []
    for option in one.options:
        at = given.get(option.name, Counter())
        ranked, first = at.total(), at[1]
        mean = sum(place * n for place, n in at.items()) / ranked if ranked else None
        share = first / base if base else None
        found.append(Placed(option.name, option.label, first, share, ranked, mean))
    return Places(tuple(sorted(found, key=lambda one: (one.mean is None, one.mean or 0.0))))


def place_counts(counts: Counts, question: str, filters: Filters) -> dict[str, Counter[int]]:
    """For each choice, how many put it at each place (from 1)."""
    found: dict[str, Counter[int]] = {}
    for key, count in counts.choices(question, filters).items():
        choice, place = key.rsplit(" ", 1)
        found.setdefault(choice, Counter())[int(place)] += count
    return found
