"""The list of consultations, and the page of one."""

from flask import render_template

from consult.db import utc_now
from consult.i18n import bilingual_route
from consult.surveys import queries
from consult.surveys.views.blueprint import bp, published_consultation
from consult.surveys.views.draft import own_response


@bilingual_route(bp, "/consultations", "/consultations")
def consultations() -> str:
    """Every public consultation: open, coming, closed."""
    now = utc_now()
    return render_template(
        "surveys/consultations.html",
        now=now,
        open_now=queries.open_consultations(now),
        coming=queries.coming_consultations(now),
        closed=queries.closed_consultations(now),
    )


@bilingual_route(bp, "/consultations/<slug>", "/consultations/<slug>")
def consultation(slug: str) -> str:
    """What is asked, why, what it can change, when, who decides; and the way in."""
    shown = published_consultation(slug)
    now = utc_now()
    return render_template(
        "surveys/consultation.html",
        consultation=shown,
        state=shown.state(now),
        now=now,
        response=own_response(shown),
    )
