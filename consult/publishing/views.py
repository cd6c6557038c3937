"""The public's pages: home, "You said, we did", privacy and accessibility."""

from flask import Blueprint, Flask, abort, render_template

from consult.analysis.improvements.models import ImprovementState
from consult.analysis.improvements.reads import public_improvements
from consult.db import utc_now
from consult.feedback.queries.asking import public_services
from consult.i18n import bilingual_route
from consult.organizations.queries import service_by_slug
from consult.publishing import models  # noqa: F401 (its tables are known to migrations)
from consult.surveys import queries as consultations

bp = Blueprint("publishing", __name__, template_folder="templates")


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


@bilingual_route(bp, "/vous-avez-dit-nous-avons-fait", "/you-said-we-did")
@bilingual_route(bp, "/vous-avez-dit-nous-avons-fait/<slug>", "/you-said-we-did/<slug>")
def you_said(slug: str | None = None) -> str:
    """What was done, or declined and why; of every service or of one."""
    service = (service_by_slug(slug) or abort(404)) if slug else None
    return render_template(
        "publishing/you_said.html",
        service=service,
        improvements=public_improvements(service),
        public_services=public_services(service),
    )


@bilingual_route(bp, "/confidentialite", "/privacy")
def privacy() -> str:
    return render_template("publishing/privacy.html")


@bilingual_route(bp, "/accessibilite", "/accessibility")
def accessibility() -> str:
    return render_template("publishing/accessibility.html")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
