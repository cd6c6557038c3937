"""One pass over the responses: what is kept of each to find those that belong together."""

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from consult.questionnaires import Answer
from consult.surveys.models import Channel
from consult.surveys.signals.bursts import WINDOW
from consult.surveys.signals.texts import BANDS, SHORTEST, bands, plain, shingles


class Scan:
    """Some 170 bytes per response; their places are the order in which they were added.

    Args:
        open_names: the questions answered in one's own words.
    """

    def __init__(self, open_names: Collection[str]) -> None:
        self._open = frozenset(open_names)
        self.ids = array("q")
        self.times = array("q")
        self.marks = array("Q")
        self.closed = array("Q")
        self.bands = [array("Q") for _band in range(BANDS)]
        self.windows: Counter[int] = Counter()
        self._online = array("b")

    def add(
        self,
        id_: int,
        submitted_at: datetime,
        channel: Channel,
        mark: str | None,
        answers: Mapping[str, Answer],
    ) -> None:
        """Takes a response in; what staff entered and files brought has no time of its own."""
        seconds = int(submitted_at.timestamp())
        self.ids.append(id_)
        self.times.append(seconds)
        self.marks.append(int(mark[:16], 16) if mark else 0)
        self.closed.append(self._closed_hash(answers))
        self._online.append(channel is Channel.WEB)
        if channel is Channel.WEB:
            self.windows[seconds // WINDOW] += 1
        text = self.text(answers)
        values = bands(shingles(text)) if len(text) >= SHORTEST else (0,) * BANDS
        for band, value in zip(self.bands, values, strict=True):
            band.append(value)

    def text(self, answers: Mapping[str, Answer]) -> str:
        """All that a person wrote in their own words, plain."""
        written = (str(answers[name]) for name in sorted(self._open & answers.keys()))
        return plain(" ".join(written))

    def share_a_band(self, one: int, other: int) -> bool:
        """True of texts that may be nearly the same."""
        return any(band[one] == band[other] != 0 for band in self.bands)

    def during(self, start: int, end: int) -> list[int]:
        """The places of what came in online from ``start`` to ``end`` (seconds since 1970)."""
        places = range(len(self.times))
        return [p for p in places if self._online[p] and start <= self.times[p] < end]

    def _closed_hash(self, answers: Mapping[str, Answer]) -> int:
        closed = sorted((name, a) for name, a in answers.items() if name not in self._open)
        digest = hashlib.blake2b(json.dumps(closed).encode(), digest_size=8).digest()
        return int.from_bytes(digest)
