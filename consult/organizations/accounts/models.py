"""Tables of how members of staff come in. Secrets are kept as hashes, or sealed."""

import enum
import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import UTCDateTime, db, enum_column, new_public_id
from consult.organizations.models import Account, Organization, Role


class SignInMethod(enum.StrEnum):
    """How somebody said who they are."""

    PASSWORD = "password"  # noqa: S105
    SINGLE_SIGN_ON = "sso"


class AccountSession(db.Model):
    """One browser where an account is signed in; the row goes when the session ends.

    ``token_hash`` is the SHA-256 of what the browser's cookie holds. ``device`` names its browser
    and its system, no more; ``last_seen_at`` is kept to the hour, and moves with what is sent.
    """

    __tablename__ = "account_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    method: Mapped[SignInMethod] = mapped_column(enum_column(SignInMethod))
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    account: Mapped[Account] = relationship()


class SecondFactor(db.Model):
    """What makes an account's codes (TOTP, RFC 6238); in force once ``confirmed_at`` is set.

    ``sealed_secret`` is opened by the deployment's secret key alone. ``last_step`` counts the
    half-minutes since 1970 to the last code taken, so that none is taken twice.
    """

    __tablename__ = "second_factors"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), unique=True)
    sealed_secret: Mapped[str] = mapped_column(Text)
    last_step: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    account: Mapped[Account] = relationship()


class RecoveryCode(db.Model):
    """Lets an account in once without its second factor; the row goes when it is used."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)


class StaffInvitation(db.Model):
    """Asks somebody to join a public body; the row goes when they do, or when it is revoked."""

    __tablename__ = "staff_invitations"
    __table_args__ = (UniqueConstraint("organization_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=new_public_id)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    email: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    lang: Mapped[str] = mapped_column(String(2))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    organization: Mapped[Organization] = relationship(lazy="joined")
    invited_by: Mapped[Account] = relationship()


class PasswordReset(db.Model):
    """Lets somebody choose another password, once; the row goes when they do."""

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    account: Mapped[Account] = relationship()


class Identity(db.Model):
    """Who an account is for the provider of single sign-on: its name for them never changes."""

    __tablename__ = "account_identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    account: Mapped[Account] = relationship()
