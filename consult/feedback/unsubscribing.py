"""The link that ends a subscription, without signing in: signed, and good for nothing else."""

from typing import NamedTuple
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer


class Subscriber(NamedTuple):
    """Who hears of which service."""

    account: UUID
    service_key: str


def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="unsubscribe from alerts")


def unsubscribing_token(secret_key: str, who: Subscriber) -> str:
    """What stands in the address; it has no end, as old messages must keep working."""
    return str(_signer(secret_key).dumps([who.account.hex, who.service_key]))


def read_token(secret_key: str, token: str) -> Subscriber | None:
    """Who the token was made for; None when it was not made here."""
    try:
        account, service_key = _signer(secret_key).loads(token)
    except (BadData, ValueError):
        return None
    return Subscriber(UUID(account), service_key)
