"""One's own answers, once sent: see, correct, withdraw, until the closing."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as WebResponse

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.surveys.models import Consultation, Response
from consult.surveys.services.outcomes import outcome_with
from consult.surveys.services.respond import abandon_correction, begin_correction
from consult.surveys.services.withdraw import withdraw
from consult.surveys.views.blueprint import bp
from consult.surveys.views.draft import forget, own_response
from consult.surveys.views.question_page import page_context
from consult.surveys.views.steps import joined_consultation, to_check, to_receipt


def _none_here(consultation: Consultation) -> WebResponse:
    flash(_("This device holds no answers to this consultation. Enter your receipt code."))
    return redirect(url_for("surveys.verify"), code=303)


def _submitted(consultation: Consultation, *, lock: bool = False) -> Response | None:
    response = own_response(consultation, lock=lock)
    return response if response and response.is_submitted else None


@bilingual_route(bp, "/consultations/<slug>/mes-reponses", "/consultations/<slug>/my-answers")
def my_answers(slug: str) -> str | WebResponse:
    """What was sent, as it counts."""
    consultation = joined_consultation(slug)
    response = _submitted(consultation)
    if response is None:
        return _none_here(consultation)
    outcome = outcome_with(response.version, response.answers, utc_now())
    return render_template(
        "surveys/my_answers.html",
        consultation=consultation,
        response=response,
        context=page_context(response.version, outcome, response),
        may_change=utc_now() < consultation.closes_at,
    )


@bilingual_route(
    bp,
    "/consultations/<slug>/correction",
    "/consultations/<slug>/correction",
    methods=["POST"],
)
def correct(slug: str) -> WebResponse:
    """Begins to correct, or abandons it (field ``abandon``)."""
    consultation = joined_consultation(slug)
    response = _submitted(consultation, lock=True)
    if response is None:
        return _none_here(consultation)
    if "abandon" in request.form:
        abandon_correction(response, utc_now())
        db.session.commit()
        flash(_("The correction is abandoned. What you had sent counts."))
        return to_receipt(consultation)
    begin_correction(response, utc_now())
    db.session.commit()
    return to_check(consultation)


@bilingual_route(
    bp,
    "/consultations/<slug>/retrait",
    "/consultations/<slug>/withdrawal",
    methods=["GET", "POST"],
)
def withdraw_answers(slug: str) -> str | WebResponse:
    """Says what is erased, then, once confirmed, erases it."""
    consultation = joined_consultation(slug)
    response = own_response(consultation, lock=request.method == "POST")
    if response is None:
        return _none_here(consultation)
    if request.method != "POST":
        return render_template(
            "surveys/withdraw.html", consultation=consultation, response=response
        )
    was_sent = response.is_submitted
    withdraw(response, utc_now())
    db.session.commit()
    forget(consultation)
    flash(
        _("Your answers are withdrawn and erased. They do not count.")
        if was_sent
        else _("What you wrote is erased.")
    )
    return redirect(url_for("surveys.consultation", slug=slug), code=303)
