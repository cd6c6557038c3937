"""One recogniser per kind of identifier: a text in, the places of its identifiers out.

Each looks for a shape, then checks what the shape cannot tell (Luhn, a plausible date, the words
around), so that amounts, dates and file numbers stay. Every pattern is bounded: the time taken
grows with the length of the text, never faster.
"""

import re
from collections.abc import Callable, Iterator

from consult.privacy.recognizers.addresses import find_addresses
from consult.privacy.recognizers.cards import find_cards
from consult.privacy.recognizers.context import has_number
from consult.privacy.recognizers.emails import find_emails
from consult.privacy.recognizers.folding import fold
from consult.privacy.recognizers.phones import find_phones
from consult.privacy.recognizers.ramq import find_ramq_numbers
from consult.privacy.recognizers.social_insurance import find_social_insurance_numbers
from consult.privacy.recognizers.spans import Span

Recognizer = Callable[[str], Iterator[Span]]

#: The most specific first: of two equally long readings of the same words, the first is kept.
_OF_NUMBERS: tuple[Recognizer, ...] = (
    find_ramq_numbers,
    find_cards,
    find_social_insurance_numbers,
    find_phones,
)
#: Without one of these signs or words a text holds no identifier: most comments hold none.
_SIGNS = re.compile(r"[\d@＠﹫(（[{]")
_SPELLED_SIGNS = ("arob", " at ", " dot ", " point ")
_DIGIT = re.compile(r"\d")
#: A name that a machine gave, of which the digits say nothing.
UUID = re.compile(
    r"(?<![^\W_])(?<!-)[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![^\W_]|-)"
)


def find_identifiers(text: str) -> Iterator[Span]:
    """The places that a recogniser sees in ``text``, in no order; some overlap."""
    if not _SIGNS.search(text) and not _spells_a_sign(text.lower()):
        return
    text = UUID.sub(lambda uuid: "x" * len(uuid[0]), fold(text))
    yield from find_emails(text)
    if has_number(text):
        for recognize in _OF_NUMBERS:
            yield from recognize(text)
    if _DIGIT.search(text):
        yield from find_addresses(text)


def _spells_a_sign(text: str) -> bool:
    return any(word in text for word in _SPELLED_SIGNS)
