"""The background work of signals."""

from typing import Any

from consult.db import utc_now
from consult.jobs.services import Progress, handles
from consult.surveys.signals.finding import find_signals
from consult.surveys.signals.reading import FIND_SIGNALS


@handles(FIND_SIGNALS)
def find(arguments: dict[str, Any], progress: Progress) -> None:
    """Looks in the consultation with the id ``arguments["consultation_id"]``."""
    find_signals(arguments["consultation_id"], progress, utc_now())
