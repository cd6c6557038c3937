"""The systems that a service tells what comes in: add one, try it, turn it off, read its log."""

import uuid

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from consult.addresses import asked_page
from consult.config import Settings
from consult.db import db, utc_now
from consult.feedback.alert_forms import WebhookForm
from consult.feedback.models import Webhook
from consult.feedback.queries.webhooks import (
    deliveries_of,
    delivery_of,
    delivery_states,
    webhook_of,
    webhooks_of,
)
from consult.feedback.services import webhooks as verbs
from consult.feedback.views.blueprint import bp, service_for
from consult.feedback.webhook_words import error_words
from consult.i18n import bilingual_route
from consult.organizations.models import Service
from consult.organizations.permissions import can_manage_services

Page = str | Response | tuple[str, int]


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


@bilingual_route(
    bp,
    "/equipe/services/<slug>/webhooks",
    "/staff/services/<slug>/webhooks",
    methods=["GET", "POST"],
)
@login_required
def webhooks(slug: str) -> Page:
    """The webhooks of a service; a POST adds one and shows its secret, this one time."""
    service = service_for(slug, can_manage_services)
    form = WebhookForm()
    form.allowed = _settings().webhook_internal_networks
    if form.validate_on_submit():
        try:
            webhook, secret = verbs.add_webhook(
                current_user, service, form.url.data or "", utc_now()
            )
        except verbs.TooManyWebhooksError as error:
            form.url.errors = [str(error.message)]
        else:
            db.session.commit()
            return render_template(
                "feedback/webhook_secret.html", service=service, webhook=webhook, secret=secret
            )
    return _page(service, form), 422 if form.errors else 200


def _page(service: Service, form: WebhookForm) -> str:
    found = webhooks_of(service)
    return render_template(
        "feedback/webhooks.html",
        service=service,
        form=form,
        webhooks=found,
        states=delivery_states(found),
    )


def _webhook(slug: str, public_id: uuid.UUID) -> Webhook:
    service = service_for(slug, can_manage_services)
    return webhook_of(service, public_id) or abort(404)


@bilingual_route(
    bp,
    "/equipe/services/<slug>/webhooks/<uuid:public_id>",
    "/staff/services/<slug>/webhooks/<uuid:public_id>",
    methods=["GET", "POST"],
)
@login_required
def webhook(slug: str, public_id: uuid.UUID) -> Page:
    """One webhook and its log; a POST sends a test, turns it off or on, or removes it."""
    found = _webhook(slug, public_id)
    if request.method == "POST":
        return _change(found, request.form.get("do", ""))
    return render_template(
        "feedback/webhook.html",
        service=found.service,
        webhook=found,
        deliveries=deliveries_of(found, asked_page()),
        error_words=error_words,
    )


def _change(found: Webhook, verb: str) -> Response:
    """Does what a button of the page says; nothing else is known."""
    slug, public_id, now = found.service.slug, found.public_id, utc_now()
    next_page = url_for(".webhook", slug=slug, public_id=public_id)
    if verb in ("off", "on", "remove"):
        verbs.record_change(current_user, found, verb, now)
    if verb == "test":
        verbs.send_test(found, now)
        flash(_("A test message leaves within a minute. Reload this page to see what came of it."))
    elif verb == "off":
        verbs.turn_off(found, now)
        flash(_("This webhook is turned off."))
    elif verb == "on":
        verbs.turn_on(found)
        flash(_("This webhook is turned on: it is told what happens from now on."))
    elif verb == "remove":
        verbs.remove_webhook(found)
        flash(_("The webhook is removed."))
        next_page = url_for(".webhooks", slug=slug)
    else:
        abort(400)
    db.session.commit()
    return redirect(next_page, code=303)


@bilingual_route(
    bp,
    "/equipe/services/<slug>/webhooks/<uuid:public_id>/messages/<uuid:message_id>",
    "/staff/services/<slug>/webhooks/<uuid:public_id>/messages/<uuid:message_id>",
    methods=["POST"],
)
@login_required
def send_again(slug: str, public_id: uuid.UUID, message_id: uuid.UUID) -> Response:
    """Tries a message again."""
    delivery = delivery_of(_webhook(slug, public_id), message_id) or abort(404)
    verbs.send_again(delivery, utc_now())
    db.session.commit()
    flash(_("The message leaves again within a minute."))
    return redirect(url_for(".webhook", slug=slug, public_id=public_id), code=303)
