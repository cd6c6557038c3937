"""Verbs that change public bodies, services and accounts."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from consult.db import Localized, db
from consult.organizations import queries
from consult.organizations.errors import (
    AccountExistsError,
    SignInFailedError,
    SlugTakenError,
)
from consult.organizations.models import Account, Membership, Organization, Role, Service

_hasher = PasswordHasher()


@cache
def _decoy_hash() -> str:
    """Verified for unknown addresses, so that timing does not tell which accounts exist."""
    return _hasher.hash("decoy")


def add_organization(slug: str, name: Localized, description: Localized) -> Organization:
    """Adds a public body; raises ``SlugTakenError`` when its slug is taken."""
    if queries.organization_by_slug(slug):
        raise SlugTakenError()
    organization = Organization(slug=slug, name=name, description=description)
    db.session.add(organization)
    db.session.flush()
    return organization


def add_service(
    organization: Organization, slug: str, name: Localized, **fields: object
) -> Service:
    """Registers a service; ``fields`` are the other columns of ``Service``.

    Raises ``SlugTakenError``.
    """
    if queries.service_by_slug(slug):
        raise SlugTakenError()
    service = Service(organization=organization, slug=slug, name=name, **fields)
    db.session.add(service)
    db.session.flush()
    return service


def create_account(email: str, name: str, password: str, *, is_central: bool = False) -> Account:
    """Creates a staff account; raises ``AccountExistsError`` when the address is taken."""
    if queries.account_by_email(email):
        raise AccountExistsError()
    account = Account(
        email=email.strip().lower(),
        name=name,
        password_hash=_hasher.hash(password),
        is_central=is_central,
    )
    db.session.add(account)
    db.session.flush()
    return account


def grant_role(account: Account, organization: Organization, role: Role) -> Membership:
    """Gives an account its role in a public body, in place of an earlier one."""
    for membership in account.memberships:
        if membership.organization_id == organization.id:
            membership.role = role
            return membership
    membership = Membership(account=account, organization=organization, role=role)
    db.session.add(membership)
    db.session.flush()
    return membership


def authenticate(email: str, password: str) -> Account:
    """The account whose address and password these are; raises ``SignInFailedError`` otherwise."""
    account = queries.account_by_email(email)
    try:
        _hasher.verify(account.password_hash if account else _decoy_hash(), password)
    except VerificationError as error:
        raise SignInFailedError() from error
    if account is None:
        raise SignInFailedError()
    if _hasher.check_needs_rehash(account.password_hash):
        account.password_hash = _hasher.hash(password)
    return account
