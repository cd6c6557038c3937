"""How long a piece of work will still take, told only when it can be known."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from consult.catalogues import translations_for

if TYPE_CHECKING:
    from consult.jobs.models import Job

#: Less than this share done, or these seconds taken, tell nothing yet.
LEAST_SHARE, LEAST_SECONDS = 0.05, 3.0

#: Marks a message for the catalogue.
_ = str


def seconds_left(share: float, took: float, since: float = 0.0) -> float | None:
    """Seconds left of work of which ``share`` was done after ``took`` seconds.

    ``since`` is how long ago that was. The work is taken to go on at the pace it had, so between
    two reports the answer only falls: ``took * (1 - share) / share - since``. None where too
    little is done to tell, or where the work already takes longer than its pace promised.
    """
    if took < LEAST_SECONDS or not LEAST_SHARE <= share < 1:
        return None
    left = took * (1 - share) / share - since
    return left if left > 0 else None


def seconds_left_of(job: Job, now: datetime) -> float | None:
    """The same of a job that a worker is doing."""
    if job.started_at is None or job.reported_at is None:
        return None
    took, since = job.reported_at - job.started_at, now - job.reported_at
    return seconds_left(job.progress, took.total_seconds(), since.total_seconds())


def time_left_words(seconds: float, lang: str) -> str:
    """``about 2 minutes left``, in ``lang`` ('fr' or 'en'); never more exact than it can be."""
    words = translations_for(lang)
    if seconds < 50:
        return str(words.gettext(_("less than a minute left")))
    minutes = round(seconds / 60)
    if minutes < 55:
        text = words.ngettext(
            "about %(num)d minute left", "about %(num)d minutes left", max(minutes, 1)
        )
        return str(text) % {"num": max(minutes, 1)}
    hours = max(round(seconds / 3600), 1)
    text = words.ngettext("about %(num)d hour left", "about %(num)d hours left", hours)
    return str(text) % {"num": hours}
