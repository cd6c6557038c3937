"""Québec health insurance numbers."""

import re
from collections.abc import Iterator

from consult.privacy.recognizers.context import before
from consult.privacy.recognizers.spans import Span

_RAMQ = re.compile(
    r"""(?:(?<!\w)|(?<=[a-zà-ÿ])(?=[A-Z]{4}))
        (?P<letters>[A-Za-z]{4}|[A-Za-z](?:[ ][A-Za-z]){3})(?P<gap>[ .-]{0,2})
        (?P<year>[0-9]{2})[ .-]?(?P<month>[0-9]{2})(?P<middle>[ .-]{0,2})
        (?P<day>[0-9]{2})[ .-]?[0-9]{2}(?!\w|[-.][0-9])""",
    re.VERBOSE,
)
_RAMQ_WORDS = re.compile(
    r"(?:ramq|assurance[- ]?maladie|carte[- ]soleil|\bNAM\b|health (?:card|insurance)|medicare)"
    r"[^\d\n]{0,30}$",
    re.IGNORECASE,
)


def find_ramq_numbers(text: str) -> Iterator[Span]:
    """Four letters, then a birth date (year, month, day) and two digits: ``TREM 8554 1215``.

    The month of women is given with 50 more. What could be a word before years stays, unless
    words such as "carte soleil" announce it.
    """
    for match in _RAMQ.finditer(text):
        if _holds_a_date(match) and (_is_code(match) or _is_announced(match)):
            yield Span(*match.span(), "ramq")


def _is_announced(match: re.Match[str]) -> bool:
    return _RAMQ_WORDS.search(before(match.string, match.start())) is not None


def _holds_a_date(match: re.Match[str]) -> bool:
    month, day = int(match["month"]), int(match["day"])
    return (1 <= month <= 12 or 51 <= month <= 62) and 1 <= day <= 31


def _is_code(match: re.Match[str]) -> bool:
    """True unless it reads as a word before years: "vers 2010-2011"."""
    if match["year"] not in ("19", "20"):
        return True
    is_word = bool(match["gap"]) and not match["letters"].isupper()
    return not is_word and not (match["middle"] == "-" != match["gap"])
