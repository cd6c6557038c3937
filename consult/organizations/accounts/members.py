"""The people of a public body: who they are, their role, the end of their access."""

import uuid
from datetime import datetime

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from consult.db import db
from consult.errors import NotAllowedError
from consult.organizations.accounts.second_factor import remove_factor
from consult.organizations.accounts.sessions import end_sessions
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.errors import LastAdministratorError
from consult.organizations.models import Account, Membership, Organization, Role
from consult.organizations.permissions import can_manage_people, require


def members_of(organization: Organization, page: int) -> Pagination:
    """A page of a body's memberships, each with its account, by name."""
    query = (
        select(Membership)
        .join(Membership.account)
        .options(contains_eager(Membership.account))
        .where(Membership.organization_id == organization.id)
        .order_by(Account.name, Account.id)
    )
    return db.paginate(query, page=page, per_page=50, error_out=False)


def member_of(organization: Organization, public_id: uuid.UUID) -> Membership | None:
    """The membership of an account in a public body."""
    query = (
        select(Membership)
        .join(Membership.account)
        .options(contains_eager(Membership.account))
        .where(Membership.organization_id == organization.id, Account.public_id == public_id)
    )
    return db.session.scalar(query)


def change_role(actor: Account, membership: Membership, role: Role, now: datetime) -> None:
    """Gives a member another role; raises ``LastAdministratorError``."""
    require(can_manage_people, actor, membership.organization)
    before = membership.role
    if before is role:
        return
    _keep_an_administrator(membership)
    membership.role = role
    account, given = membership.account, {"role": (before.value, role.value)}
    record_act(actor, membership.organization, Action.ROLE_CHANGED, account.email, now, given)


def end_access(actor: Account, membership: Membership, now: datetime) -> None:
    """Ends a member's access; without another role, they are signed out everywhere at once.

    Raises ``LastAdministratorError``. The account stays: its name stands beside what it did.
    """
    require(can_manage_people, actor, membership.organization)
    _keep_an_administrator(membership)
    account, body = membership.account, membership.organization
    given = {"role": (membership.role.value, "")}
    db.session.delete(membership)
    db.session.flush()
    db.session.expire(account, ["memberships"])
    record_act(actor, body, Action.ACCESS_ENDED, account.email, now, given)
    if not account.memberships and not account.is_central:
        end_sessions(actor, account, now, body=body)


def sign_member_out(actor: Account, membership: Membership, now: datetime) -> int:
    """Ends a member's sessions, wherever they are signed in; returns how many."""
    require(can_manage_people, actor, membership.organization)
    return end_sessions(actor, membership.account, now, body=membership.organization)


def may_remove_factor(actor: Account, account: Account) -> bool:
    """True of who sees to people in every public body of the account."""
    if account.is_central:
        return actor.is_central
    return all(can_manage_people(actor, m.organization) for m in account.memberships)


def remove_member_factor(actor: Account, membership: Membership, now: datetime) -> None:
    """Lets in, with their password alone, somebody who lost their application and their codes."""
    require(can_manage_people, actor, membership.organization)
    if not may_remove_factor(actor, membership.account):
        raise NotAllowedError()
    remove_factor(actor, membership.account, now, membership.organization)


def _keep_an_administrator(membership: Membership) -> None:
    if membership.role is not Role.ADMINISTRATOR:
        return
    # Two administrators who end each other's access do so one after the other.
    body = select(Organization.id).where(Organization.id == membership.organization_id)
    db.session.execute(body.with_for_update())
    administrators = select(func.count()).where(
        Membership.organization_id == membership.organization_id,
        Membership.role == Role.ADMINISTRATOR,
    )
    if (db.session.scalar(administrators) or 0) < 2:
        raise LastAdministratorError()
