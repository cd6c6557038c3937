"""Counting answers in one pass, in memory that does not grow with their number.

The counts are kept by *cell*: the version, language, channel and region of a response. So a filter
adds up some cells instead of reading the answers again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from consult.config import QUEBEC_TIME
from consult.questionnaires import Answer
from consult.surveys.results.asked import Kind
from consult.surveys.results.moments import Moments

#: The key of how many answered, beside the keys of their answers; of a consent, how many could.
BASE = ""

#: Version number, language, channel, region (empty when not told).
Cell = tuple[int, str, str, str]

_QUEBEC = ZoneInfo(QUEBEC_TIME)


class Counting:
    """Takes responses one by one; ``as_json`` is what ``Counts`` reads.

    Args:
        kinds: version number to question name to its kind.
        region: the question that tells the region, if any.
    """

    def __init__(self, kinds: Mapping[int, Mapping[str, Kind]], region: str | None) -> None:
        self._kinds = kinds
        self._consents = {
            version: [name for name, kind in known.items() if kind == "consent"]
            for version, known in kinds.items()
        }
        self._region = region
        self._cells: dict[Cell, int] = {}
        self._answers: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
        self._moments: dict[tuple[str, int], Moments] = defaultdict(Moments)
        self._days: Counter[str] = Counter()

    def add(
        self,
        version: int,
        lang: str,
        channel: str,
        submitted_at: datetime,
        experience: int | None,
        answers: Mapping[str, Answer],
    ) -> None:
        """Counts one response; ``experience`` is the rating of the consultation itself, 1 to 5."""
        region = str(answers.get(self._region, "")) if self._region else ""
        key = (version, lang, channel, region)
        cell = self._cells.setdefault(key, len(self._cells))
        self._days[submitted_at.astimezone(_QUEBEC).date().isoformat()] += 1
        self._count("*responses", cell, ())
        if experience is not None:
            self._count("*experience", cell, (str(experience),))
        for name in self._consents[version]:
            self._count(name, cell, (str(answers[name]),) if name in answers else ())
        kinds = self._kinds[version]
        for name, answer in answers.items():
            kind = kinds.get(name)
            if kind == "choices":
                chosen = answer if isinstance(answer, list) else (str(answer),)
                self._count(name, cell, chosen)
            elif kind and kind != "consent":
                self._measure(name, kind, cell, answer)

    def _count(self, name: str, cell: int, keys: Iterable[str]) -> None:
        counter = self._answers[name]
        counter[BASE, cell] += 1
        for key in keys:
            counter[key, cell] += 1

    def _measure(self, name: str, kind: Kind, cell: int, answer: Answer) -> None:
        if kind == "ranking" and isinstance(answer, list):
            self._count(name, cell, (f"{choice} {at}" for at, choice in enumerate(answer, 1)))
        elif kind == "number":
            value = float(str(answer))
            self._count(name, cell, (_rounded(value),))
            self._moments[name, cell].add(value)
        elif kind == "open":
            self._count(name, cell, ())

    def as_json(self) -> dict[str, Any]:
        """The counts as plain data: for each question and key, pairs of a cell and a count."""
        answers: dict[str, dict[str, list[list[int]]]] = {}
        for name, counter in self._answers.items():
            kept = answers.setdefault(name, {})
            for (key, cell), count in counter.items():
                kept.setdefault(key, []).append([cell, count])
        moments: dict[str, list[list[float]]] = defaultdict(list)
        for (name, cell), moment in self._moments.items():
            moments[name].append([cell, *moment.as_list()])
        return {
            "cells": [list(cell) for cell in self._cells],
            "answers": answers,
            "moments": dict(moments),
            "days": dict(sorted(self._days.items())),
        }


def _rounded(value: float) -> str:
    """A value as the histogram keeps it: whole numbers under 10,000 as they are, else 3 digits.

    So the histogram stays small whatever people type; quartiles read from it are within 0.5%.
    """
    exact = value.is_integer() and abs(value) < 10_000
    return str(int(value)) if exact else f"{value:.3g}"
