"""Tokens that let a service's own servers send feedback and take it out."""

import hashlib
import secrets
from datetime import date, datetime

from sqlalchemy import or_, update

from consult.db import db
from consult.feedback.models import ApiToken
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.models import Account, Service

#: What every token starts with, so that scanners for leaked secrets know it.
PREFIX = "consult_"


def token_hash(secret: str) -> str:
    """SHA-256 of a token, in hexadecimal: all that is kept of it.

    A token holds 256 random bits, so no salt or slow hash is needed.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def create_token(
    actor: Account, service: Service, name: str, now: datetime
) -> tuple[ApiToken, str]:
    """Makes a token for a service; returns its row, and the token itself, to be shown once."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        service=service,
        name=name,
        token_hash=token_hash(secret),
        created_at=now,
        created_by_id=actor.id,
    )
    db.session.add(token)
    db.session.flush()
    subject = f"{name} ({service.name.fr})"
    record_act(actor, service.organization, Action.TOKEN_MADE, subject, now)
    return token, secret


def revoke_token(actor: Account, token: ApiToken, now: datetime) -> None:
    """Stops a token for good; one already stopped keeps its date."""
    token.revoked_at = token.revoked_at or now
    subject = f"{token.name} ({token.service.name.fr})"
    record_act(actor, token.service.organization, Action.TOKEN_REVOKED, subject, now)


def note_use(token_id: int, today: date) -> None:
    """Notes the day a token serves, once a day, in one statement."""
    is_new = or_(ApiToken.last_used_on.is_(None), ApiToken.last_used_on != today)
    db.session.execute(
        update(ApiToken).where(ApiToken.id == token_id, is_new).values(last_used_on=today)
    )
