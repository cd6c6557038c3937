"""The background work of consultations: counts of many answers, and what is not to be kept."""

import logging
from typing import Any

from consult.db import db, utc_now
from consult.jobs import queue, services
from consult.jobs.services import Progress, handles
from consult.surveys.results.keeping import COUNT_ANSWERS, recount, stale_consultations
from consult.surveys.services.invitations import scatter
from consult.surveys.services.withdraw import purge

log = logging.getLogger(__name__)


@handles(COUNT_ANSWERS)
def count_answers(arguments: dict[str, Any], progress: Progress) -> None:
    """Counts the answers of the consultation with the id ``arguments["consultation_id"]``."""
    recount(arguments["consultation_id"], progress, utc_now())


def count_what_changed() -> None:
    """Asks for a count of each consultation with many answers that changed; once a minute."""
    stale = stale_consultations()
    jobs = [services.submit(COUNT_ANSWERS, {"consultation_id": id_}) for id_ in stale]
    db.session.commit()
    for job in jobs:
        queue.announce(job)


def erase_unsent() -> None:
    """Erases what people began and never sent, once it is old, and a trace of use; every night."""
    if erased := purge(utc_now()):
        log.info("%s responses begun and never sent were erased", erased)
    scatter(utc_now())
    db.session.commit()
