"""The staff's side: list, write, upload the questionnaire, publish."""

from collections.abc import Callable, Iterable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.addresses import asked_page
from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.models import Organization
from consult.organizations.permissions import (
    can_edit_consultations,
    can_enter_answers,
    can_read_reports,
    require,
    require_somewhere,
)
from consult.organizations.queries import organizations_of
from consult.question_pages.definition_messages import problem_message
from consult.questionnaires import DefinitionError
from consult.surveys import queries
from consult.surveys.builder.outline import asked_count, types_in
from consult.surveys.builder.queries import draft_of
from consult.surveys.errors import AddressTakenError, Gap, NotReadyError, StillOpenError
from consult.surveys.forms.manage import (
    EditConsultationForm,
    NewConsultationForm,
    QuestionnaireForm,
    values_of,
)
from consult.surveys.gap_messages import gap_message
from consult.surveys.models import Consultation
from consult.surveys.preparation.principles import preparation_gaps
from consult.surveys.preparation.reads import preparation_of
from consult.surveys.services import publish as publishing
from consult.surveys.services.prepare import (
    TEXTS,
    add_version,
    change_consultation,
    create_consultation,
    gaps,
)
from consult.surveys.views.blueprint import actor, bp, readable_consultation

Page = str | WebResponse | tuple[str, int]


def _editable_bodies() -> list[Organization]:
    return [body for body in organizations_of(actor()) if can_edit_consultations(actor(), body)]


@bilingual_route(bp, "/equipe/consultations", "/staff/consultations")
@login_required
def manage() -> str:
    """The consultations of the person's public bodies, with their state and their answers."""
    require_somewhere(can_read_reports, actor())
    bodies = organizations_of(actor())
    words = request.args.get("q", "").strip()
    body = next((body for body in bodies if body.slug == request.args.get("body")), None)
    page = queries.consultations_page([body] if body else bodies, asked_page(), words)
    return render_template(
        "surveys/manage.html",
        page=page,
        counts=queries.response_counts(page.items),
        bodies=bodies,
        body=body,
        words=words,
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
    details = form.details(form.held_elsewhere.data)
    try:
        made = create_consultation(actor(), body, form.slug.data or "", details)
    except AddressTakenError as error:
        form.slug.errors = (str(error.message),)
        return _render_new(form)
    db.session.commit()
    flash(_("The consultation is saved. Only your team sees it for now."))
    return redirect(url_for("surveys.edit", slug=made.slug), code=303)


@bilingual_route(bp, "/equipe/consultations/<slug>", "/staff/consultations/<slug>")
@login_required
def edit(slug: str) -> str:
    """Where a consultation stands: what it lacks, its questionnaire, its texts, its answers."""
    consultation = readable_consultation(slug)
    now, version = utc_now(), consultation.version
    return render_template(
        "surveys/edit.html",
        consultation=consultation,
        gaps=gaps(consultation),
        now=now,
        state=consultation.state(now),
        responses=queries.response_count(consultation),
        draft=draft_of(consultation),
        questions=asked_count(version.definition) if version else 0,
        has_files=version is not None and "file" in types_in(version.definition),
        may_edit=can_edit_consultations(actor(), consultation.organization),
        may_enter=can_enter_answers(actor(), consultation.organization),
        preparation=(preparation := preparation_of(consultation)),
        preparation_gaps=preparation_gaps(consultation, preparation),
    )


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/textes",
    "/staff/consultations/<slug>/texts",
    methods=["GET", "POST"],
)
@login_required
def edit_texts(slug: str) -> Page:
    """The texts, dates and rules of a consultation."""
    consultation = readable_consultation(slug)
    require(can_edit_consultations, actor(), consultation.organization)
    form = EditConsultationForm(data=values_of(consultation))
    form.suit(consultation)
    if not form.validate_on_submit():
        return _render_texts(consultation, form)
    details = form.details(consultation.held_elsewhere)
    try:
        change_consultation(actor(), consultation, details, form.still_same.data or ())
    except NotReadyError as error:
        db.session.rollback()
        form.show_gaps(error.gaps)
        return _render_texts(readable_consultation(slug), form, error.gaps)
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
    """Takes a questionnaire file; the earlier version stays when this one is at fault."""
    consultation = readable_consultation(slug)
    require(can_edit_consultations, actor(), consultation.organization)
    form = QuestionnaireForm()
    if not form.validate_on_submit():
        return _render_upload(consultation, form)
    content, still_same = form.definition.data.read(), form.still_same.data
    try:
        version = add_version(actor(), consultation, content, utc_now(), still_same=still_same)
    except DefinitionError as error:
        form.definition.errors = tuple(problem_message(problem) for problem in error.problems)
    except NotReadyError as error:
        form.definition.errors = tuple(gap_message(gap) for gap in error.gaps)
    else:
        db.session.commit()
        flash(_("Version %(number)s of the questionnaire is in place.", number=version.number))
        return redirect(url_for("surveys.edit", slug=slug), code=303)
    db.session.rollback()
    return _render_upload(readable_consultation(slug), form)


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
        return _do(slug, lambda c: publishing.publish(actor(), c, utc_now()), done, _warn)
    done = _("The consultation is no longer public. Its answers are kept.")
    return _do(slug, lambda c: publishing.unpublish(actor(), c, utc_now()), done)


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
    return _do(slug, lambda c: publishing.withdraw_results(actor(), c, utc_now()), done)


def _warn(consultation: Consultation) -> None:
    """Says that a consultation was published with gaps in its preparation."""
    lacking = len(preparation_gaps(consultation, preparation_of(consultation)))
    if lacking:
        words = ngettext(
            "Its preparation lacks %(num)d thing, told below.",
            "Its preparation lacks %(num)d things, told below.",
            lacking,
        )
        flash(words, "error")


def _do(
    slug: str,
    verb: Callable[[Consultation], None],
    done: str,
    then: Callable[[Consultation], None] = lambda _: None,
) -> WebResponse:
    """Does one thing to a consultation, says so, and comes back to its page."""
    consultation = readable_consultation(slug)
    try:
        verb(consultation)
    except (NotReadyError, StillOpenError) as error:
        db.session.rollback()
        done = str(error.message)
    else:
        db.session.commit()
        then(consultation)
    flash(done)
    return redirect(url_for("surveys.edit", slug=slug), code=303)


def _render_new(form: NewConsultationForm) -> Page:
    page = render_template("surveys/new.html", form=form, parts=TEXTS)
    return (page, 422) if form.is_submitted() else page


def _render_texts(
    consultation: Consultation, form: EditConsultationForm, gaps: Iterable[Gap] = ()
) -> Page:
    stored = {text.partition(".")[0] for text in consultation.stale_texts}
    form.offer_still_same(stored | {gap.part for gap in gaps if gap.stale})
    page = render_template("surveys/texts.html", consultation=consultation, form=form, parts=TEXTS)
    return (page, 422) if form.errors else page


def _render_upload(consultation: Consultation, form: QuestionnaireForm) -> Page:
    page = render_template("surveys/upload.html", consultation=consultation, form=form)
    return (page, 422) if form.errors else page
