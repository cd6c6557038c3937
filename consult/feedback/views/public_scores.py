"""What everyone may read of a service's scores, where it agreed: a page, a badge, files."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as BaseResponse

from consult.db import SAFE_METHODS, db, utc_now
from consult.feedback import queries, services
from consult.feedback.badge import badge
from consult.feedback.models import FeedbackSettings
from consult.feedback.services.published import public_figure, public_report
from consult.feedback.told_report import ToldReport
from consult.feedback.views.blueprint import bp as staff_bp
from consult.feedback.views.blueprint import service_for
from consult.feedback.views.score_files import FORMATS, may_be_kept, scores_file
from consult.i18n import bilingual_route
from consult.organizations import queries as organizations
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Service
from consult.organizations.permissions import can_manage_services, require

bp = Blueprint("public_scores", __name__, template_folder="../templates")


def _public(slug: str) -> tuple[Service, FeedbackSettings]:
    """The service of the address and how it asks, if it opened its scores to everyone; else 404."""
    service = organizations.service_by_slug(slug)
    settings = queries.settings_of(service) if service else None
    if service is None or settings is None or not settings.is_public:
        abort(404)
    return service, settings


@bilingual_route(bp, "/services/<slug>/satisfaction", "/services/<slug>/satisfaction")
def show(slug: str) -> str:
    """How people find a service: figures, trend, in parts, and what changed."""
    service, settings = _public(slug)
    found = public_report(service, settings, utc_now())
    return render_template(
        "feedback/public_scores.html",
        service=service,
        report=found,
        told=ToldReport(found),
        files=[(kind, url_for(".scores", slug=slug, extension=kind)) for kind in FORMATS],
    )


@bilingual_route(
    bp,
    "/services/<slug>/satisfaction.<extension>",
    "/services/<slug>/satisfaction.<extension>",
)
def scores(slug: str, extension: str) -> Response:
    """The figures of the page as a file."""
    if extension not in FORMATS:
        abort(404)
    service, settings = _public(slug)
    found = public_report(service, settings, utc_now())
    return may_be_kept(scores_file(service, found, extension))


@bilingual_route(
    bp, "/services/<slug>/satisfaction/badge.svg", "/services/<slug>/satisfaction/badge.svg"
)
def badge_image(slug: str) -> Response:
    """The score as a small image to put on another site; ``theme=dark`` for a dark page."""
    service, settings = _public(slug)
    figure = public_figure(service, settings, utc_now())
    image = badge(figure, dark=request.args.get("theme") == "dark")
    return may_be_kept(Response(image, mimetype="image/svg+xml"))


@bilingual_route(
    staff_bp,
    "/equipe/services/<slug>/page-publique",
    "/staff/services/<slug>/public-page",
    methods=["GET", "POST"],
)
@login_required
def publication(slug: str) -> BaseResponse:
    """Whether the scores of a service are public, and its badge to paste; administrators switch."""
    service = service_for(slug)
    if request.method not in SAFE_METHODS:
        require(can_manage_services, current_user, service.organization)
        is_public = request.form.get("public") == "yes"
        was_public = queries.settings_of(service).is_public
        services.change_settings(service, utc_now(), is_public=is_public)
        shown = {"public": (was_public, is_public)}
        body, name = service.organization, service.name.fr
        record_act(current_user, body, Action.SCORES_PUBLISHED, name, utc_now(), shown)
        db.session.commit()
        flash(_("The scores are public.") if is_public else _("The scores are no longer public."))
        return redirect(url_for(".publication", slug=slug), code=303)
    settings = queries.settings_of(service)
    found = public_report(service, settings, utc_now())
    page = render_template(
        "feedback/publication.html",
        service=service,
        is_public=settings.is_public,
        may_manage=can_manage_services(current_user, service.organization),
        base_url=current_app.config["SETTINGS"].base_url,
        report=found,
        told=ToldReport(found),
    )
    return make_response(page)
