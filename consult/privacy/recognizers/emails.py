"""E-mail addresses, also spaced or with their signs spelled out."""

import re
from collections.abc import Iterator

from consult.privacy.recognizers.spans import Span

_LOCAL = r"(?<![\w.+%~-])[\w.+%~'’-]++"
_LABEL = r"[\w-]{1,63}"
_TLD = r"[^\W\d_]{2,24}+"
#: The only endings believed when the dot before them is spaced or spelled out.
_KNOWN_TLD = r"(?:ca|com|org|net|fr|info|edu|gov|quebec|io|eu|be|ch|uk|us|example)(?!\w)"
_PROVIDER = r"(?:gmail|hotmail|outlook|yahoo|videotron|sympatico|icloud|live|protonmail)(?!\w)"

_WORD_AT = r"(?:arobase|arrobas?)"
_AT = rf"(?:\s?@\s?|\s?[(\[{{]\s?(?:at|à|a|{_WORD_AT})\s?[)\]}}]\s?|\s{_WORD_AT}\s)"
_SPELLED_AT = rf"\s(?:at|à|{_WORD_AT}|a\scommercial)\s"
_SPACED_DOT = r"(?:\s?\.\s?|\s?[(\[{]\s?(?:dot|point)\s?[)\]}]\s?)"
_SPELLED_DOT = r"\s(?:dot|point)\s"

_EMAILS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LOCAL}{_AT}(?:{_LABEL}\.){{1,8}}{_TLD}",
        rf"{_LOCAL}{_AT}(?:{_LABEL}{_SPACED_DOT}){{1,4}}(?-i:{_KNOWN_TLD})",
        rf"(?:(?<![\w.+%~-])[\w-]{{1,40}}{_SPELLED_DOT})?"
        rf"{_LOCAL}(?:{_AT}|{_SPELLED_AT})(?:{_LABEL}{_SPELLED_DOT}){{1,4}}{_KNOWN_TLD}",
        rf"{_LOCAL}\s?@\s?{_PROVIDER}",
        # "look at canada.ca" is no address: here the name must be one that is no plain word.
        rf"(?<![\w.+%~-])(?-i:[a-z])(?=[\w-]{{0,40}}[._0-9]\w)[\w.+-]{{2,64}}+\sat\s"
        rf"(?:{_LABEL}\.){{1,4}}{_KNOWN_TLD}",
    )
)
_SIGN = re.compile(
    r"@|ar+obas|[(\[{]\s?(?:at|à|a)\s?[)\]}]|\s(?:dot|point)\s|\sat\s[\w-]+\.", re.IGNORECASE
)


def find_emails(text: str) -> Iterator[Span]:
    """``nom@example.org``, ``nom (at) example . org``, ``nom arobase example point org``."""
    if not _SIGN.search(text):
        return
    for pattern in _EMAILS:
        yield from (Span(*match.span(), "email") for match in pattern.finditer(text))
