"""The staff's side: list, write, upload the questionnaire, publish."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.db import SAFE_METHODS, db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.models import Organization
from consult.organizations.permissions import (
    can_edit_consultations,
    can_read_reports,
    require,
)
from consult.organizations.queries import organizations_of
from consult.questionnaires import DefinitionError
from consult.surveys import queries
from consult.surveys.errors import AddressTakenError, NotReadyError, StillOpenError
from consult.surveys.forms.manage import (
    EditConsultationForm,
    NewConsultationForm,
    QuestionnaireForm,
    values_of,
)
from consult.surveys.messages import gap_message, problem_message
from consult.surveys.models import Consultation
from consult.surveys.services import publish as publishing
from consult.surveys.services.prepare import (
    TEXTS,
    add_version,
    change_consultation,
    create_consultation,
    gaps,
)
from consult.surveys.views.blueprint import actor, bp

Page = str | WebResponse | tuple[str, int]


def _editable_bodies() -> list[Organization]:
    return [body for body in organizations_of(actor()) if can_edit_consultations(actor(), body)]


def _readable(slug: str) -> Consultation:
    """The consultation, published or not, when the person may see it: 404 and 403 otherwise."""
    consultation = queries.consultation_by_slug(slug) or abort(404)
    require(can_read_reports, actor(), consultation.organization)
    return consultation


@bilingual_route(bp, "/equipe/consultations", "/staff/consultations")
@login_required
def manage() -> str:
    """The consultations of the person's public bodies, with their state and their answers."""
    consultations = queries.consultations_of(actor())
    return render_template(
        "surveys/manage.html",
        consultations=consultations,
        counts=queries.response_counts(consultations),
        now=utc_now(),
        may_create=bool(_editable_bodies()),
    )


@bilingual_route(
    bp, "/equipe/consultations/nouvelle", "/staff/consultations/new", methods=["GET", "POST"]
)
@login_required
def new() -> Page:
    """A consultation that only staff sees until it is published."""
    bodies = _editable_bodies() or abort(403)
    form = NewConsultationForm()
    form.offer_organizations(bodies)
    if not form.validate_on_submit():
        return _render_new(form)
    body = next(body for body in bodies if body.slug == form.organization.data)
    try:
        made = create_consultation(actor(), body, form.slug.data or "", form.details())
    except AddressTakenError as error:
        form.slug.errors = (str(error.message),)
        return _render_new(form)
    db.session.commit()
    flash(_("The consultation is saved. Only your team sees it for now."))
    return redirect(url_for("surveys.edit", slug=made.slug), code=303)


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>",
    "/staff/consultations/<slug>",
    methods=["GET", "POST"],
)
@login_required
def edit(slug: str) -> Page:
    """The texts and dates of a consultation, its questionnaire, and what it lacks."""
    consultation = _readable(slug)
    form = EditConsultationForm(data=values_of(consultation))
    form.offer_scales(consultation)
    if not form.validate_on_submit():
        return _render_edit(consultation, form, QuestionnaireForm(formdata=None))
    try:
        change_consultation(actor(), consultation, form.details())
    except NotReadyError as error:
        db.session.rollback()
        form.show_gaps(error.gaps)
        return _render_edit(_readable(slug), form, QuestionnaireForm(formdata=None))
    db.session.commit()
    flash(_("The consultation is saved."))
    return redirect(url_for("surveys.edit", slug=slug), code=303)


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/questionnaire",
    "/staff/consultations/<slug>/questionnaire",
    methods=["GET", "POST"],
)
@login_required
def upload_questionnaire(slug: str) -> Page:
    """Takes a questionnaire file; the earlier version stays when this one is at fault.

    A GET (the page of a refused file, reloaded) leads back to the consultation.
    """
    consultation = _readable(slug)
    if request.method in SAFE_METHODS:
        return redirect(url_for("surveys.edit", slug=slug))
    form = QuestionnaireForm()
    if form.validate_on_submit():
        try:
            version = add_version(actor(), consultation, form.definition.data.read(), utc_now())
        except DefinitionError as error:
            form.definition.errors = tuple(problem_message(problem) for problem in error.problems)
        except NotReadyError as error:
            form.definition.errors = tuple(gap_message(gap) for gap in error.gaps)
        else:
            db.session.commit()
            flash(_("Version %(number)s of the questionnaire is in place.", number=version.number))
            return redirect(url_for("surveys.edit", slug=slug), code=303)
    db.session.rollback()
    consultation = _readable(slug)
    details = EditConsultationForm(formdata=None, data=values_of(consultation))
    details.offer_scales(consultation)
    return _render_edit(consultation, details, form)


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/publication",
    "/staff/consultations/<slug>/publication",
    methods=["POST"],
)
@login_required
def set_public(slug: str) -> WebResponse:
    """Makes a consultation public, or takes it back (field ``public``: 'yes' or 'no')."""
    if request.form.get("public") == "yes":
        done = _("The consultation is public.")
        return _do(slug, lambda c: publishing.publish(actor(), c, utc_now()), done)
    done = _("The consultation is no longer public. Its answers are kept.")
    return _do(slug, lambda c: publishing.unpublish(actor(), c), done)


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/resultats",
    "/staff/consultations/<slug>/results",
    methods=["POST"],
)
@login_required
def set_results_public(slug: str) -> WebResponse:
    """Makes the results public, or takes them back (field ``public``: 'yes' or 'no')."""
    if request.form.get("public") == "yes":
        done = _("The results are public.")
        return _do(slug, lambda c: publishing.publish_results(actor(), c, utc_now()), done)
    done = _("The results are no longer public.")
    return _do(slug, lambda c: publishing.withdraw_results(actor(), c), done)


def _do(slug: str, verb: Callable[[Consultation], None], done: str) -> WebResponse:
    """Does one thing to a consultation, says so, and comes back to its page."""
    try:
        verb(_readable(slug))
    except (NotReadyError, StillOpenError) as error:
        db.session.rollback()
        done = str(error.message)
    else:
        db.session.commit()
    flash(done)
    return redirect(url_for("surveys.edit", slug=slug), code=303)


def _render_new(form: NewConsultationForm) -> Page:
    page = render_template("surveys/new.html", form=form, parts=TEXTS)
    return (page, 422) if form.is_submitted() else page


def _render_edit(
    consultation: Consultation, form: EditConsultationForm, upload: QuestionnaireForm
) -> Page:
    now = utc_now()
    page = render_template(
        "surveys/edit.html",
        consultation=consultation,
        form=form,
        upload=upload,
        parts=TEXTS,
        gaps=gaps(consultation),
        now=now,
        state=consultation.state(now),
        responses=queries.response_count(consultation),
        may_edit=can_edit_consultations(actor(), consultation.organization),
    )
    return (page, 422) if form.errors or upload.errors else page
