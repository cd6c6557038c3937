"""Adding a service to the register, and changing what it tells of one."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.models import Service
from consult.organizations.permissions import can_keep_register, require
from consult.organizations.queries import service_by_slug
from consult.register import queries
from consult.register.entries import slug_for
from consult.register.errors import EntryRefusedError
from consult.register.forms import ServiceForm, service_values
from consult.register.services.keeping import add_service, change_service, hold
from consult.register.views.blueprint import Page, actor, asked_body, bp, choose_body

FR, EN = "/equipe/registre/services", "/staff/register/services"


@bilingual_route(bp, f"{FR}/nouveau", f"{EN}/new", methods=["GET", "POST"])
@login_required
def new_service() -> Page:
    """Adds a service of the public body that the address names."""
    body = asked_body()
    heading = _("Add a digital service")
    if body is None:
        return choose_body(heading)
    form = ServiceForm(data={"is_digital": True, "stage": "live"})
    if form.validate_on_submit():
        entry = form.entry()
        try:
            slug = slug_for(entry.name, queries.taken_slugs())
            add_service(actor(), body, slug, entry, utc_now())
        except EntryRefusedError as error:
            form.explain(error)
        else:
            return _saved()
    page = render_template("register/service.html", form=form, body=body, heading=heading)
    return page, 422 if form.errors else 200


@bilingual_route(bp, f"{FR}/<slug>", f"{EN}/<slug>", methods=["GET", "POST"])
@login_required
def service(slug: str) -> Page:
    """Everything the register tells of a service, to change."""
    shown: Service = service_by_slug(slug) or abort(404)
    require(can_keep_register, actor(), shown.organization)
    form = ServiceForm(shown.channels, data=service_values(shown))
    form.remember(service_values(shown))
    if form.validate_on_submit() and not _is_outdated(form, shown):
        try:
            change_service(actor(), shown, form.entry(), utc_now())
        except EntryRefusedError as error:
            form.explain(error)
        else:
            return _saved()
    page = render_template(
        "register/service.html",
        form=form,
        body=shown.organization,
        heading=_("Change what the register tells"),
        service=shown,
    )
    return page, 422 if form.errors else 200


def _is_outdated(form: ServiceForm, shown: Service) -> bool:
    hold(shown)
    return form.is_outdated(service_values(shown))


def _saved() -> Response:
    db.session.commit()
    flash(_("The service is saved in the register."))
    return redirect(url_for("registers.services"), code=303)
