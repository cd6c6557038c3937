"""The links of letters to those who follow: signed, and each good for one thing."""

from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

#: What a link lets do.
CONFIRM, STOP = "confirm that one follows", "stop following"


def link_token(secret_key: str, purpose: str, follower: UUID) -> str:
    """What stands in the address; it has no end, as old letters must keep working."""
    return str(URLSafeSerializer(secret_key, salt=purpose).dumps(follower.hex))


def read_link(secret_key: str, purpose: str, token: str) -> UUID | None:
    """Whom the token was made for; None when it was not made here for this purpose."""
    try:
        return UUID(URLSafeSerializer(secret_key, salt=purpose).loads(token))
    except (BadData, ValueError, AttributeError, TypeError):
        return None
