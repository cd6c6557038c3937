"""One activity: its page, sharing what was learned, and deleting it."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.files.words import file_type_words
from consult.i18n import bilingual_route
from consult.involvement.errors import NotShareableError
from consult.involvement.forms import ShareForm
from consult.involvement.services.recording import (
    delete_activity,
    missing_to_share,
    share,
    stop_sharing,
)
from consult.involvement.views.blueprint import activity_for, actor, bp
from consult.organizations.permissions import can_manage_improvements, can_record_activities

Page = str | Response | tuple[str, int]

FR, EN = "/equipe/participation/<uuid:public_id>", "/staff/involvement/<uuid:public_id>"

bp.add_app_template_global(file_type_words, "file_type_words")


@bilingual_route(bp, FR, EN)
@login_required
def activity(public_id: uuid.UUID) -> str:
    """Everything of an activity."""
    shown = activity_for(public_id)
    return render_template(
        "involvement/one.html",
        activity=shown,
        missing=missing_to_share(shown),
        form=ShareForm(data={"with_documents": shown.shares_documents}),
        may_record=can_record_activities(actor(), shown.organization),
        may_improve=can_manage_improvements(actor(), shown.organization),
    )


@bilingual_route(bp, f"{FR}/partager", f"{EN}/share", methods=["POST"])
@login_required
def share_learnings(public_id: uuid.UUID) -> Response:
    """Lets every public body read what was learned, or no longer (``stop``)."""
    shown = activity_for(public_id, can_record_activities)
    if "stop" in request.form:
        stop_sharing(actor(), shown, utc_now())
        said = _("What was learned is no longer shared.")
    else:
        with_documents = bool(ShareForm().with_documents.data)
        try:
            share(actor(), shown, utc_now(), with_documents=with_documents)
        except NotShareableError as error:
            db.session.rollback()
            flash(str(error.message), "error")
            return redirect(url_for(".activity", public_id=public_id, _anchor="share"), code=303)
        said = _("What was learned is shared. Every public body can read it.")
    db.session.commit()
    flash(said)
    return redirect(url_for(".activity", public_id=public_id), code=303)


@bilingual_route(bp, f"{FR}/supprimer", f"{EN}/delete", methods=["GET", "POST"])
@login_required
def delete(public_id: uuid.UUID) -> Page:
    """Asks whether to delete an activity for good, then does."""
    shown = activity_for(public_id, can_record_activities)
    if request.method == "POST":
        delete_activity(actor(), shown, utc_now())
        db.session.commit()
        flash(_("The activity is deleted."))
        return redirect(url_for(".activities"), code=303)
    return render_template("involvement/delete.html", activity=shown)
