"""What everyone may read of a service's scores, worked out once for all who ask.

Working it out takes seconds of a processor when there are many answers, and anyone may ask without
signing in. What was found is kept in the process while nothing that it counts has changed.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app

from consult.config import QUEBEC_TIME
from consult.feedback.channels import CHANNELS
from consult.feedback.models import FeedbackSettings
from consult.feedback.queries import score_counts
from consult.feedback.scores.counts import Counts
from consult.feedback.scores.measures import Figure
from consult.feedback.scores.report import Report, main_measure, publishable, report
from consult.organizations.models import Service

#: What the public page is told by.
DIMENSIONS = ("lang", "channel", "quarter")

#: Results kept at most, and for how many seconds.
MOST, KEPT_SECONDS = 64, 3_600.0


@dataclass
class _Entry:
    """One result, and the state of things it was worked out from; whoever works it out holds it."""

    turn: Lock = field(default_factory=Lock)
    state: Hashable = None
    since: float = 0.0
    found: Any = None


class Kept:
    """The latest results by key, the one asked for longest ago given up first; safe in threads."""

    def __init__(self) -> None:
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, state: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make`` gives, called once while ``state`` stays equal; what it raises is not kept.

        Those who ask for one key meanwhile wait for it; those who ask for another do not.
        """
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            if len(self._entries) > MOST:
                self._entries.popitem(last=False)
        with entry.turn:
            if entry.state != state or monotonic() - entry.since > KEPT_SECONDS:
                entry.found = make()
                entry.state, entry.since = state, monotonic()
            return entry.found


def public_report(service: Service, settings: FeedbackSettings, now: datetime) -> Report:
    """What everyone may read at ``now``: whole weeks that are over, no small group."""

    def make() -> Report:
        return report(_publishable(service, now), dimensions=DIMENSIONS)

    found: Report = _kept().get(("report", service.key), _state(service, settings, now), make)
    return found


def public_figure(service: Service, settings: FeedbackSettings, now: datetime) -> Figure | None:
    """The main figure of ``public_report``, without the rest; None when there is none."""

    def make() -> Figure | None:
        counts = _publishable(service, now)
        measure = main_measure(counts)
        return counts.figure(measure) if measure else None

    found: Figure | None = _kept().get(
        ("figure", service.key), _state(service, settings, now), make
    )
    return found


def _kept() -> Kept:
    found: Kept = current_app.extensions.setdefault("published_scores", Kept())
    return found


def _state(service: Service, settings: FeedbackSettings, now: datetime) -> Hashable:
    """All that the result depends on. Answers of the week that runs are not public yet."""
    monday = _monday(now)
    mark = score_counts.mark_before(service, monday)
    return monday, settings.changed_at, tuple(service.channels), mark


def _today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(QUEBEC_TIME)).date()


def _monday(now: datetime) -> date:
    return _today(now) - timedelta(days=_today(now).weekday())


def _publishable(service: Service, now: datetime) -> Counts:
    counts = score_counts.counts_by_day(
        service, score_counts.Filters(last=_monday(now) - timedelta(days=1))
    )
    known = CHANNELS.keys() | set(service.channels)
    # Anyone may send any word as a channel: the public page repeats none that nobody here chose.
    cells = [c if c.channel in known else c._replace(channel="other") for c in counts.cells]
    return publishable(Counts(cells), _today(now))
