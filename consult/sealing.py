"""Texts that the database keeps but must not tell: sealed with a key made from the secret key.

A copy of the database alone opens nothing. ``purpose`` keeps uses apart: what was sealed as a
contact cannot be opened as a webhook's secret. Fernet (AES-128-CBC and HMAC-SHA256) with a key
derived by HKDF-SHA256 (RFC 5869). Whoever changes ``CONSULT_SECRET_KEY`` can no longer open what
was sealed before.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SealBrokenError(ValueError):
    """Sealed under another secret key or for another purpose, or changed since."""


@lru_cache(maxsize=16)
def _fernet(secret_key: str, purpose: str) -> Fernet:
    info = f"consult sealing 1: {purpose}".encode()
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret_key.encode())
    return Fernet(urlsafe_b64encode(key))


def seal(secret_key: str, text: str, *, purpose: str) -> str:
    """``text``, readable again only by ``unseal`` with the same key and purpose; ASCII.

    The same text is sealed differently each time. The length stays visible.
    """
    return _fernet(secret_key, purpose).encrypt(text.encode()).decode("ascii")


def unseal(secret_key: str, sealed: str, *, purpose: str) -> str:
    """What ``seal`` was given; raises ``SealBrokenError``."""
    try:
        return _fernet(secret_key, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBrokenError() from None
