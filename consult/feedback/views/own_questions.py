"""A service's own questions: read from a file or a definition, looked at, then put in place."""

import json
from pathlib import PurePath
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from itsdangerous import BadData, URLSafeSerializer

from consult.db import db, utc_now
from consult.feedback import queries
from consult.feedback.errors import SetRefusedError
from consult.feedback.forms import OwnSetForm
from consult.feedback.question_sets import own_set
from consult.feedback.question_sets.limit_messages import limit_message
from consult.feedback.services.own_sets import check_set, put_own_set
from consult.feedback.views.asking import EN, FR, Page
from consult.feedback.views.blueprint import bp, service_for
from consult.i18n import bilingual_route
from consult.organizations.models import Service
from consult.organizations.permissions import can_manage_services
from consult.question_pages.import_messages import fault_message, loss_message, place_message
from consult.question_pages.text_messages import missing_message
from consult.questionnaires import DefinitionError
from consult.questionnaires.files import read_questionnaire
from consult.questionnaires.importing import Import, ImportRefusedError

#: What these pages may receive, in bytes: a file, or the definition that was in it.
LARGEST = 1_500_000
LARGE = ("services.own_questions", "services.agree_own_questions")
#: Reasons to refuse a file that a page lists.
LISTED = 100


@bp.url_value_preprocessor
def _allow_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint in LARGE:
        request.max_content_length = LARGEST
        request.max_form_memory_size = LARGEST


@bilingual_route(bp, f"{FR}/propres", f"{EN}/own", methods=["GET", "POST"])
@login_required
def own_questions(slug: str) -> Page:
    """Reads a file or a definition and shows what it asks; nothing is kept yet.

    ``copy`` in the address names a set whose definition is put in the form, to start from.
    """
    service = service_for(slug, can_manage_services)
    form = OwnSetForm()
    if not form.validate_on_submit():
        if request.method == "GET":
            form.definition.data = _to_start_from(service)
        return _form(service, form)
    try:
        found, filename = _read(form)
    except ImportRefusedError as error:
        at_fault = form.questionnaire if form.questionnaire.data else form.definition
        at_fault.errors = [_("These questions cannot be read. Nothing has changed.")]
        return _form(service, form, error)
    return _found(service, found, filename)


@bilingual_route(bp, f"{FR}/propres/accepter", f"{EN}/own/agree", methods=["POST"])
@login_required
def agree_own_questions(slug: str) -> Page:
    """Puts in place the questions that were shown: a new version, asked from now on."""
    service = service_for(slug, can_manage_services)
    try:
        definition = _signer(slug).loads(request.form.get("definition", ""))
        version = put_own_set(current_user, service, definition, utc_now())
    except (BadData, DefinitionError, SetRefusedError):
        db.session.rollback()
        flash(_("Your questions were cut off on the way. Choose the file again."), "error")
        return redirect(url_for(".own_questions", slug=slug), code=303)
    db.session.commit()
    flash(_("Your questions, version %(number)s, are asked from now on.", number=version.number))
    return redirect(url_for(".asking", slug=slug), code=303)


def _signer(slug: str) -> URLSafeSerializer:
    """Signs what the first page read for this service, so that the second can trust it."""
    return URLSafeSerializer(current_app.secret_key or "", salt=f"own-questions-{slug}")


def _to_start_from(service: Service) -> str:
    asked = queries.question_set_of(service, request.args.get("copy", "") or "none")
    if asked is None:
        return ""
    written = asked.questionnaire.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(written, ensure_ascii=False, indent=1)


def _read(form: OwnSetForm) -> tuple[Import, str]:
    """What was brought, and the name of its file; raises ``ImportRefusedError``."""
    upload = form.questionnaire.data
    if upload:
        name = upload.filename or ""
        return read_questionnaire(upload.read(), name, form.lang), PurePath(name).name
    return read_questionnaire((form.definition.data or "").encode(), "definition.json", "fr"), ""


def _form(service: Service, form: OwnSetForm, refused: ImportRefusedError | None = None) -> Page:
    faults = refused.faults if refused else ()
    page = render_template(
        "feedback/own_questions.html",
        service=service,
        form=form,
        faults=[(place_message(f.place), fault_message(f)) for f in faults[:LISTED]],
        others=max(0, len(faults) - LISTED),
    )
    return (page, 422) if form.errors else page


def _found(service: Service, found: Import, filename: str) -> str:
    questionnaire = found.questionnaire
    check = check_set(questionnaire)
    definition = questionnaire.model_dump(mode="json")
    return render_template(
        "feedback/own_found.html",
        service=service,
        filename=filename,
        questions=own_set(0, json.dumps(definition)),
        losses=[(place_message(loss.place), loss_message(loss)) for loss in found.losses],
        renamed=found.renamed,
        problems=[limit_message(problem) for problem in check.problems],
        missing=[missing_message(questionnaire, text) for text in check.missing],
        signed=_signer(service.slug).dumps(definition) if check.is_ready else "",
    )
