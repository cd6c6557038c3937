"""Letters to teams: asked for by the clock, sent one by one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import current_app

from consult import mail
from consult.analysis.improvements.models import Improvement
from consult.db import db, reading, utc_now
from consult.feedback.jobs.alerts import announce, monday_of
from consult.jobs.services import Progress, handles
from consult.letters import Letter, written_in
from consult.organizations.permissions import can_read_reports
from consult.quebec_time import quebec_day
from consult.workspace import services
from consult.workspace.letters import due_letter, week_letter
from consult.workspace.models import LetterSubscription
from consult.workspace.queries import OPEN_STATES


def send_letters() -> None:
    """Asks for Monday's letters and for reminders; every hour."""
    now = utc_now()
    announce(services.take_week(monday_of(now), now))
    announce(services.take_reminders(quebec_day(now), now))


@handles(services.TELL_WEEK)
def tell_week(arguments: dict[str, Any], _progress: Progress) -> None:
    """Sends one person the letter of the week, unless they stopped it meanwhile."""
    until = datetime.fromisoformat(arguments["until"])
    _tell(arguments, lambda one: week_letter(one, until) if one.weekly else None)


@handles(services.TELL_DUE)
def tell_due(arguments: dict[str, Any], _progress: Progress) -> None:
    """Reminds the owner of one improvement, unless it was settled or moved meanwhile."""

    def write(one: LetterSubscription) -> Letter | None:
        improvement = db.session.get(Improvement, arguments["improvement_id"])
        if improvement is None or improvement.state not in OPEN_STATES or not one.reminders:
            return None
        moved = improvement.due_on is None or improvement.due_on.isoformat() != arguments["due_on"]
        is_owner = improvement.owner_id == one.account_id
        return due_letter(one, improvement, arguments["days"]) if is_owner and not moved else None

    _tell(arguments, write)


def _tell(arguments: dict[str, Any], write: Callable[[LetterSubscription], Letter | None]) -> None:
    """Writes a letter in its reader's language and sends it, no transaction open meanwhile."""
    settings = current_app.config["SETTINGS"]
    with reading():
        one = db.session.get(LetterSubscription, arguments["subscription_id"])
        if one is None or not can_read_reports(one.account, one.organization):
            return
        with written_in(one.lang):
            letter = write(one)
            told = letter and (letter.subject, letter.text, letter.html, letter.headers)
        to = one.account.email
    if told and mail.can_send(settings):
        try:
            mail.send(settings, to, *told)
        except mail.MailNotSentError:
            services.give_back(arguments)
