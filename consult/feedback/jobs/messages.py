"""Sending to each person what they asked to hear, in their language."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, g

from consult import mail
from consult.config import Settings
from consult.db import db, utc_now
from consult.feedback.letters import Letter
from consult.feedback.models import AlertSubscription
from consult.feedback.queries.alerts import alerts_with_ids
from consult.feedback.queries.week import week_before
from consult.feedback.services.subscriptions import TELL_ALERTS, TELL_WEEK, give_back
from consult.feedback.writing import alerts_letter, week_letter
from consult.jobs.services import Progress, handles
from consult.organizations.permissions import can_read_reports


@handles(TELL_ALERTS)
def tell_alerts(arguments: dict[str, Any], _progress: Progress) -> None:
    """Sends the alerts ``arguments["alerts"]``, those still wanted, to one person."""
    subscription = _reader(arguments)
    if subscription is None:
        return
    found = alerts_with_ids(arguments["alerts"])
    wanted = [alert for alert in found if getattr(subscription, alert.kind)]
    if wanted:
        _send(
            subscription,
            lambda: alerts_letter(subscription, wanted, arguments["until"]),
            arguments,
            "told_until",
        )


@handles(TELL_WEEK)
def tell_week(arguments: dict[str, Any], _progress: Progress) -> None:
    """Sends one person the digest of the week before ``arguments["until"]``, if it has news."""
    subscription = _reader(arguments)
    if subscription is None or not subscription.digest:
        return
    week = week_before(subscription.service, datetime.fromisoformat(arguments["until"]))
    if week.says_something:
        _send(subscription, lambda: week_letter(subscription, week), arguments, "digest_until")


def _reader(arguments: dict[str, Any]) -> AlertSubscription | None:
    """Whom to write to; None when they may no more read of this service, or it is too late."""
    subscription = db.session.get(AlertSubscription, arguments["subscription_id"])
    if subscription is None:
        return None
    is_late = utc_now() - datetime.fromisoformat(arguments["until"]) > timedelta(days=4)
    may_read = can_read_reports(subscription.account, subscription.service.organization)
    return subscription if may_read and not is_late else None


def _send(
    subscription: AlertSubscription,
    write: Callable[[], Letter],
    arguments: dict[str, Any],
    column: str,
) -> None:
    """Sends a letter, no transaction open meanwhile; one that is not taken is due again."""
    settings: Settings = current_app.config["SETTINGS"]
    to, lang = subscription.account.email, subscription.lang
    with current_app.test_request_context(f"/{lang}/", base_url=settings.base_url):
        g.lang_code = lang
        letter = write()
        text, html = letter.text, letter.html
    db.session.rollback()
    if not mail.can_send(settings):
        return
    try:
        mail.send(settings, to, letter.subject, text, html, letter.headers)
    except mail.MailNotSentError:
        give_back(arguments, column)
