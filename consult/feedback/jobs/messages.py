"""Sending to each person what they asked to hear, in their language."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import current_app

from consult import mail
from consult.config import Settings
from consult.db import db, reading, utc_now
from consult.feedback.models import AlertSubscription
from consult.feedback.queries.alerts import alerts_with_ids
from consult.feedback.queries.week import week_before
from consult.feedback.services.subscriptions import TELL_ALERTS, TELL_WEEK, give_back
from consult.feedback.writing import alerts_letter, week_letter
from consult.jobs.services import Progress, handles
from consult.letters import Letter, written_in
from consult.organizations.permissions import can_read_reports


class Post(NamedTuple):
    """A letter as it is sent, and the address it goes to."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]


@handles(TELL_ALERTS)
def tell_alerts(arguments: dict[str, Any], _progress: Progress) -> None:
    """Sends the alerts ``arguments["alerts"]``, those still wanted, to one person."""
    with reading():
        post = _alerts_post(arguments)
    _send(post, arguments, "told_until")


@handles(TELL_WEEK)
def tell_week(arguments: dict[str, Any], _progress: Progress) -> None:
    """Sends one person the digest of the week before ``arguments["until"]``, if it has news."""
    with reading():
        post = _week_post(arguments)
    _send(post, arguments, "digest_until")


def _alerts_post(arguments: dict[str, Any]) -> Post | None:
    subscription = _reader(arguments)
    if subscription is None:
        return None
    found = alerts_with_ids(arguments["alerts"])
    wanted = [alert for alert in found if getattr(subscription, alert.kind)]
    if not wanted:
        return None
    return _post(subscription, lambda: alerts_letter(subscription, wanted, arguments["until"]))


def _week_post(arguments: dict[str, Any]) -> Post | None:
    subscription = _reader(arguments)
    if subscription is None or not subscription.digest:
        return None
    week = week_before(subscription.service, datetime.fromisoformat(arguments["until"]))
    if not week.says_something:
        return None
    return _post(subscription, lambda: week_letter(subscription, week))


def _reader(arguments: dict[str, Any]) -> AlertSubscription | None:
    """Whom to write to; None when they may no more read of this service, or it is too late."""
    subscription = db.session.get(AlertSubscription, arguments["subscription_id"])
    if subscription is None:
        return None
    is_late = utc_now() - datetime.fromisoformat(arguments["until"]) > timedelta(days=4)
    may_read = can_read_reports(subscription.account, subscription.service.organization)
    return subscription if may_read and not is_late else None


def _post(subscription: AlertSubscription, write: Callable[[], Letter]) -> Post:
    """What ``write`` gives, in the language the person chose."""
    with written_in(subscription.lang):
        letter = write()
        to = subscription.account.email
        return Post(to, letter.subject, letter.text, letter.html, letter.headers)


def _send(post: Post | None, arguments: dict[str, Any], column: str) -> None:
    """Sends a letter, no transaction open meanwhile; one that is not taken is due again."""
    settings = _settings()
    if post is None or not mail.can_send(settings):
        return
    try:
        mail.send(settings, *post)
    except mail.MailNotSentError:
        give_back(arguments, column)


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
