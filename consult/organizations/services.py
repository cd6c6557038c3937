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


def create_account(
    email: str, name: str, password: str | None, *, is_central: bool = False
) -> Account:
    """Creates a staff account; raises ``AccountExistsError`` when the address is taken.

    Without ``password``, single sign-on is the only way in.
    """
    if queries.account_by_email(email):
        raise AccountExistsError()
    account = Account(
        email=email.strip().lower(),
        name=name,
        password_hash=_hasher.hash(password) if password is not None else "",
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


def set_password(account: Account, password: str) -> None:
    """Gives an account another password; ``accounts.strength`` says which are good enough."""
    account.password_hash = _hasher.hash(password)


def is_password_of(account: Account | None, password: str) -> bool:
    """True of the account's password; it takes as long when there is none to compare with."""
    kept = account.password_hash if account else ""
    try:
        _hasher.verify(kept or _decoy_hash(), password)
    except VerificationError:
        return False
    return bool(kept)


def authenticate(email: str, password: str) -> Account:
    """The account whose address and password these are; raises ``SignInFailedError`` otherwise."""
    account = queries.account_by_email(email)
    if not is_password_of(account, password) or account is None:
        raise SignInFailedError()
    if _hasher.check_needs_rehash(account.password_hash):
        account.password_hash = _hasher.hash(password)
    return account
