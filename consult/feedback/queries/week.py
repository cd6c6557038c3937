"""What a week brought to a service, as its digest tells it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from consult.config import QUEBEC_TIME
from consult.feedback.models import Alert
from consult.feedback.queries.alerts import (
    Words,
    alerts_since,
    answers_between,
    waiting_review,
    words_between,
)
from consult.feedback.queries.score_counts import Filters, counts_by_day
from consult.feedback.scores import FLOOR, Counts, Figure, Interval, Measure
from consult.feedback.scores.intervals import difference_interval
from consult.feedback.scores.report import main_measure
from consult.organizations.models import Service

#: Weeks that the digest's week is compared to.
BEFORE = 4


@dataclass(frozen=True)
class Week:
    """From Monday ``start`` to before Monday ``end``, at midnight in Québec.

    ``figure`` is None when nothing was answered that can be measured. ``difference`` is the
    interval of the week less the ``BEFORE`` weeks before, None when either has too few answers.
    """

    start: datetime
    end: datetime
    answers: int
    answers_before: int
    figure: Figure | None
    difference: Interval | None
    comments: Sequence[Words]
    alerts: Sequence[Alert]
    held: int

    @property
    def says_something(self) -> bool:
        return bool(self.answers or self.alerts or self.held)


def week_before(service: Service, moment: datetime) -> Week:
    """The whole week before that of ``moment``."""
    local = moment.astimezone(ZoneInfo(QUEBEC_TIME))
    monday = local.replace(hour=0, minute=0, second=0, microsecond=0)
    end = monday - timedelta(days=local.weekday())
    start = end - timedelta(weeks=1)  # of the calendar: the clock may have changed
    return Week(
        start=start,
        end=end,
        answers=answers_between(service, start, end),
        answers_before=answers_between(service, start - timedelta(weeks=1), start),
        **_figures(service, start, end),
        comments=words_between(service, start, end),
        alerts=alerts_since(service, start, end),
        held=waiting_review(service),
    )


def _figures(service: Service, start: datetime, end: datetime) -> dict[str, Any]:
    """The week's main figure, and its difference from the ``BEFORE`` weeks before."""
    last = end.date() - timedelta(days=1)
    first = start.date() - timedelta(weeks=BEFORE)
    counts = counts_by_day(service, Filters(first=first, last=last))
    measure = main_measure(counts)
    if measure is None:
        return {"figure": None, "difference": None}
    weeks = counts.parts(lambda cell: cell.day >= start.date())
    now, before = weeks.get(True, Counts([])), weeks.get(False, Counts([]))
    points, earlier = (_points(part, measure) for part in (now, before))
    difference = None
    if min(points.total(), earlier.total()) >= FLOOR:
        difference = difference_interval(earlier, points)
    return {"figure": now.figure(measure), "difference": difference}


def _points(counts: Counts, measure: Measure) -> Counter[float]:
    found: Counter[float] = Counter()
    for tally in counts.strata(measure.question):
        found.update(measure.points_of(tally))
    return found
