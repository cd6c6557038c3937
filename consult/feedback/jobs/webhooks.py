"""The work of webhooks: sending what is due, erasing what is old."""

import logging

from consult.db import db, utc_now
from consult.feedback.services.deliver import deliver_due
from consult.feedback.services.webhooks import erase_old_messages

log = logging.getLogger(__name__)


def deliver() -> None:
    """Sends the messages that are due; every minute."""
    deliver_due(utc_now())


def erase_old() -> None:
    """Erases the messages of more than 30 days; every night."""
    if erased := erase_old_messages(utc_now()):
        log.info("%s old messages to webhooks were erased", erased)
    db.session.commit()
