"""The background work of analyses and codeframes."""

import logging
from typing import Any

from flask import Flask

from consult.analysis.codeframes import placing, proposing
from consult.analysis.improvements.measuring import measure_after
from consult.analysis.report import pruning
from consult.analysis.services.run import run
from consult.analysis.tier import vectors_of_settings
from consult.db import db, utc_now
from consult.errors import without_words
from consult.jobs import queue
from consult.jobs.services import Progress, handles

log = logging.getLogger(__name__)


log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Has the worker of ``app`` place new comments in the codeframes, every minute, and forget
    erased ones, every night."""
    queue.every_minute(app, "consult.place_comments", place_what_came)
    queue.every_night(app, "consult.prune_reports", prune_reports)


def prune_reports() -> None:
    """Takes what told erased comments out of the reports."""
    if pruned := pruning.prune():
        log.info("erased comments were taken out of %s reports", pruned)


def place_what_came() -> None:
    """Asks for the placing of comments in each codeframe that has new ones."""
    asked = placing.due(utc_now())
    db.session.commit()
    for job in asked:
        queue.announce(job)


@handles("analyze")
def analyze(arguments: dict[str, Any], progress: Progress) -> None:
    """Does the analysis whose database id is ``arguments["analysis_id"]``.

    What the improvements of its service came to is then measured; a report never waits for that.
    """
    analysis_id = arguments["analysis_id"]
    run(analysis_id, progress, utc_now, vectors_of_settings())
    try:
        with db.session.begin_nested():
            measure_after(analysis_id, utc_now())
    except Exception as error:
        log.error("improvements after analysis %s: %s", analysis_id, without_words(error))


@handles(placing.PLACE_COMMENTS)
def place_comments(arguments: dict[str, Any], progress: Progress) -> None:
    """Places the comments of the codeframe with the id ``arguments["codeframe_id"]``."""
    placing.place_comments(arguments["codeframe_id"], progress, utc_now)


@handles(proposing.PROPOSE_THEMES)
def propose_themes(arguments: dict[str, Any], progress: Progress) -> None:
    """Finds the groups of the proposal with the id ``arguments["proposal_id"]``."""
    proposing.find(arguments["proposal_id"], progress, utc_now)
