"""One recogniser per kind of identifier: a text in, the places of its identifiers out.

Each looks for a shape, then checks what the shape cannot tell (Luhn, a plausible date, the words
around), so that amounts, dates and file numbers stay. Every pattern is bounded: the time taken
grows with the length of the text, never faster.
"""

from collections.abc import Callable, Iterator

from consult.privacy.recognizers.addresses import find_addresses
from consult.privacy.recognizers.cards import find_cards
from consult.privacy.recognizers.emails import find_emails
from consult.privacy.recognizers.phones import find_phones
from consult.privacy.recognizers.ramq import find_ramq_numbers
from consult.privacy.recognizers.social_insurance import find_social_insurance_numbers
from consult.privacy.recognizers.spans import Span

Recognizer = Callable[[str], Iterator[Span]]

#: The most specific first: of two equally long readings of the same words, the first is kept.
RECOGNIZERS: tuple[Recognizer, ...] = (
    find_emails,
    find_ramq_numbers,
    find_cards,
    find_social_insurance_numbers,
    find_phones,
    find_addresses,
)
