"""Inviting somebody to a public body, and joining it."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import db
from consult.errors import NotAllowedError
from consult.organizations import queries, services
from consult.organizations.accounts.models import StaffInvitation
from consult.organizations.accounts.strength import check_strength
from consult.organizations.accounts.tokens import hash_of, new_token
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.errors import AlreadyMemberError, LinkOverError
from consult.organizations.models import Account, Organization, Role
from consult.organizations.permissions import can_manage_people, require

INVITATION_LASTS = timedelta(days=7)


def invite(
    actor: Account, organization: Organization, email: str, role: Role, lang: str, now: datetime
) -> tuple[StaffInvitation, str]:
    """Invites an address to a public body; returns the invitation and the token of its letter.

    Somebody who is invited already is invited anew, to this role. Raises ``AlreadyMemberError``.
    """
    require(can_manage_people, actor, organization)
    address = email.strip().lower()
    known = queries.account_by_email(address)
    if known and any(m.organization_id == organization.id for m in known.memberships):
        raise AlreadyMemberError()
    invitation = _pending(organization, address)
    if invitation is None:
        invitation = StaffInvitation(organization=organization, email=address)
        db.session.add(invitation)
    invitation.role, invitation.lang = role, lang
    token = _renew(actor, invitation, now)
    given = {"role": ("", role.value)}
    record_act(actor, organization, Action.INVITED, address, now, given)
    return invitation, token


def invite_again(actor: Account, invitation: StaffInvitation, now: datetime) -> str:
    """Gives an invitation another token, good as long as the first; returns it."""
    require(can_manage_people, actor, invitation.organization)
    record_act(actor, invitation.organization, Action.INVITED_AGAIN, invitation.email, now)
    return _renew(actor, invitation, now)


def revoke_invitation(actor: Account, invitation: StaffInvitation, now: datetime) -> None:
    """Takes an invitation back: its link opens nothing any more."""
    require(can_manage_people, actor, invitation.organization)
    record_act(actor, invitation.organization, Action.INVITATION_REVOKED, invitation.email, now)
    db.session.delete(invitation)


def invitations_to(organization: Organization) -> Sequence[StaffInvitation]:
    """Who was invited and has not joined yet, the latest first."""
    query = (
        select(StaffInvitation)
        .where(StaffInvitation.organization_id == organization.id)
        .options(joinedload(StaffInvitation.invited_by))
        .order_by(StaffInvitation.sent_at.desc())
        .limit(200)
    )
    return db.session.scalars(query).all()


def invitation_to(organization: Organization, public_id: uuid.UUID) -> StaffInvitation | None:
    query = select(StaffInvitation).where(
        StaffInvitation.organization_id == organization.id, StaffInvitation.public_id == public_id
    )
    return db.session.scalar(query)


def invitation_of(token: str, now: datetime) -> StaffInvitation:
    """The invitation of a letter; raises ``LinkOverError``."""
    query = select(StaffInvitation).where(
        StaffInvitation.token_hash == hash_of(token), StaffInvitation.expires_at > now
    )
    found: StaffInvitation | None = db.session.scalar(query)
    if found is None:
        raise LinkOverError()
    return found


def invitations_of_address(email: str, now: datetime) -> Sequence[StaffInvitation]:
    """The invitations to an address that are still good."""
    query = select(StaffInvitation).where(
        StaffInvitation.email == email, StaffInvitation.expires_at > now
    )
    return db.session.scalars(query).all()


def join_with_password(
    invitation: StaffInvitation, name: str, password: str, now: datetime
) -> Account:
    """Makes the account of an invited person, with its role.

    Raises ``PasswordRefusedError``, and ``AccountExistsError`` when the address has an account:
    its owner signs in to accept.
    """
    check_strength(password, [invitation.email, name])
    account = services.create_account(invitation.email, name, password)
    join(account, invitation, now)
    return account


def join(account: Account, invitation: StaffInvitation, now: datetime) -> None:
    """Gives an account the role it is invited to; raises ``NotAllowedError`` to anyone else."""
    if account.email != invitation.email:
        raise NotAllowedError()
    services.grant_role(account, invitation.organization, invitation.role)
    given = {"role": ("", invitation.role.value)}
    record_act(
        account, invitation.organization, Action.INVITATION_ACCEPTED, account.email, now, given
    )
    db.session.delete(invitation)
    db.session.flush()


def _pending(organization: Organization, email: str) -> StaffInvitation | None:
    query = select(StaffInvitation).where(
        StaffInvitation.organization_id == organization.id, StaffInvitation.email == email
    )
    return db.session.scalar(query)


def _renew(actor: Account, invitation: StaffInvitation, now: datetime) -> str:
    token = new_token()
    invitation.token_hash = hash_of(token)
    invitation.invited_by = actor
    invitation.sent_at, invitation.expires_at = now, now + INVITATION_LASTS
    db.session.flush()
    return token
