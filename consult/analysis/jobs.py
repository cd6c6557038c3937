"""The background work of analyses."""

from typing import Any

from consult.analysis.services.run import run
from consult.db import utc_now
from consult.jobs.services import Progress, handles


@handles("analyze")
def analyze(arguments: dict[str, Any], progress: Progress) -> None:
    """Does the analysis whose database id is ``arguments["analysis_id"]``."""
    run(arguments["analysis_id"], progress, utc_now)
