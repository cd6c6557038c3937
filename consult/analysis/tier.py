"""The language model that the settings give to analyses, if they give one."""

import logging
from functools import cache
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from consult.analysis.text.sentence_vectors import SentenceVectors

log = logging.getLogger(__name__)


def vectors_of_settings() -> "SentenceVectors | None":
    """The tier of the settings, read once per process.

    Raises:
        SentenceVectorsError: it cannot be had; the log says why and what to do.
    """
    settings = current_app.config["SETTINGS"]
    if not settings.vectors and not settings.embeddings:
        return None
    from consult.analysis.text.sentence_vectors import SentenceVectorsError

    try:
        return _loaded(settings.vectors, settings.embeddings, settings.model_languages)
    except SentenceVectorsError as error:
        log.error("CONSULT_VECTORS or CONSULT_EMBEDDINGS: %s", error)
        raise


@cache
def _loaded(table: str, model: str, languages: str) -> "SentenceVectors | None":
    from consult.analysis.text.sentence_vectors import chosen_vectors

    return chosen_vectors(table, model, languages)
