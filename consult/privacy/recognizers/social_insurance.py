"""Canadian social insurance numbers."""

import re
from collections.abc import Iterator

from stdnum import luhn

from consult.privacy.recognizers.context import (
    ENDS,
    GAP,
    STARTS,
    before,
    follows_file_word,
    is_quantity,
)
from consult.privacy.recognizers.spans import Span

#: Nine digits that no space ties to others, as it does the thousands of "1 200 000 500".
_NINE = re.compile(
    rf"(?:{STARTS}|(?<=[^\W\d_]{{3}})|(?<=[^\W\d_]{{3}}[-.]))(?<![0-9] )"
    rf"[0-9](?:{GAP}{{0,3}}[0-9]){{8}}(?! ?[0-9]{{3}}){ENDS}"
)
_BY_THREE = re.compile(rf"[0-9]{{3}}({GAP}{{1,3}})[0-9]{{3}}\1[0-9]{{3}}")
_SIN_WORDS = re.compile(
    r"(?:\b(?:NAS|SIN|N\.\s?A\.\s?S|S\.\s?I\.\s?N)(?![/\]\w])|assurance[- ]sociale"
    r"|social insurance)[^\d\n]{0,25}$",
    re.IGNORECASE,
)


def find_social_insurance_numbers(text: str) -> Iterator[Span]:
    """Nine digits that pass Luhn, by three, in one piece, or otherwise where "NAS" announces them.

    In one piece after a word such as "dossier" they are a file number and stay.
    """
    for match in _NINE.finditer(text):
        if luhn.is_valid(re.sub(r"[^0-9]", "", match[0])) and _is_personal(match):
            yield Span(*match.span(), "sin")


def _is_personal(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    if _SIN_WORDS.search(before(text, start)):
        return True
    if is_quantity(text, end) or re.search(r"[^\W\d_][-.]?$", text[:start][-2:]):
        return False
    if match[0].isdigit():
        return not follows_file_word(text, start)
    return _BY_THREE.fullmatch(match[0]) is not None
