"""Bringing in the answers of a consultation held elsewhere. For staff."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as WebResponse

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.permissions import can_edit_consultations, require
from consult.surveys import queries
from consult.surveys.answers_import import (
    TableRefusedError,
    import_answers,
    line_message,
    summary,
)
from consult.surveys.forms.answers_import import AnswersImportForm
from consult.surveys.models import Consultation
from consult.surveys.views.blueprint import actor, bp, readable_consultation

#: Problems that a page lists; it says how many others there are.
LISTED = 200

Page = str | WebResponse | tuple[str, int]


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/importation-de-reponses",
    "/staff/consultations/<slug>/import-answers",
    methods=["GET", "POST"],
)
@login_required
def import_file(slug: str) -> Page:
    """Takes a file whole, or tells line by line what to mend in it and takes nothing."""
    consultation = _editable(slug)
    form = AnswersImportForm()
    if not form.validate_on_submit():
        return _render(consultation, form)
    try:
        imported = import_answers(consultation, form.answers.data.stream, form.options(), utc_now())
    except TableRefusedError as error:
        db.session.rollback()
        return _render(_editable(slug), form, error)
    db.session.commit()
    for line in summary(imported):
        flash(line)
    return redirect(url_for("surveys.import_file", slug=slug), code=303)


def _editable(slug: str) -> Consultation:
    consultation = readable_consultation(slug)
    require(can_edit_consultations, actor(), consultation.organization)
    return consultation


def _render(
    consultation: Consultation, form: AnswersImportForm, refused: TableRefusedError | None = None
) -> Page:
    problems = refused.problems[:LISTED] if refused else ()
    if refused:
        form.answers.errors = (_("Nothing was imported: the file has something to mend."),)
    page = render_template(
        "surveys/answers_import.html",
        consultation=consultation,
        form=form,
        problems=[line_message(problem) for problem in problems],
        others=refused.total - len(problems) if refused else 0,
        responses=queries.response_count(consultation),
        largest=current_app.config["MAX_CONTENT_LENGTH"] // 1_000,
    )
    return (page, 422) if form.errors or refused else page
