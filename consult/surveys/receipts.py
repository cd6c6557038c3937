"""Receipt codes: short enough to read aloud, too many to guess."""

import secrets

#: Crockford's base 32: no I, L, O or U, so that a code is read back as it was written.
#: Source: https://www.crockford.com/base32.html
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12

#: Letters the alphabet lacks, and the digit that was read as one of them.
_LOOK_ALIKE = str.maketrans("OIL", "011")


def new_receipt_code() -> str:
    """Twelve random symbols, that is 60 bits."""
    return "".join(secrets.choice(ALPHABET) for _symbol in range(LENGTH))


def read_receipt_code(typed: str) -> str | None:
    """The code somebody typed: small letters, spaces, dashes, O for 0 and I or L for 1 are taken.

    None when it cannot be a code.
    """
    symbols = "".join(symbol for symbol in typed if symbol.isalnum())
    code = symbols.upper().translate(_LOOK_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
