"""The background work of analyses."""

import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import current_app

from consult.analysis.services.run import run
from consult.db import utc_now
from consult.jobs.services import Progress, handles

if TYPE_CHECKING:
    from consult.analysis.text.sentence_vectors import SentenceVectors

log = logging.getLogger(__name__)


@handles("analyze")
def analyze(arguments: dict[str, Any], progress: Progress) -> None:
    """Does the analysis whose database id is ``arguments["analysis_id"]``."""
    run(arguments["analysis_id"], progress, utc_now, _vectors())


def _vectors() -> "SentenceVectors | None":
    """The tier of the settings; a fault of it is logged in words, with how to mend it."""
    settings = current_app.config["SETTINGS"]
    if not settings.vectors and not settings.embeddings:
        return None
    from consult.analysis.text.sentence_vectors import SentenceVectorsError

    try:
        return _loaded(settings.vectors, settings.embeddings, settings.embeddings_languages)
    except SentenceVectorsError as error:
        log.error("CONSULT_VECTORS or CONSULT_EMBEDDINGS: %s", error)
        raise


@cache
def _loaded(table: str, model: str, languages: str) -> "SentenceVectors | None":
    from consult.analysis.text.sentence_vectors import chosen_vectors

    return chosen_vectors(table, model, languages)
