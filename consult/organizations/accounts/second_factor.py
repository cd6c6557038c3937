"""The second factor: codes of an application (TOTP, RFC 6238), and recovery codes."""

import hmac
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select, update

from consult.db import db
from consult.organizations.accounts.models import RecoveryCode, SecondFactor
from consult.organizations.accounts.tokens import new_recovery_code, recovery_hash
from consult.organizations.audit.actions import Action
from consult.organizations.audit.recording import record_act
from consult.organizations.errors import CodeRefusedError
from consult.organizations.models import Account, Organization
from consult.sealing import SealBrokenError, seal, unseal

RECOVERY_CODES = 10

#: Clocks may differ by one step of 30 seconds either way.
_AROUND = (-1, 0, 1)

_PURPOSE = "second factor"


@dataclass(frozen=True)
class Offer:
    """What an application needs to make an account's codes: by its camera, or typed."""

    secret: str
    address: str

    @property
    def groups(self) -> str:
        """The secret, in groups that are easier to type."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


def is_asked_to_have_one(account: Account, *, everywhere: bool) -> bool:
    """True when the deployment, or a public body of the account, wants a second factor it lacks."""
    wanted = everywhere or any(m.organization.requires_second_factor for m in account.memberships)
    return wanted and account.second_factor_at is None


def offer_factor(account: Account, secret_key: str) -> None:
    """Makes a secret for an account; it changes nothing until ``confirm_factor``."""
    factor = _factor_of(account)
    if factor is None:
        factor = SecondFactor(account=account)
        db.session.add(factor)
    if account.second_factor_at is None:
        factor.sealed_secret = seal(secret_key, pyotp.random_base32(), purpose=_PURPOSE)
        factor.last_step = 0
        factor.confirmed_at = None
    db.session.flush()


def offer_of(account: Account, secret_key: str, site: str) -> Offer | None:
    """The secret that waits to be confirmed; None when there is none."""
    factor = _factor_of(account)
    if factor is None or factor.confirmed_at is not None:
        return None
    try:
        secret = unseal(secret_key, factor.sealed_secret, purpose=_PURPOSE)
    except SealBrokenError:  # sealed before the secret key was changed
        return None
    address = pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=site)
    return Offer(secret, address)


def confirm_factor(account: Account, typed: str, secret_key: str, now: datetime) -> list[str]:
    """Puts the second factor in force; returns the recovery codes, which are shown once.

    Raises ``CodeRefusedError``.
    """
    factor = _factor_of(account)
    if factor is None or factor.confirmed_at is not None:
        raise CodeRefusedError()
    _take_code(factor, typed, secret_key, now)
    factor.confirmed_at = account.second_factor_at = now
    record_act(account, None, Action.SECOND_FACTOR_SET, account.email, now)
    return _new_codes(account)


def check_factor(account: Account, typed: str, secret_key: str, now: datetime) -> None:
    """Takes a code of the application, or a recovery code, once.

    Raises ``CodeRefusedError``.
    """
    factor = _factor_of(account)
    if factor is None or factor.confirmed_at is None:
        raise CodeRefusedError()
    digits = "".join(typed.split())
    if len(digits) == 6:
        _take_code(factor, digits, secret_key, now)
        return
    used = (RecoveryCode.account_id == account.id, RecoveryCode.code_hash == recovery_hash(typed))
    result = db.session.execute(delete(RecoveryCode).where(*used))
    if not result.rowcount:  # type: ignore[attr-defined]
        raise CodeRefusedError()
    left = recovery_codes_left(account)
    codes = {"recovery codes": (left + 1, left)}
    record_act(account, None, Action.RECOVERY_CODE_USED, account.email, now, codes)


def remove_factor(
    actor: Account, account: Account, now: datetime, body: Organization | None = None
) -> None:
    """Takes an account's second factor away, with its recovery codes.

    ``body`` is the public body in whose name somebody else does it.
    """
    for table in (RecoveryCode, SecondFactor):
        db.session.execute(delete(table).where(table.account_id == account.id))
    if account.second_factor_at is not None:
        record_act(actor, body, Action.SECOND_FACTOR_REMOVED, account.email, now)
    account.second_factor_at = None


def renew_recovery_codes(account: Account, now: datetime) -> list[str]:
    """Ten other recovery codes; the earlier ones are of no use any more."""
    record_act(account, None, Action.RECOVERY_CODES_RENEWED, account.email, now)
    return _new_codes(account)


def recovery_codes_left(account: Account) -> int:
    query = select(func.count()).where(RecoveryCode.account_id == account.id)
    return db.session.scalar(query) or 0


def _factor_of(account: Account) -> SecondFactor | None:
    return db.session.scalar(select(SecondFactor).where(SecondFactor.account_id == account.id))


def _take_code(factor: SecondFactor, typed: str, secret_key: str, now: datetime) -> None:
    """Marks a code as taken; two requests at once with the same one: the database lets one."""
    try:
        totp = pyotp.TOTP(unseal(secret_key, factor.sealed_secret, purpose=_PURPOSE))
    except SealBrokenError as error:  # a recovery code still lets in
        raise CodeRefusedError() from error
    here = totp.timecode(now)
    digits = "".join(typed.split()).encode(errors="replace")
    steps = [
        here + offset
        for offset in _AROUND
        if hmac.compare_digest(totp.generate_otp(here + offset).encode(), digits)
    ]
    for step in steps:
        not_yet = (SecondFactor.id == factor.id) & (SecondFactor.last_step < step)
        taken = db.session.execute(update(SecondFactor).where(not_yet).values(last_step=step))
        if taken.rowcount:  # type: ignore[attr-defined]
            return
    raise CodeRefusedError()


def _new_codes(account: Account) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [new_recovery_code() for _code in range(RECOVERY_CODES)]
    db.session.add_all(
        RecoveryCode(account_id=account.id, code_hash=recovery_hash(code)) for code in codes
    )
    db.session.flush()
    return codes
