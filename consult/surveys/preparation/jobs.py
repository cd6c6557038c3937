"""The clock of promises: looked at every hour, told in the morning."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app

from consult import mail
from consult.config import QUEBEC_TIME
from consult.db import db, reading, utc_now
from consult.jobs import queue
from consult.jobs.services import Progress, handles
from consult.letters import written_in
from consult.surveys.models.preparation import ReportReminder
from consult.surveys.preparation.letters import reminder_letter
from consult.surveys.preparation.reminding import (
    REMIND_REPORT,
    give_back,
    still_due,
    take_reminders,
)

#: Hour of Québec from which a day's reminders are sent.
MORNING = 7


def remind_reports() -> None:
    """Asks for the reminders of the day; every hour, so that a worker that was away catches up."""
    now = utc_now()
    local = now.astimezone(ZoneInfo(QUEBEC_TIME))
    if local.hour < MORNING or not mail.can_send(current_app.config["SETTINGS"]):
        return
    for job in take_reminders(local.date(), now):
        queue.announce(job)


@handles(REMIND_REPORT)
def remind_report(arguments: dict[str, Any], _progress: Progress) -> None:
    """Sends one reminder, unless it is no longer due; no transaction is open meanwhile."""
    settings = current_app.config["SETTINGS"]
    today = utc_now().astimezone(ZoneInfo(QUEBEC_TIME)).date()
    with reading():
        reminder = db.session.get(ReportReminder, arguments["reminder_id"])
        if reminder is None or not still_due(reminder):
            return
        to = reminder.account.email
        with written_in("fr"):
            letter = reminder_letter(reminder, today)
            post = letter.subject, letter.text, letter.html, letter.headers
    try:
        mail.send(settings, to, *post)
    except mail.MailNotSentError:
        give_back(arguments["reminder_id"])
