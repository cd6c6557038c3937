"""The page a team begins its day with."""

from collections.abc import Sequence

from flask import Blueprint, Flask, abort, render_template, request
from flask_login import current_user, login_required

from consult.analysis.improvements.words import STATE_LABELS
from consult.db import utc_now
from consult.feedback.alert_words import alert_title
from consult.i18n import bilingual_route, quebec_day
from consult.organizations.models import Organization
from consult.organizations.permissions import (
    can_handle_feedback,
    can_manage_improvements,
    can_read_reports,
    require_somewhere,
)
from consult.organizations.queries import organizations_of
from consult.workspace import queries

bp = Blueprint("workspace", __name__, template_folder="templates")


@bilingual_route(bp, "/equipe", "/staff")
@login_required
def today() -> str:
    """What waits for the team of one public body, which the address may name."""
    require_somewhere(can_read_reports, current_user)
    bodies = organizations_of(current_user)
    body = _asked_body(bodies)
    if body is None:
        return render_template("workspace/no_body.html")
    now = utc_now()
    return render_template(
        "workspace/today.html",
        now=now,
        today=quebec_day(now),
        bodies=bodies,
        body=body,
        answered=queries.answered(body, now),
        alerts=[(alert, alert_title(alert)) for alert in queries.fresh_alerts(body, now)],
        improvements=queries.improvements_due(body, quebec_day(now)),
        state_labels=STATE_LABELS,
        themes=queries.next_themes(body),
        waiting=queries.waiting_placements(body),
        consultations=queries.consultations_now(body, now),
        may_improve=can_manage_improvements(current_user, body),
        may_handle=can_handle_feedback(current_user, body),
    )


def _asked_body(bodies: Sequence[Organization]) -> Organization | None:
    """The body that the address names, or the first; 404 for one where the person reads nothing."""
    slug = request.args.get("body")
    if slug:
        return next((body for body in bodies if body.slug == slug), None) or abort(404)
    return bodies[0] if bodies else None


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
