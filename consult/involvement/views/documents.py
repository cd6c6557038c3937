"""Documents of an activity: added, downloaded, never opened in a page of ours, removed."""

import uuid
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.files.errors import FileRefusedError
from consult.files.storing import MEGABYTE, stored_path
from consult.i18n import bilingual_route
from consult.involvement import queries
from consult.involvement.errors import TooManyDocumentsError
from consult.involvement.forms import DocumentForm
from consult.involvement.models import Activity
from consult.involvement.services.documents import (
    LARGEST_MEGABYTES,
    add_document,
    remove_document,
)
from consult.involvement.views.blueprint import activity_for, actor, bp
from consult.organizations.permissions import can_record_activities
from consult.security import sandbox

Page = str | Response | tuple[str, int]

FR, EN = "/equipe/participation/<uuid:public_id>", "/staff/involvement/<uuid:public_id>"

#: Megabytes beside the document's, so that a file somewhat too large is told so on the page.
_MORE = 5


@bp.url_value_preprocessor
def _make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint == "involvement.new_document":
        room = (LARGEST_MEGABYTES + _MORE) * MEGABYTE
        request.max_content_length = current_app.config["MAX_CONTENT_LENGTH"] + room


@bilingual_route(bp, f"{FR}/documents/nouveau", f"{EN}/documents/new", methods=["GET", "POST"])
@login_required
def new_document(public_id: uuid.UUID) -> Page:
    """Adds a document to an activity."""
    activity = activity_for(public_id, can_record_activities)
    form = DocumentForm()
    if form.validate_on_submit():
        file = form.document.data
        try:
            if not file:
                raise FileRefusedError("empty")
            add_document(actor(), activity, file.filename or "", file.read(), utc_now())
        except FileRefusedError as error:
            form.document.errors = [_reasons()[error.reason]]
        except TooManyDocumentsError as error:
            form.document.errors = [error.message]
        else:
            db.session.commit()
            flash(_("The document is added."))
            return redirect(
                url_for(".activity", public_id=public_id, _anchor="documents"), code=303
            )
    page = render_template("involvement/document_new.html", activity=activity, form=form)
    return page, 422 if form.errors else 200


def _reasons() -> dict[str, str]:
    return {
        "empty": _("Choose a document."),
        "large": _("Choose a document of 10 MB or less."),
        "kind": _("Choose a PDF, Word (DOCX), OpenDocument (ODT), PNG or JPEG file."),
        "unsafe": _("This document holds macros or hidden weight. Save it without them."),
        "broken": _("This document cannot be read. Save it again, then choose it."),
    }


@bilingual_route(bp, f"{FR}/documents/<uuid:document_id>", f"{EN}/documents/<uuid:document_id>")
@login_required
def document(public_id: uuid.UUID, document_id: uuid.UUID) -> Response:
    """A document, as an attachment of the type its content has."""
    return sent(activity_for(public_id), document_id)


def sent(activity: Activity, document_id: uuid.UUID) -> Response:
    """The answer that carries a document of an activity; 404 when it is not there."""
    found = queries.document_by_public_id(activity, document_id) or abort(404)
    path = stored_path(found.public_id)
    if not path.is_file():
        abort(404)
    sandbox()
    file = send_file(
        path.resolve(), mimetype=found.media_type, as_attachment=True, download_name=found.name
    )
    file.headers["Cache-Control"] = "no-store"
    return file


@bilingual_route(
    bp,
    f"{FR}/documents/<uuid:document_id>/retirer",
    f"{EN}/documents/<uuid:document_id>/remove",
    methods=["GET", "POST"],
)
@login_required
def remove(public_id: uuid.UUID, document_id: uuid.UUID) -> Page:
    """Asks whether to take a document away, then does."""
    activity = activity_for(public_id, can_record_activities)
    found = queries.document_by_public_id(activity, document_id) or abort(404)
    if request.method == "POST":
        remove_document(actor(), found, utc_now())
        db.session.commit()
        flash(_("The document is removed."))
        return redirect(url_for(".activity", public_id=public_id), code=303)
    return render_template("involvement/document_remove.html", activity=activity, document=found)
