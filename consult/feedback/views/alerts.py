"""What each person hears of by e-mail, what was found lately, and the link that stops it all."""

from datetime import timedelta

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask import request as current_request
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from consult import mail
from consult.config import Settings
from consult.db import db, utc_now
from consult.feedback.alert_forms import AlertsForm
from consult.feedback.alert_words import alert_sentences, alert_title, searched_word
from consult.feedback.models import AlertSubscription
from consult.feedback.queries.alerts import (
    alerts_since,
    subscription_named,
    subscription_of,
)
from consult.feedback.services import subscriptions
from consult.feedback.unsubscribing import read_token
from consult.feedback.views.blueprint import bp as services_bp
from consult.feedback.views.blueprint import service_for
from consult.feedback.writing import comments_path
from consult.i18n import bilingual_route, current_lang
from consult.organizations.models import Service
from consult.organizations.permissions import can_manage_improvements
from consult.security import csrf

bp = Blueprint("alerts", __name__, template_folder="../templates")

#: Alerts are listed so long.
LISTED = timedelta(days=90)


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


@bilingual_route(
    services_bp,
    "/equipe/services/<slug>/alertes",
    "/staff/services/<slug>/alerts",
    methods=["GET", "POST"],
)
@login_required
def alerts(slug: str) -> str | Response | tuple[str, int]:
    """What was found lately, and what the person signed in wants to hear by e-mail."""
    service = service_for(slug)
    form = AlertsForm(obj=_wanted(service))
    if form.validate_on_submit():
        wanted = {name: form[name].data for name in ("drop", "burst", "silence", "digest")}
        subscriptions.choose_alerts(current_user, service, form.lang.data, utc_now(), **wanted)
        db.session.commit()
        is_on = any(wanted.values())
        flash(_("Your choice is saved.") if is_on else _("No message is sent to you."))
        return redirect(url_for(".alerts", slug=slug), code=303)
    return _page(service, form), 422 if form.errors else 200


def _wanted(service: Service) -> AlertSubscription:
    """What the person hears of now; nothing is stored for who never chose."""
    found = subscription_of(current_user, service)
    return found or AlertSubscription(
        lang=current_lang(), drop=False, burst=False, silence=False, digest=False
    )


def _page(service: Service, form: AlertsForm) -> str:
    found = []
    for alert in alerts_since(service, utc_now() - LISTED):
        word = searched_word(alert)
        comments = comments_path(service.slug, words=word or "")
        found.append((alert, alert_title(alert), alert_sentences(alert), word, comments))
    return render_template(
        "feedback/alerts.html",
        service=service,
        form=form,
        found=found,
        may_send=mail.can_send(_settings()),
        may_improve=can_manage_improvements(current_user, service.organization),
    )


@bilingual_route(
    bp,
    "/alertes/desabonnement/<token>",
    "/alerts/unsubscribe/<token>",
    methods=["GET", "POST"],
)
@csrf.exempt
def unsubscribe(token: str) -> str:
    """Stops all messages about a service to one person, who need not sign in.

    Opening the address changes nothing: programs that look at links in messages open it too. The
    POST comes from the page's button, or from a mail program (RFC 8058) that knows no token of a
    form; the address itself is signed, so nobody can be made to send what they could not.
    """
    who = read_token(_settings().secret_key, token)
    subscription = subscription_named(who.account, who.service_key) if who else None
    if subscription is None:
        abort(404)
    if current_request.method == "POST":
        subscriptions.unsubscribe(subscription)
        db.session.commit()
    is_on = subscriptions.is_listening(subscription) or subscription.digest
    return render_template("feedback/unsubscribe.html", service=subscription.service, is_on=is_on)
