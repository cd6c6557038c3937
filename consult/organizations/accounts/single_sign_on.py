"""Whose account somebody has whom the provider of single sign-on vouches for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.mail import is_address
from consult.organizations import queries, services
from consult.organizations.accounts.invitations import invitations_of_address, join
from consult.organizations.accounts.models import Identity, PasswordReset
from consult.organizations.accounts.second_factor import remove_factor
from consult.organizations.accounts.sessions import end_sessions
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.errors import NotInvitedError
from consult.organizations.models import Account


@dataclass(frozen=True)
class Vouched:
    """What the provider says of somebody; ``email`` is empty unless it has verified it."""

    issuer: str
    subject: str
    email: str
    name: str


def account_of(person: Vouched, now: datetime) -> Account:
    """The account of a person who came before or, by a verified address, was invited.

    The first time, the account of the address is theirs, without whatever else opened it; without
    one, an account is made that has no password, with the roles of the invitations that are still
    good. Raises ``NotInvitedError``.
    """
    known = select(Identity).where(
        Identity.issuer == person.issuer, Identity.subject == person.subject
    )
    identity: Identity | None = db.session.scalar(known.options(joinedload(Identity.account)))
    if identity is not None:
        return identity.account
    if not is_address(person.email):
        raise NotInvitedError()
    email = person.email.lower()
    account = queries.account_by_email(email)
    if account is None:
        account = _made(person, email, now)
    else:
        _close_other_ways(account, now)
    db.session.add(
        Identity(account=account, issuer=person.issuer, subject=person.subject, linked_at=now)
    )
    db.session.flush()
    record_act(account, None, Action.IDENTITY_LINKED, email, now, {"issuer": ("", person.issuer)})
    return account


def _close_other_ways(account: Account, now: datetime) -> None:
    """Somebody else may have chosen the password, before the address was shown to be theirs."""
    account.password_hash = ""
    db.session.execute(delete(PasswordReset).where(PasswordReset.account_id == account.id))
    remove_factor(account, account, now)
    end_sessions(account, account, now)


def _made(person: Vouched, email: str, now: datetime) -> Account:
    invitations = invitations_of_address(email, now)
    if not invitations:
        raise NotInvitedError()
    name = person.name.strip()[:120] or email.partition("@")[0]
    account = services.create_account(email, name, None)
    for invitation in invitations:
        join(account, invitation, now)
    return account
