"""Public bodies: all of them, for central accounts; one, for its administrators."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.addresses import asked_page
from consult.db import Localized, db, utc_now
from consult.i18n import bilingual_route
from consult.organizations.accounts import bodies as service
from consult.organizations.errors import SlugTakenError
from consult.organizations.forms.people import BodyForm, NewBodyForm, body_values
from consult.organizations.permissions import can_manage_people, require_central
from consult.organizations.views.blueprints import actor, body_for
from consult.organizations.views.blueprints import people_bp as bp

Page = str | Response | tuple[str, int]


@bilingual_route(bp, "/equipe/organismes", "/staff/bodies")
@login_required
def bodies() -> str:
    """All public bodies, by their short name."""
    require_central(actor())
    words = request.args.get("words", "").strip()[:100]
    found = service.bodies(words, asked_page())
    return render_template(
        "organizations/bodies.html", bodies=found, words=words, counts=service.counts_of(found)
    )


@bilingual_route(bp, "/equipe/organismes/nouveau", "/staff/bodies/new", methods=["GET", "POST"])
@login_required
def new_body() -> Page:
    """Adds a public body."""
    require_central(actor())
    form = NewBodyForm()
    if form.validate_on_submit():
        now = utc_now()
        try:
            body = service.add_body(actor(), form.slug.data or "", form.name, form.about, now)
        except SlugTakenError as error:
            form.slug.errors = [error.message]
        else:
            body.requires_second_factor = form.requires_second_factor.data
            db.session.commit()
            flash(_("The public body is added. Invite its first administrator."))
            return redirect(url_for(".people", slug=body.slug), code=303)
    page = render_template("organizations/body_new.html", form=form)
    return (page, 422) if form.errors else page


@bilingual_route(bp, "/equipe/organismes/<slug>", "/staff/bodies/<slug>", methods=["GET", "POST"])
@login_required
def body(slug: str) -> Page:
    """What a public body is called, and what it asks of its people."""
    shown = body_for(slug, can_manage_people)
    form = BodyForm(data=body_values(shown))
    if not actor().is_central:
        for field in ("name_fr", "name_en", "description_fr", "description_en"):
            delattr(form, field)
    if form.validate_on_submit():
        name: Localized = form.name if actor().is_central else shown.name
        about: Localized = form.about if actor().is_central else shown.description
        wanted = bool(form.requires_second_factor.data)
        service.change_body(actor(), shown, name, about, utc_now(), requires_second_factor=wanted)
        db.session.commit()
        flash(_("The public body is saved."))
        return redirect(url_for(".people", slug=slug), code=303)
    page = render_template("organizations/body.html", body=shown, form=form)
    return (page, 422) if form.errors else page
