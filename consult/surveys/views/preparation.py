"""How a consultation was prepared: what editors fill in, and what everyone reads."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.db import db, utc_now
from consult.form_fields import SeenForm
from consult.i18n import bilingual_route
from consult.organizations.permissions import can_edit_consultations, require
from consult.quebec_time import quebec_day
from consult.surveys.forms.preparation import PreparationForm, ReportGivenForm, values_of
from consult.surveys.models import Consultation
from consult.surveys.preparation.changing import held_preparation, prepare, say_report_given
from consult.surveys.preparation.principles import PRINCIPLES, preparation_gaps, text_of
from consult.surveys.preparation.reads import preparation_of
from consult.surveys.views.blueprint import (
    actor,
    bp,
    published_consultation,
    readable_consultation,
)

Page = str | WebResponse | tuple[str, int]


@bilingual_route(bp, "/consultations/<slug>/preparation", "/consultations/<slug>/preparation")
def preparation(slug: str) -> str:
    """What a public body wrote of its preparation, and its promise to report back."""
    consultation = published_consultation(slug)
    shown = preparation_of(consultation) or abort(404)
    return render_template(
        "surveys/preparation.html",
        consultation=consultation,
        preparation=shown,
        today=quebec_day(utc_now()),
        told=[(one, text_of(one, consultation, shown)) for one in PRINCIPLES],
    )


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/preparation",
    "/staff/consultations/<slug>/preparation",
    methods=["GET", "POST"],
)
@login_required
def prepare_well(slug: str) -> Page:
    """The checklist of a consultation; what is missing is told, and stops nothing."""
    consultation = _editable(slug)
    known = preparation_of(consultation)
    form = PreparationForm(data=values_of(known))
    form.remember(values_of(known))
    if form.validate_on_submit() and not _is_outdated(form, consultation):
        now = utc_now()
        prepare(actor(), consultation, form.prepared(), quebec_day(now), now)
        db.session.commit()
        flash(_("The preparation is saved."))
        return redirect(url_for(".prepare_well", slug=slug), code=303)
    page = render_template(
        "surveys/prepare_well.html",
        consultation=consultation,
        preparation=known,
        principles=[(one, text_of(one, consultation, known)) for one in PRINCIPLES],
        gaps=preparation_gaps(consultation, known),
        form=form,
    )
    return (page, 422) if form.errors else page


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/bilan",
    "/staff/consultations/<slug>/report",
    methods=["GET", "POST"],
)
@login_required
def report_given(slug: str) -> Page:
    """Says that what was promised was given, and where; the reminders stop."""
    consultation = _editable(slug)
    known = preparation_of(consultation)
    now = utc_now()
    form = ReportGivenForm(data=values_of(known))
    form.remember(values_of(known))
    form.suit(quebec_day(now), consultation.results_published_at is not None)
    if form.validate_on_submit() and not _is_outdated(form, consultation):
        link = (form.report_link.data or "").strip()
        say_report_given(actor(), consultation, form.report_given_on.data, link, now)
        db.session.commit()
        given = form.report_given_on.data is not None
        flash(_("The promise is shown kept.") if given else _("The report is not given yet."))
        return redirect(url_for("surveys.edit", slug=slug), code=303)
    page = render_template(
        "surveys/report_given.html", consultation=consultation, preparation=known, form=form
    )
    return (page, 422) if form.errors else page


def _is_outdated(form: SeenForm, consultation: Consultation) -> bool:
    return form.is_outdated(values_of(held_preparation(consultation)))


def _editable(slug: str) -> Consultation:
    consultation = readable_consultation(slug)
    require(can_edit_consultations, actor(), consultation.organization)
    return consultation
