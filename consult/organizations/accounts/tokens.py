"""Secrets that let somebody in: made here, shown once, kept as a hash."""

import hashlib
import secrets

#: Crockford's base 32, in small letters: no i, l, o or u, so that what is read is typed again.
#: Source: https://www.crockford.com/base32.html
_SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOK_ALIKE = str.maketrans("oil", "011")

#: Symbols of a recovery code, 5 bits each, and of a group of them.
_CODE_LENGTH, _GROUP = 16, 4


def new_token() -> str:
    """A token for a cookie or an address: 256 bits."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """SHA-256 in hexadecimal: a long random secret needs no slower hash."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def new_recovery_code() -> str:
    """Sixteen symbols in groups, 80 bits: '7c4k-….'."""
    symbols = "".join(secrets.choice(_SYMBOLS) for _symbol in range(_CODE_LENGTH))
    return "-".join(symbols[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def recovery_hash(typed: str) -> str:
    """The hash of a recovery code however it is typed: capitals, spaces, o for 0, l for 1."""
    symbols = "".join(symbol for symbol in typed.lower() if symbol.isalnum())
    return hash_of(symbols.translate(_LOOK_ALIKE))
