"""The page a team begins its day with."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from consult.analysis.improvements.words import STATE_LABELS
from consult.db import db, utc_now
from consult.feedback.alert_words import alert_title
from consult.i18n import bilingual_route, current_lang
from consult.jobs import queue
from consult.mail import can_send
from consult.organizations.models import Organization
from consult.organizations.permissions import (
    can_manage_improvements,
    can_manage_people,
    can_read_reports,
    require_somewhere,
)
from consult.organizations.queries import organizations_of
from consult.quebec_time import quebec_day
from consult.security import csrf
from consult.targets.definitions import TARGETS, definition_on
from consult.targets.queries.figures import figure
from consult.targets.told import ToldTarget
from consult.workspace import jobs, queries, services
from consult.workspace.forms import LettersForm
from consult.workspace.letters import subscription_of_token

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
        targets=_targets(body, quebec_day(now)),
        answered=queries.answered(body, now),
        alerts=[(alert, alert_title(alert)) for alert in queries.fresh_alerts(body, now)],
        improvements=queries.improvements_due(body, quebec_day(now)),
        state_labels=STATE_LABELS,
        themes=queries.next_themes(body),
        waiting=queries.waiting_placements(body),
        consultations=queries.consultations_now(body, now),
        may_improve=can_manage_improvements(current_user, body),
        may_manage_people=can_manage_people(current_user, body),
    )


def _targets(body: Organization, day: date) -> list[ToldTarget]:
    """Where the body stands on each of the three targets, by the definition of the day."""
    definitions = [definition_on(target, day) for target in TARGETS]
    return [ToldTarget(one, day, figure(one, day, body)) for one in definitions]


@bilingual_route(bp, "/equipe/lettres", "/staff/letters", methods=["GET", "POST"])
@login_required
def letters() -> str | Response | tuple[str, int]:
    """What the person hears by email of a public body: a choice of their own."""
    require_somewhere(can_read_reports, current_user)
    body = _asked_body(organizations_of(current_user)) or abort(404)
    chosen = queries.subscription_of(current_user, body)
    given: dict[str, Any] = {"lang": chosen.lang if chosen else current_lang()}
    if chosen:
        given |= {"weekly": chosen.weekly, "reminders": chosen.reminders}
    form = LettersForm(data=given)
    if form.validate_on_submit():
        wanted = {"weekly": form.weekly.data, "reminders": form.reminders.data}
        services.choose_letters(current_user, body, form.lang.data, utc_now(), **wanted)
        db.session.commit()
        flash(_("Your choice is saved."))
        return redirect(url_for(".letters", body=body.slug), code=303)
    page = render_template(
        "workspace/letters.html",
        form=form,
        body=body,
        may_send=can_send(current_app.config["SETTINGS"]),
    )
    return page, 422 if form.errors else 200


@bilingual_route(
    bp, "/lettres/desabonnement/<token>", "/letters/unsubscribe/<token>", methods=["GET", "POST"]
)
@csrf.exempt
def stop_letters(token: str) -> str:
    """Stops all letters about a public body to one person, who need not sign in.

    Opening the address changes nothing; the POST comes from the page's button or from a mail
    program (RFC 8058). The address is signed.
    """
    found = subscription_of_token(token) or abort(404)
    if request.method == "POST":
        services.stop_letters(found)
        db.session.commit()
    is_on = found.weekly or found.reminders
    return render_template("workspace/stop_letters.html", body=found.organization, is_on=is_on)


def _asked_body(bodies: Sequence[Organization]) -> Organization | None:
    """The body that the address names, or the first; 404 for one where the person reads nothing."""
    slug = request.args.get("body")
    if slug:
        return next((body for body in bodies if body.slug == slug), None) or abort(404)
    return bodies[0] if bodies else None


def init_app(app: Flask) -> None:
    """Plugs the workspace into ``app``: its pages, and its letters."""
    app.register_blueprint(bp)
    queue.every_hour(app, "consult.send_letters", jobs.send_letters)
