"""Pages of the staff: their services, and what people say of each."""

from flask import render_template, request
from flask_login import current_user, login_required

from consult.addresses import asked_page
from consult.feedback import queries
from consult.feedback.views.blueprint import bp, service_for
from consult.feedback.views.staff_scores import scores_context
from consult.i18n import bilingual_route
from consult.organizations import queries as organizations
from consult.organizations.permissions import can_read_reports, require_somewhere


@bilingual_route(bp, "/equipe/services", "/staff/services")
@login_required
def index() -> str:
    """The services of the public bodies the person works for, each with its score."""
    require_somewhere(can_read_reports, current_user)
    bodies = organizations.organizations_of(current_user)
    words = request.args.get("q", "").strip()
    body = next((body for body in bodies if body.slug == request.args.get("body")), None)
    page = organizations.services_page([body] if body else bodies, asked_page(), words)
    return render_template(
        "feedback/services.html",
        page=page,
        scores=queries.scores(page.items),
        bodies=bodies,
        body=body,
        words=words,
    )


@bilingual_route(bp, "/equipe/services/<slug>", "/staff/services/<slug>")
@login_required
def show(slug: str) -> str:
    """One service: its score and its latest words."""
    service = service_for(slug)
    return render_template(
        "feedback/service.html",
        service=service,
        comments=queries.latest(service, asked_page()),
        **scores_context(service),
    )
