"""The public results of a closed consultation."""

from flask import abort, render_template

from consult.db import utc_now
from consult.i18n import bilingual_route
from consult.surveys.queries import response_count
from consult.surveys.suppression import THRESHOLD
from consult.surveys.tallies import tallies
from consult.surveys.views.blueprint import bp, published_consultation


@bilingual_route(bp, "/consultations/<slug>/resultats", "/consultations/<slug>/results")
def results(slug: str) -> str:
    """How many answered, and what they chose; what they wrote is not shown."""
    consultation = published_consultation(slug)
    if not consultation.shows_results(utc_now()):
        abort(404)
    return render_template(
        "surveys/results.html",
        consultation=consultation,
        responses=response_count(consultation),
        tallies=tallies(consultation),
        threshold=THRESHOLD,
    )
