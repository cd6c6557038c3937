"""Payment cards."""

import re
from collections.abc import Iterator

from stdnum import luhn

from consult.privacy.recognizers.context import GAP, STARTS, longest_part, scan
from consult.privacy.recognizers.spans import Span

#: In one piece, or in groups of which the first has four digits (no amount is written so).
_SHAPE = re.compile(
    rf"(?:{STARTS}|(?<=[^\W\d_]{{3}}))[2-6](?:[0-9]{{12,18}}|[0-9]{{3}}(?:{GAP}{{1,3}}[0-9]{{2,7}}){{2,5}})(?![0-9])"
)
#: Visa, Mastercard (two ranges), American Express, Discover, UnionPay, Diners Club, JCB, Maestro.
#: Source: ISO/IEC 7812 issuer ranges, as the networks publish them.
_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}"
    r"|6\d{12,18}|5[06-8]\d{11,17}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14,17}"
)


def find_cards(text: str) -> Iterator[Span]:
    """13 to 19 digits that a network issues and that pass Luhn, grouped or not."""
    for start, end in scan(_SHAPE, text, lambda match: longest_part(match[0], _is_issued)):
        yield Span(start, end, "card")


def _is_issued(written: str) -> bool:
    digits = re.sub(r"[^0-9]", "", written)
    return _ISSUED.fullmatch(digits) is not None and bool(luhn.is_valid(digits))
