"""Bringing a questionnaire from a file, after reading what it loses; taking one away."""

from typing import Any

from flask import (
    Response as WebResponse,
)
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from consult.db import db
from consult.i18n import bilingual_route
from consult.question_pages.definition_messages import problem_message
from consult.question_pages.import_messages import fault_message, loss_message, place_message
from consult.questionnaires import DefinitionError
from consult.questionnaires.files import MEDIA_TYPES, as_file, read_questionnaire
from consult.questionnaires.importing import Import, ImportRefusedError
from consult.surveys.builder.errors import DraftChangedError
from consult.surveys.errors import NotReadyError
from consult.surveys.forms.exchange import ImportForm
from consult.surveys.gap_messages import gap_message
from consult.surveys.models import Consultation
from consult.surveys.services.draft import open_draft
from consult.surveys.services.exchange import make_imported_version, put_in_draft
from consult.surveys.services.prepare import questionnaire_gaps
from consult.surveys.views.blueprint import actor, bp, readable_consultation
from consult.surveys.views.draft_pages import (
    Page,
    back_to_outline,
    changed_message,
    editable_consultation,
    editing,
    refuse,
)

FR = "/equipe/consultations/<slug>/questionnaire"
EN = "/staff/consultations/<slug>/questionnaire"

#: What these two pages may receive, in bytes: a file, or the questionnaire that was in it.
LARGEST = 6_000_000
LARGE = ("surveys.import_questionnaire", "surveys.agree_import")
#: Reasons to refuse a file that a page lists; it says how many others there are.
LISTED = 200


@bp.url_value_preprocessor
def _allow_large_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint in LARGE:
        request.max_content_length = LARGEST
        request.max_form_memory_size = LARGEST


@bilingual_route(bp, f"{FR}/importer", f"{EN}/import", methods=["GET", "POST"])
@login_required
def import_questionnaire(slug: str) -> Page:
    """Reads a file and shows what it holds and what it loses; nothing is kept yet."""
    consultation = editable_consultation(slug)
    form = ImportForm()
    if not form.validate_on_submit():
        return _render_form(consultation, form)
    upload = form.questionnaire.data
    try:
        found = read_questionnaire(upload.read(), upload.filename or "", form.lang)
    except ImportRefusedError as error:
        form.questionnaire.errors = (_("This file cannot be imported. Nothing has changed."),)
        return _render_form(consultation, form, error)
    return _render_found(consultation, found, upload.filename or "")


@bilingual_route(bp, f"{FR}/importer/accepter", f"{EN}/import/agree", methods=["POST"])
@login_required
def agree_import(slug: str) -> Page:
    """Puts what was shown in the draft (field ``how``: 'draft'), or in place ('version')."""
    consultation = editable_consultation(slug)
    try:
        definition = _signer(slug).loads(request.form.get("questionnaire", ""))
    except BadData:
        return refuse(slug, _("This import was cut off. Choose the file again."))
    try:
        if request.form.get("how") == "version":
            number = make_imported_version(editing(consultation), definition).number
            done = _("Version %(number)s of the questionnaire is in place.", number=number)
        else:
            put_in_draft(editing(consultation), definition)
            done = _("The imported questionnaire is here. Read it before you put it in place.")
    except DraftChangedError as error:
        return refuse(slug, f"{changed_message(error.draft)} {_('Nothing was done. Look again.')}")
    except DefinitionError as error:
        return _refused(slug, [problem_message(problem) for problem in error.problems])
    except NotReadyError as error:
        return _refused(slug, [gap_message(gap) for gap in error.gaps])
    db.session.commit()
    return back_to_outline(slug, done)


@bilingual_route(
    bp,
    f"{FR}/<int:number>/exporter.<extension>",
    f"{EN}/<int:number>/export.<extension>",
)
@login_required
def export_questionnaire(slug: str, number: int, extension: str) -> AnyResponse:
    """A version as a file: an XLSForm in Excel or CSV, or our own JSON."""
    from consult.questionnaires.xlsform import TooLongForExcelError

    versions = readable_consultation(slug).versions
    version = next((one for one in versions if one.number == number), None) or abort(404)
    if extension not in MEDIA_TYPES:
        abort(404)
    try:
        content = as_file(version.questionnaire, extension)
    except TooLongForExcelError:
        flash(_("A text is too long for a cell of Excel. Take the CSV or the JSON file."), "error")
        return redirect(url_for("surveys.version", slug=slug, number=number), code=303)
    response = WebResponse(content, content_type=MEDIA_TYPES[extension])
    filename = f"{slug}-questionnaire-{number}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _signer(slug: str) -> URLSafeSerializer:
    """Signs what the first page read for this consultation, so that the second can trust it."""
    return URLSafeSerializer(current_app.secret_key or "", salt=f"questionnaire-import-{slug}")


def _render_form(
    consultation: Consultation, form: ImportForm, refused: ImportRefusedError | None = None
) -> Page:
    faults = refused.faults if refused else ()
    page = render_template(
        "surveys/exchange/import.html",
        consultation=consultation,
        form=form,
        faults=[(place_message(f.place), fault_message(f)) for f in faults[:LISTED]],
        others=max(0, len(faults) - LISTED),
    )
    return (page, 422) if form.errors else page


def _render_found(consultation: Consultation, found: Import, filename: str) -> Page:
    definition = found.questionnaire.model_dump(mode="json")
    return render_template(
        "surveys/exchange/found.html",
        consultation=consultation,
        filename=filename,
        found=found,
        losses=[(loss.place, loss_message(loss)) for loss in found.losses],
        gaps=[gap_message(gap) for gap in questionnaire_gaps(found.questionnaire)],
        signed=_signer(consultation.slug).dumps(definition),
        revision=open_draft(actor(), consultation).revision,
    )


def _refused(slug: str, reasons: list[str]) -> Page:
    db.session.rollback()
    page = render_template(
        "surveys/exchange/refused.html", consultation=editable_consultation(slug), reasons=reasons
    )
    return page, 422
