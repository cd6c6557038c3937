"""Receipt codes: short enough to read aloud, too many to guess."""

import secrets

#: Crockford's base 32: no I, L, O or U, so that a code is read back as it was written.
#: Source: https://www.crockford.com/base32.html
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12


def new_receipt_code() -> str:
    """Twelve random symbols, that is 60 bits."""
    return "".join(secrets.choice(ALPHABET) for _symbol in range(LENGTH))
