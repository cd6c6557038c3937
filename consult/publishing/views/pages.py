"""Home, privacy and accessibility."""

from flask import render_template

from consult.analysis.improvements.models import ImprovementState
from consult.analysis.improvements.reads import public_improvements
from consult.db import utc_now
from consult.i18n import bilingual_route
from consult.publishing.views.blueprint import bp
from consult.surveys import queries as consultations


@bilingual_route(bp, "/", "/")
def home() -> str:
    """What one can take part in, what changed because of it, and what came out."""
    now = utc_now()
    closed = consultations.closed_consultations(now, limit=12)
    return render_template(
        "publishing/home.html",
        now=now,
        open_now=consultations.open_consultations(now),
        coming=consultations.coming_consultations(now),
        improvements=public_improvements(state=ImprovementState.DONE, limit=3),
        with_results=[c for c in closed if c.results_published_at][:3],
    )


@bilingual_route(bp, "/confidentialite", "/privacy")
def privacy() -> str:
    return render_template("publishing/privacy.html")


@bilingual_route(bp, "/accessibilite", "/accessibility")
def accessibility() -> str:
    return render_template("publishing/accessibility.html")
