"""The list of consultations, and the page of one."""

from datetime import datetime

from flask import render_template, url_for

from consult.addresses import asked_page
from consult.db import utc_now
from consult.i18n import bilingual_route
from consult.quebec_time import quebec_day
from consult.surveys import queries
from consult.surveys.models import Consultation, Response
from consult.surveys.preparation.reads import preparation_of
from consult.surveys.services.respond import takes_answers
from consult.surveys.views.blueprint import bp
from consult.surveys.views.draft import own_response
from consult.surveys.views.steps import first_to_fill, joined_consultation, link_codes, page_address


@bilingual_route(bp, "/consultations", "/consultations")
def consultations() -> str:
    """Every public consultation: open, coming, closed."""
    now = utc_now()
    return render_template(
        "surveys/consultations.html",
        now=now,
        open_now=queries.open_consultations(now),
        coming=queries.coming_consultations(now),
        closed=queries.closed_page(now, asked_page()),
    )


@bilingual_route(bp, "/consultations/<slug>", "/consultations/<slug>")
def consultation(slug: str) -> str:
    """What is asked, why, what it can change, when, who decides; and the way in."""
    shown = joined_consultation(slug)
    now = utc_now()
    response = own_response(shown)
    return render_template(
        "surveys/consultation.html",
        consultation=shown,
        state=shown.state(now),
        now=now,
        response=response,
        may_finish=response is not None and takes_answers(shown, now, response.started_at),
        way_in=_way_in(shown, response, now),
        preparation=preparation_of(shown),
        today=quebec_day(now),
    )


def _way_in(consultation: Consultation, response: Response | None, now: datetime) -> str:
    """The address where the person begins or goes on; the link's codes stay with it."""
    if response is None or response.draft is None:
        return page_address(consultation, 1, link_codes(consultation.version))
    page = first_to_fill(response, now)
    if page is None:
        return url_for("surveys.check", slug=consultation.slug)
    return page_address(consultation, page)
