"""A target as its page tells it: the fraction, the distance, the history as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import LazyString, gettext

from consult.targets.definitions import TARGETS, Definition
from consult.targets.percents import percent
from consult.targets.queries.figures import Entry, Figure
from consult.targets.queries.history import Kept
from consult.targets.words import NAMES, distance, fraction, month_words

#: The heights at which the picture of a history has a line, in percent.
LINES = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class ToldTarget:
    """One target on a day: ``first`` are the first entries of its list, ``kept`` its history."""

    definition: Definition
    day: date
    figure: Figure
    first: Sequence[Entry] = ()
    kept: Sequence[Kept] = ()

    @property
    def number(self) -> int:
        """Its place among the three, from 1."""
        return TARGETS.index(self.definition.target) + 1

    @property
    def name(self) -> LazyString:
        return NAMES[self.definition.target]

    @property
    def fraction(self) -> str:
        return fraction(self.figure)

    @property
    def percent(self) -> str:
        share = self.figure.share
        return "" if share is None else percent(share)

    @property
    def distance(self) -> str:
        return distance(self.definition.target, self.figure)

    @property
    def finding(self) -> str:
        """What the history tells, in a line; '' while there is nothing to compare."""
        if not self.kept or self.figure.share is None:
            return ""
        first, now = self.kept[0], self.percent
        before = percent(first.figure.share or 0.0)
        month = month_words(first.month)
        if before == now:
            return str(gettext("%(share)s today, as in %(month)s", share=now, month=month))
        return str(
            gettext(
                "From %(before)s in %(month)s to %(share)s today",
                before=before,
                month=month,
                share=now,
            )
        )

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The history, oldest first, and today at the end."""
        rows = [self._row(month_words(one.month), one.figure, one.version) for one in self.kept]
        if self.figure.total:
            rows.append(self._row(gettext("Today"), self.figure, self.definition.number))
        return rows

    @property
    def points(self) -> list[dict[str, float]]:
        """The history as the points of a line; each month has its place, and today its own."""
        months = [one.month.year * 12 + one.month.month for one in self.kept]
        shares = [one.figure.share or 0.0 for one in self.kept]
        if self.figure.share is not None:
            months.append(self.day.year * 12 + self.day.month)
            shares.append(self.figure.share)
        if not months:
            return []
        span = (months[-1] - months[0]) or 1
        return [
            {"at": (month - months[0]) / span, "value": share, "low": share, "high": share}
            for month, share in zip(months, shares, strict=True)
        ]

    @property
    def ticks(self) -> list[dict[str, Any]]:
        return [{"at": line / 100, "text": percent(line / 100)} for line in LINES]

    @staticmethod
    def _row(when: str, figure: Figure, version: int) -> dict[str, Any]:
        share = figure.share
        return {
            "when": when,
            "fraction": fraction(figure),
            "percent": "" if share is None else percent(share),
            "version": version,
        }
