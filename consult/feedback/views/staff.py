"""Pages of the staff: their services, what people say of each, and how to embed its widget."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from consult.addresses import asked_page
from consult.db import db
from consult.feedback import queries, services
from consult.feedback.forms import OriginsForm
from consult.feedback.views.blueprint import bp, service_for
from consult.feedback.views.staff_scores import scores_context
from consult.i18n import bilingual_route
from consult.organizations import queries as organizations
from consult.organizations.models import Service
from consult.organizations.permissions import can_manage_services, require


@bilingual_route(bp, "/equipe/services", "/staff/services")
@login_required
def index() -> str:
    """The services of the public bodies the person works for, each with its score."""
    found = organizations.services_of(current_user)
    return render_template("feedback/services.html", services=found, scores=queries.scores(found))


@bilingual_route(bp, "/equipe/services/<slug>", "/staff/services/<slug>", methods=["GET", "POST"])
@login_required
def show(slug: str) -> str | Response | tuple[str, int]:
    """One service: score, latest words, how to embed the widget, and from which sites."""
    service = service_for(slug)
    form = OriginsForm(data={"origins": "\n".join(service.allowed_origins)})
    if form.is_submitted():
        require(can_manage_services, current_user, service.organization)
        if form.validate():
            services.set_allowed_origins(service, form.parsed)
            db.session.commit()
            flash(_("The sites that may show the widget are saved."))
            return redirect(url_for(".show", slug=slug), code=303)
    return _page(service, form), 422 if form.errors else 200


def _page(service: Service, form: OriginsForm) -> str:
    comments = queries.latest(service, asked_page())
    return render_template(
        "feedback/service.html",
        service=service,
        comments=comments,
        form=form,
        may_manage=can_manage_services(current_user, service.organization),
        base_url=current_app.config["SETTINGS"].base_url,
        **scores_context(service),
    )
