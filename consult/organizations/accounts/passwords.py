"""Choosing another password, known or forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from consult.db import db
from consult.organizations import queries, services
from consult.organizations.accounts.models import AccountSession, PasswordReset
from consult.organizations.accounts.sessions import end_sessions
from consult.organizations.accounts.strength import check_strength
from consult.organizations.accounts.tokens import hash_of, new_token
from consult.organizations.audit.actions import Action
from consult.organizations.audit.models import AuditEvent
from consult.organizations.audit.recording import record_act
from consult.organizations.errors import LinkOverError, SignInFailedError
from consult.organizations.models import Account

#: How long the link of a letter is good.
RESET_LASTS = timedelta(hours=1)

#: Anyone may ask for a letter to anyone: nobody's mailbox is filled with them.
LETTERS_APART, LETTERS_A_DAY = timedelta(minutes=10), 5


def change_password(
    account: Account, current: str, password: str, here: AccountSession, now: datetime
) -> None:
    """Gives the account another password and ends its sessions but ``here``.

    Raises ``SignInFailedError`` when ``current`` is not the present one, and
    ``PasswordRefusedError``.
    """
    if not services.is_password_of(account, current):
        raise SignInFailedError()
    _set(account, password, now)
    end_sessions(account, account, now, but=here)


def forgotten(email: str, now: datetime) -> tuple[Account, str] | None:
    """Makes the token of a letter for the account of an address; an earlier letter is over.

    None when there is no such account, when it has no password (single sign-on is its way in), and
    when it had a letter a moment ago, or ``LETTERS_A_DAY`` of them.
    """
    account = queries.account_by_email(email)
    if account is None or not account.password_hash or not _may_have_a_letter(account, now):
        return None
    db.session.execute(delete(PasswordReset).where(PasswordReset.account_id == account.id))
    token = new_token()
    db.session.add(
        PasswordReset(account=account, token_hash=hash_of(token), expires_at=now + RESET_LASTS)
    )
    record_act(None, None, Action.PASSWORD_FORGOTTEN, account.email, now)  # anyone may ask
    return account, token


def account_of_reset(token: str, now: datetime) -> Account:
    """Whose letter it is; raises ``LinkOverError``."""
    return _reset(token, now).account


def reset_password(token: str, password: str, now: datetime) -> Account:
    """Gives the account of the letter another password, and ends its sessions.

    Raises ``LinkOverError`` and ``PasswordRefusedError``.
    """
    reset = _reset(token, now)
    account = reset.account
    _set(account, password, now)
    db.session.delete(reset)
    end_sessions(account, account, now)
    return account


def _may_have_a_letter(account: Account, now: datetime) -> bool:
    recent = select(PasswordReset.id).where(
        PasswordReset.account_id == account.id,
        PasswordReset.expires_at > now + RESET_LASTS - LETTERS_APART,
    )
    if db.session.scalar(recent) is not None:
        return False
    today = select(func.count()).where(
        AuditEvent.at > now - timedelta(days=1),
        AuditEvent.action == Action.PASSWORD_FORGOTTEN.value,
        AuditEvent.subject == account.email,
    )
    return (db.session.scalar(today) or 0) < LETTERS_A_DAY


def _reset(token: str, now: datetime) -> PasswordReset:
    query = select(PasswordReset).where(
        PasswordReset.token_hash == hash_of(token), PasswordReset.expires_at > now
    )
    found: PasswordReset | None = db.session.scalar(query)
    if found is None or not found.account.password_hash:  # single sign-on came in between
        raise LinkOverError()
    return found


def _set(account: Account, password: str, now: datetime) -> None:
    check_strength(password, [account.email, account.name])
    services.set_password(account, password)
    record_act(account, None, Action.PASSWORD_CHANGED, account.email, now)
