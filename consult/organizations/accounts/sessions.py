"""Sessions: a row per browser where somebody is signed in; without it, a cookie is dead."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.organizations.accounts.models import AccountSession, PasswordReset, SignInMethod
from consult.organizations.accounts.tokens import hash_of, new_token
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account, Organization

#: ``last_seen_at`` moves once in that time at most.
COARSE = timedelta(hours=1)


def start_session(
    account: Account, method: SignInMethod, device: str, now: datetime, lasts: timedelta
) -> str:
    """Signs an account in on one more browser; returns what its cookie is to hold."""
    past = (AccountSession.account_id == account.id) & (AccountSession.expires_at <= now)
    db.session.execute(delete(AccountSession).where(past))
    token = new_token()
    session = AccountSession(
        account=account,
        token_hash=hash_of(token),
        method=method,
        device=device[:80],
        created_at=now,
        last_seen_at=_coarse(now),
        expires_at=now + lasts,
    )
    db.session.add(session)
    db.session.flush()
    record_act(account, None, Action.SIGNED_IN, account.email, now, {"method": ("", method.value)})
    return token


def session_of(token: str, now: datetime) -> AccountSession | None:
    """The session of a cookie, with its account; None once it is ended or over."""
    query = (
        select(AccountSession)
        .where(AccountSession.token_hash == hash_of(token), AccountSession.expires_at > now)
        .options(joinedload(AccountSession.account))
    )
    return db.session.scalar(query)


def note_seen(session: AccountSession, now: datetime) -> None:
    """Says that the session was used, to the hour."""
    if now - session.last_seen_at >= COARSE:
        session.last_seen_at = _coarse(now)


def sessions_of(account: Account, now: datetime) -> Sequence[AccountSession]:
    """Where an account is signed in, the latest first."""
    query = (
        select(AccountSession)
        .where(AccountSession.account_id == account.id, AccountSession.expires_at > now)
        .order_by(AccountSession.last_seen_at.desc(), AccountSession.id.desc())
        .limit(100)
    )
    return db.session.scalars(query).all()


def account_session(account: Account, public_id: uuid.UUID) -> AccountSession | None:
    query = select(AccountSession).where(
        AccountSession.account_id == account.id, AccountSession.public_id == public_id
    )
    return db.session.scalar(query)


def end_session(actor: Account, session: AccountSession, now: datetime) -> None:
    """Ends one session: its browser is signed out at its next request."""
    db.session.delete(session)
    subject = (
        f"{session.account.email} ({session.device})" if session.device else (session.account.email)
    )
    record_act(actor, None, Action.SESSION_ENDED, subject, now)


def end_sessions(
    actor: Account,
    account: Account,
    now: datetime,
    but: AccountSession | None = None,
    body: Organization | None = None,
) -> int:
    """Ends all sessions of an account ``but`` one; returns how many there were.

    ``body`` is the public body in whose name somebody else does it.
    """
    others = delete(AccountSession).where(AccountSession.account_id == account.id)
    if but is not None:
        others = others.where(AccountSession.id != but.id)
    result = db.session.execute(others)
    count: int = result.rowcount  # type: ignore[attr-defined]
    if count:
        ended = {"sessions": (count, 0)}
        record_act(actor, body, Action.SESSION_ENDED, account.email, now, ended)
    return count


def sign_out(session: AccountSession, now: datetime) -> None:
    """Ends the session of who asks for it."""
    db.session.delete(session)
    record_act(session.account, None, Action.SIGNED_OUT, session.account.email, now)


def forget_past(now: datetime) -> int:
    """Erases sessions, and links of forgotten passwords, that are over; returns how many."""
    count = 0
    for table in (AccountSession, PasswordReset):
        result = db.session.execute(delete(table).where(table.expires_at <= now))
        count += result.rowcount  # type: ignore[attr-defined]
    return count


def _coarse(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
