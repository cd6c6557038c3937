"""Which passwords are good enough: long, and not among the first that anyone would try.

No rule says of what signs a password is made. zxcvbn estimates how many guesses it takes, from
lists of common passwords, names and words, keyboard rows, dates and repetitions.
Source: D. L. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016.
"""

import re
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from consult.organizations.errors import PasswordRefusedError

MIN_LENGTH, MAX_LENGTH = 12, 500

#: Of 4: 3 takes 10^8 guesses or more, and 4 takes 10^10.
_GOOD_ENOUGH = 3

#: What zxcvbn reads at most; a longer password has the strength of its beginning, at least.
_READ = 72

#: First guesses here, which lists made elsewhere lack.
_LOCAL = (
    *("consult", "consultation", "quebec", "québec", "montreal", "montréal", "canada"),
    *("gouvernement", "government", "motdepasse", "mot de passe", "bienvenue", "bonjour"),
    *("soleil", "administrateur", "organisme", "ministere", "azerty", "azertyuiop"),
)


def check_strength(password: str, about: Iterable[str] = ()) -> None:
    """Raises ``PasswordRefusedError`` for a password that is short or easy to guess.

    Args:
        about: what anyone knows of the person: their address, their name.
    """
    if len(password) < MIN_LENGTH:
        raise PasswordRefusedError(_l("Choose a password of at least 12 characters."))
    if len(password) > MAX_LENGTH:
        raise PasswordRefusedError(_l("Shorten the password to 500 characters."))
    from zxcvbn import zxcvbn  # its lists take a moment to load

    known = {part for text in about for part in [text, *re.split(r"[\W_]+", text)] if part}
    found = zxcvbn(password[:_READ], user_inputs=[*sorted(known), *_LOCAL])
    if found["score"] < _GOOD_ENOUGH:
        raise PasswordRefusedError()
