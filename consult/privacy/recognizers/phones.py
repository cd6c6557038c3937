"""Telephone numbers: North America first, then France and numbers written with their country."""

import re
from collections.abc import Iterator

from consult.privacy.recognizers.context import (
    GAP,
    follows_file_word,
    is_quantity,
    longest_part,
    scan,
)
from consult.privacy.recognizers.spans import Span

_STARTS = r"(?=[+(0-9])(?<![0-9$€£])(?<![0-9][-.,])"
_ENDS = r"(?![0-9])(?!-[0-9])(?![.,][0-9]{2})"
_EXTENSION = r"(?:\s?,?\s?(?:poste|ext\.?|extension|local|x|\#)\s?:?\s?[0-9]{1,6}(?![0-9]))"
_SEPARATOR = rf"(?:{GAP}|[/()]){{0,3}}"

_AREA = r"[2-9](?!11)[0-9]{2}"
_NORTH_AMERICAN = re.compile(
    rf"""{_STARTS}(?:\+\s?)?(?:1{_SEPARATOR})?
        \(?{_AREA}{_SEPARATOR}[2-9][0-9]{{2}}{_SEPARATOR}
        [0-9]{{2}}{GAP}?[0-9]{{2}}(?:{_EXTENSION}|{_ENDS})""",
    re.VERBOSE | re.IGNORECASE,
)
_ONE_BY_ONE = re.compile(rf"{_STARTS}(?<![0-9] )[2-9](?:[ -][0-9]){{9}}(?![0-9]| [0-9])")
_FRENCH = re.compile(rf"{_STARTS}0[1-9](?:{GAP}?[0-9]{{2}}){{4}}{_ENDS}")
#: Below so many digits, a sum after a plus sign is as likely as a number of a range unknown to us.
_FULL_LENGTH = 10
#: "200-300 2021", "450 514 2021": pages or years rather than a number, unless it exists.
_YEARS = re.compile(r"[0-9]{3}[- ][0-9]{3} [0-9]{4}")
_WITH_COUNTRY = re.compile(
    rf"(?<![\w+])(?:\+|00){GAP}?[1-9][0-9](?:(?:{GAP}|[/()]){{0,2}}[0-9]){{5,13}}(?![0-9])"
)
_ANNOUNCED = re.compile(
    rf"""\b(?:t[ée]l|t[ée]l[ée]phone[rz]?|cell|cellulaire|phone|call|mobile|text|texto|texter|fax
          |appel|joignable|reachable|appele[rz]|rappele[rz]|joindre|rejoindre|reach|contacte[rz])\b[-.:]?
        (?:\W{{1,3}}(?:me|moi|us|nous|au|at|on|is|est|le|the|ou|or|num[ée]ro|number|no))
        {{0,3}}\W{{0,3}}
        (?P<number>(?<![0-9])[2-9](?!11)[0-9]{{2}}{GAP}{{0,3}}[0-9]{{4}}){_EXTENSION}?{_ENDS}""",
    re.VERBOSE | re.IGNORECASE,
)


def find_phones(text: str) -> Iterator[Span]:
    """``418 555-0142 poste 3``, ``+33 6 12 34 56 78``, ``01 23 45 67 89``, "cell. 555-0142"."""
    for match in _NORTH_AMERICAN.finditer(text):
        if not is_quantity(text, match.end()) and _is_believable(match, "CA"):
            yield Span(*match.span(), "phone")
    for match in _ONE_BY_ONE.finditer(text):
        if _exists(match[0], "CA"):
            yield Span(*match.span(), "phone")
    for start, end in scan(_FRENCH, text, _in_france, apart=True):
        yield Span(start, end, "phone")
    for start, end in scan(_WITH_COUNTRY, text, _abroad, apart=True):
        yield Span(start, end, "phone")
    yield from (Span(m.start("number"), m.end(), "phone") for m in _ANNOUNCED.finditer(text))


def _is_believable(match: re.Match[str], region: str) -> bool:
    """A number in one piece must exist in its region, and not be announced as a file."""
    if not match[0].isdigit():
        return _YEARS.fullmatch(match[0]) is None or _exists(match[0], region)
    return not follows_file_word(match.string, match.start()) and _exists(match[0], region)


def _in_france(match: re.Match[str]) -> str:
    return match[0] if _is_believable(match, "FR") else ""


def _abroad(match: re.Match[str]) -> str:
    """What of a match is a number with its country, not a sum after a plus sign."""
    number = longest_part(match[0], _exists_abroad)
    if not number and match[0].startswith("+") and _has_a_length(match[0]):
        number = match[0]
    return "" if is_quantity(match.string, match.start() + len(number)) else number


def _exists_abroad(written: str) -> bool:
    return _exists(re.sub(r"^00", "+", written), None)


def _has_a_length(written: str) -> bool:
    """True when numbers of that country have so many digits: new ranges are not known to us."""
    import phonenumbers

    if sum(sign.isdigit() for sign in written) < _FULL_LENGTH:
        return False
    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(written, None)))
    except phonenumbers.NumberParseException:
        return False


def _exists(number: str, region: str | None) -> bool:
    import phonenumbers  # heavy, and needed by few texts

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(number, region)))
    except phonenumbers.NumberParseException:
        return False
