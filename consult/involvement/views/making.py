"""Recording an activity and changing it."""

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.db import db, utc_now
from consult.errors import NotAllowedError
from consult.i18n import bilingual_route
from consult.involvement.errors import ActivityIncompleteError
from consult.involvement.forms import ActivityForm, values_of
from consult.involvement.models import Activity
from consult.involvement.services.recording import (
    ActivityDraft,
    change_activity,
    record_activity,
)
from consult.involvement.views.blueprint import activity_for, actor, bp
from consult.involvement.views.one import EN, FR, Page
from consult.organizations.models import Service
from consult.organizations.permissions import can_record_activities, require
from consult.organizations.queries import organizations_of, service_by_slug


@bilingual_route(
    bp, "/equipe/participation/nouvelle", "/staff/involvement/new", methods=["GET", "POST"]
)
@login_required
def new_activity() -> Page:
    """A form for an activity of the service that the address names, or the choice of one."""
    slug = request.args.get("service", "")
    if not slug:
        return _choose() if request.method == "GET" else abort(404)
    service: Service = service_by_slug(slug) or abort(404)
    require(can_record_activities, actor(), service.organization)
    form = ActivityForm()
    if form.validate_on_submit():
        draft = form.draft()
        try:
            made = record_activity(actor(), service, draft, utc_now())
        except ActivityIncompleteError as error:
            form.explain(error)
        else:
            return _saved(made, draft)
    page = render_template(
        "involvement/form.html",
        form=form,
        service=service,
        heading=_("Record an involvement activity"),
        back=url_for(".activities", service=slug),
    )
    return page, 422 if form.errors else 200


@bilingual_route(bp, f"{FR}/modifier", f"{EN}/change", methods=["GET", "POST"])
@login_required
def change(public_id: uuid.UUID) -> Page:
    """Everything of an activity, to change."""
    shown = activity_for(public_id, can_record_activities)
    form = ActivityForm(data=values_of(shown))
    if form.validate_on_submit() and not form.is_outdated(shown):
        draft = form.draft()
        try:
            change_activity(actor(), shown, draft, utc_now())
        except ActivityIncompleteError as error:
            form.explain(error)
        else:
            return _saved(shown, draft)
    page = render_template(
        "involvement/form.html",
        form=form,
        service=shown.service,
        heading=_("Change the activity"),
        back=url_for(".activity", public_id=public_id),
    )
    return page, 422 if form.errors else 200


def _choose() -> Page:
    """The public body, where there are several, then the service."""
    bodies = organizations_of(actor(), can_record_activities)
    if not bodies:
        raise NotAllowedError()
    slug = request.args.get("body", "")
    body = next((one for one in bodies if one.slug == slug), None)
    if body is None and len(bodies) == 1:
        body = bodies[0]
    page = render_template("involvement/choose.html", bodies=bodies, body=body)
    return page, 200 if request.method == "GET" else 422


def _saved(activity: Activity, written: ActivityDraft) -> Response:
    """Commits, tells when words about a person were taken out, and leads to the activity."""
    db.session.commit()
    flash(_("The activity is saved."))
    if written.safe() != written:
        flash(
            _(
                "Some words seemed to identify a person: a marker stands in their place. Read the "
                "texts once more."
            ),
            "warning",
        )
    return redirect(url_for(".activity", public_id=activity.public_id), code=303)
