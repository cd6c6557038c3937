"""Civic addresses in French and English, and Canadian postal codes."""

import re
from collections.abc import Iterator

from consult.privacy.recognizers.spans import Span

_POSTAL = r"(?i:[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ -]?[0-9][ABCEGHJ-NPRSTV-Z][0-9])"
_POSTAL_CODE = re.compile(rf"(?<!\w)(?<!\w-){_POSTAL}(?!\w)(?!-\w)")

_CIVIC = r"(?=[0-9])(?<![\w$€£])(?<!\w[-.,/])[0-9]{1,5}(?:[- ]?[A-Da-d](?!\w))?(?:-[0-9]{1,5})?"
#: Words that begin the next sentence rather than end the name of a street or of a city.
_NEXT_SENTENCE = (
    r"(?!(?:Merci|Bonjour|Svp|Je|Tu|Il|Elle|On|Nous|Vous|Mon|Ma|Mes|Depuis|Quand|Pas|Pour|C|J"
    r"|Thanks?|Hello|Please|I|My|We|You|It|They|When|Not|But|And)(?![\w-]))"
)
_CAPITALIZED = (
    rf"{_NEXT_SENTENCE}(?:(?:Ste?|Dr|Mgr)\.\s?)?"
    r"(?:[^\W\d_a-zà-ÿ][\w'’-]{0,40}+|[0-9]{1,3}(?i:e|re|er|ère|ème|th|st|nd|rd)(?!\w))"
)
_ANY_WORD = r"[^\W_][\w'’-]{1,40}+"
#: Between the type of a street and its name: "rue de la Montagne", "chemin de l'Église".
_LINK = r"(?:(?:des?|du|la|les?|aux?|of|the)\s|(?:d|l)['’]\s?)"

#: After a number, these can hardly be anything but an address…
_RUE = r"(?i:rue|avenue|av|boulevard|boul|bd|blvd|ruelle|croissant)(?!\w)\.?"
#: … and these need a name with a capital ("1 place disponible", "2 route").
_CHEMIN = (
    r"(?i:chemin|ch|rang|route|rte|place|c[ôo]te|mont[ée]e|impasse|all[ée]e|terrasse|quai|promenade"
    r"|carr[ée]|cours|square|autoroute|domaine|traverse|mont)(?!\w)\.?"
)
_NOT_A_NAME = r"(?!(?i:et|ou|qui|que|o[ùu]|est|sont|plus|chez|pour|sans|avec|dans|mon|ma|à)(?!\w))"
_FRENCH = (
    rf",?\s(?:(?:de\sla|de|du|des|sur\sla|sur\sle)\s)?"
    rf"(?:{_RUE}\s{_LINK}{{0,2}}{_NOT_A_NAME}(?:{_CAPITALIZED}|{_ANY_WORD})"
    rf"|{_CHEMIN}\s{_LINK}{{0,2}}{_CAPITALIZED}"
    rf"|(?i:route|rte|rang)\s[0-9]{{1,3}}(?!\w)"
    rf"|[0-9]{{1,3}}(?i:e|re|ère|ème)\s(?i:rue|avenue|av|boulevard|rang)(?!\w)\.?)"
    rf"(?:[ -]{_LINK}{{0,2}}{_CAPITALIZED}){{0,3}}(?:\s(?:Est|E\.|(?i:ouest|nord|sud))(?!\w))?"
)

_STREET = r"(?i:street|st|avenue|ave|road|rd|boulevard|blvd|crescent|cres)(?!\w)\.?"
_LANE = r"(?i:drive|dr|lane|ln|court|crt|place|pl|way|terrace|highway|hwy|circle|trail)(?!\w)\.?"
#: Between a number and "street" or "road", these make it a count: "20 minutes road".
_COUNTED = (
    r"(?!(?i:minutes?|mins?|hours?|days?|km|metres?|blocks?|lanes?|way|more|other|of|on|the|in"
    r"|different|new|busy|bad)(?!\w))"
)
_ENGLISH = (
    rf",?\s(?:(?:(?:de|du|des|la|le)\s)?(?:{_CAPITALIZED}\s){{1,3}}(?:{_STREET}|{_LANE})|{_COUNTED}{_ANY_WORD}\s{_STREET})"
    r"(?:\s(?:(?i:east|west|north|south)|[EWNS])(?!\w)\.?)?"
)

_UNIT = (
    r"(?:,?\s(?i:app(?:t|art(?:ement)?)?|apartment|apt|unit[ée]?|suite|bureau|local|porte|c\.?p|p\.?o\.?\sbox)\.?"
    r"\s?#?\s?[\w-]{1,6}(?!\w)|,?\s#\s?[\w-]{1,6}(?!\w))"
)
_CITY = rf"{_CAPITALIZED}(?:[ -]{_LINK}{{0,2}}{_CAPITALIZED}){{0,4}}"
_PROVINCE = r"\s?,?\s?\(?(?i:qu[ée]bec|qc|ontario|on|new brunswick|nb|p\.?q\.?|canada)\)?(?!\w)"
_END = (
    rf"{_UNIT}?(?:\s?[,\n]?\s?{_CITY}(?:{_PROVINCE})?[,\s]{{1,3}}{_POSTAL}(?!\w)"
    rf"|\s?,\s{_CITY}(?:{_PROVINCE})?|{_PROVINCE}|[,\s]{{1,3}}{_POSTAL}(?!\w))?"
)
_ADDRESS = re.compile(rf"{_CIVIC}(?:{_FRENCH}|{_ENGLISH}){_END}")
#: A post office box: "C.P. 1234", "P.O. Box 77".
_BOX = re.compile(
    r"(?i:(?<![\w.])(?:c\.\s?p\.|(?:case|bo[îi]te)\s(?:postale|post)|p\.?\s?o\.?\s?box|post\soffice\sbox))"
    r"\s?[:#]?\s?(?:n[o°º]\.?\s?)?[0-9]{1,6}(?!\w)"
)


def find_addresses(text: str) -> Iterator[Span]:
    """Civic number, street and name, on to unit, city and postal code; postal codes alone too."""
    for pattern in (_ADDRESS, _BOX, _POSTAL_CODE):
        yield from (Span(*match.span(), "address") for match in pattern.finditer(text))
