"""The e-mail address of who wants an answer: sealed at once, opened only to send the answer."""

from datetime import datetime

from flask import current_app

from consult import mail
from consult.config import Settings
from consult.db import db
from consult.feedback import queries
from consult.feedback.checks import check_contact
from consult.feedback.models import FeedbackContact, FeedbackItem
from consult.feedback.queries import Served
from consult.organizations.models import Service
from consult.sealing import seal

#: What keeps these seals apart from others.
PURPOSE = "feedback contact"


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def offers_contact(service: Service | Served) -> bool:
    """True when a form may ask for an address: the team wants it, and answers can be sent."""
    asks = service if isinstance(service, Served) else queries.settings_of(service)
    return mail.can_send(_settings()) and asks.asks_contact


def taken_contact(service: Service | Served, given: object) -> str | None:
    """The address to seal; None when none was given, or when the service asks for none.

    A form shown before the team stopped asking still sends one: the words are kept and the
    address is not, rather than both refused. Raises ``FieldError`` for what is no address.
    """
    if given in (None, "") or not offers_contact(service):
        return None
    return check_contact(given)


def keep_contact(item: FeedbackItem, address: str, now: datetime) -> FeedbackContact:
    """Seals the address beside an item; the address itself is kept nowhere."""
    sealed = seal(_settings().secret_key, address, purpose=PURPOSE)
    contact = FeedbackContact(item=item, sealed=sealed, given_at=now)
    db.session.add(contact)
    return contact
