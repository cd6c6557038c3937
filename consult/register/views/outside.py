"""Consultations held elsewhere: added, changed, deleted."""

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.permissions import can_keep_register, require
from consult.register import queries
from consult.register.errors import EntryRefusedError
from consult.register.forms import OutsideForm, outside_values
from consult.register.models import OutsideConsultation
from consult.register.services.keeping import add_outside, change_outside, delete_outside, hold
from consult.register.views.blueprint import Page, actor, asked_body, bp, choose_body

FR, EN = "/equipe/registre/consultations", "/staff/register/consultations"


@bilingual_route(bp, f"{FR}/nouvelle", f"{EN}/new", methods=["GET", "POST"])
@login_required
def new_outside() -> Page:
    """Adds a consultation that the public body named by the address held elsewhere."""
    body = asked_body()
    heading = _("Add a consultation held elsewhere")
    if body is None:
        return choose_body(heading)
    form = OutsideForm()
    if form.validate_on_submit():
        try:
            add_outside(actor(), body, form.entry(), utc_now())
        except EntryRefusedError as error:
            form.explain(error)
        else:
            return _done(_("The consultation is saved in the register."))
    page = render_template("register/outside.html", form=form, body=body, heading=heading)
    return page, 422 if form.errors else 200


@bilingual_route(bp, f"{FR}/<uuid:public_id>", f"{EN}/<uuid:public_id>", methods=["GET", "POST"])
@login_required
def outside(public_id: uuid.UUID) -> Page:
    """Everything of one, to change."""
    held = _held(public_id)
    form = OutsideForm(data=outside_values(held))
    form.remember(outside_values(held))
    if form.validate_on_submit() and not _is_outdated(form, held):
        try:
            change_outside(actor(), held, form.entry(), utc_now())
        except EntryRefusedError as error:
            form.explain(error)
        else:
            return _done(_("The consultation is saved in the register."))
    page = render_template(
        "register/outside.html",
        form=form,
        body=held.organization,
        heading=_("Change a consultation held elsewhere"),
        held=held,
    )
    return page, 422 if form.errors else 200


@bilingual_route(
    bp,
    f"{FR}/<uuid:public_id>/supprimer",
    f"{EN}/<uuid:public_id>/delete",
    methods=["GET", "POST"],
)
@login_required
def delete(public_id: uuid.UUID) -> Page:
    """Asks whether to delete one for good, then does."""
    held = _held(public_id)
    if request.method == "POST":
        delete_outside(actor(), held, utc_now())
        return _done(_("The consultation is deleted from the register."))
    return render_template("register/outside_delete.html", held=held)


def _held(public_id: uuid.UUID) -> OutsideConsultation:
    held: OutsideConsultation = queries.outside_by_public_id(public_id) or abort(404)
    require(can_keep_register, actor(), held.organization)
    return held


def _is_outdated(form: OutsideForm, held: OutsideConsultation) -> bool:
    hold(held)
    return form.is_outdated(outside_values(held))


def _done(said: str) -> Response:
    db.session.commit()
    flash(said)
    return redirect(url_for("registers.consultations"), code=303)
