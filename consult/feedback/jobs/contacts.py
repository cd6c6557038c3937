"""The background work of feedback."""

import logging

from consult.db import db, utc_now
from consult.feedback.services import contact

log = logging.getLogger(__name__)


def erase_contacts() -> None:
    """Erases the addresses that waited too long for an answer; every night."""
    if erased := contact.erase_old(utc_now()):
        log.info("%s addresses left for an answer were erased", erased)
    db.session.commit()
