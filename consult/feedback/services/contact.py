"""The e-mail address of who wants an answer: sealed at once, opened only to send the answer."""

from datetime import datetime, timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, update

from consult import mail
from consult.config import Settings
from consult.db import db
from consult.errors import DomainError
from consult.feedback import queries
from consult.feedback.checks import check_contact
from consult.feedback.inbox.letters import Letter, signed
from consult.feedback.models import FeedbackContact, FeedbackItem, FeedbackNote, NoteKind
from consult.feedback.queries import Served
from consult.organizations.models import Account, Service
from consult.privacy.redaction import redact
from consult.privacy.text import clean_text
from consult.sealing import SealBrokenError, seal, unseal

#: How long an address may wait for an answer; the privacy page says it.
KEPT = timedelta(days=90)
#: When an address of somebody who was answered is erased, should it still be there.
ANSWERED_KEPT = timedelta(hours=1)

#: What keeps these seals apart from others.
PURPOSE = "feedback contact"


class NoContactError(DomainError):
    """Nobody can be answered: no address was left, or it was answered or erased since."""

    status = 409
    code = "no-contact"
    message = _l(
        "Nobody can be answered here: no address was left, or it was answered or erased since."
    )


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


def answer(actor: Account, item: FeedbackItem, letter: Letter, now: datetime) -> None:
    """Sends the team's answer to the address that was left, then erases the address.

    Commits as it goes: the answer is marked as given first, so that no answer leaves twice and
    nothing is locked while the mail server thinks. When the message does not leave, all is as it
    was before. What was sent is kept as a note, without identifiers.

    Raises:
        NoContactError: there is no address (any more), or it was answered already.
        MailNotSentError: the mail server did not take the message.
    """
    address = _claim(actor, item, now)
    note = FeedbackNote(
        item=item,
        author=actor,
        kind=NoteKind.ANSWER,
        text=redact(clean_text(f"{letter.subject}\n\n{letter.text}")).text,
        written_at=now,
    )
    db.session.add(note)
    db.session.commit()
    message = signed(letter, item, _settings().base_url)
    db.session.rollback()  # nobody waits for the mail server but this person
    try:
        mail.send(_settings(), address, *message)
    except mail.MailNotSentError:
        db.session.delete(note)
        _change(item, answered_at=None, answered_by_id=None)
        db.session.commit()
        raise
    _change(item, sealed=None)
    db.session.commit()


def _claim(actor: Account, item: FeedbackItem, now: datetime) -> str:
    """The address, for one caller only."""
    contact = db.session.get(FeedbackContact, item.id)
    if contact is None or contact.sealed is None:
        raise NoContactError()
    try:
        address = unseal(_settings().secret_key, contact.sealed, purpose=PURPOSE)
    except SealBrokenError:
        raise NoContactError() from None
    claimed = (
        update(FeedbackContact)
        .where(FeedbackContact.item_id == item.id, FeedbackContact.answered_at.is_(None))
        .values(answered_at=now, answered_by_id=actor.id)
        .returning(FeedbackContact.item_id)
    )
    if db.session.scalar(claimed) is None:
        raise NoContactError()
    return address


def _change(item: FeedbackItem, **values: object) -> None:
    db.session.execute(
        update(FeedbackContact).where(FeedbackContact.item_id == item.id).values(**values)
    )


def erase_old(now: datetime) -> int:
    """Erases the addresses that waited too long for an answer, and those that got one.

    The last are erased at once; one is left only when the machine stopped just then.
    """
    erased = (
        update(FeedbackContact)
        .where(
            FeedbackContact.sealed.is_not(None),
            or_(
                FeedbackContact.given_at < now - KEPT,
                FeedbackContact.answered_at < now - ANSWERED_KEPT,
            ),
        )
        .values(sealed=None)
        .returning(FeedbackContact.item_id)
    )
    return len(db.session.scalars(erased).all())
