"""One recogniser per kind of identifier: a text in, the places of its identifiers out.

Each looks for a shape, then checks what the shape cannot tell (Luhn, a plausible date, the words
before), so that amounts, dates and file numbers stay.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from stdnum import luhn


class Span(NamedTuple):
    """A place in a text, end excluded, and the kind of identifier that stands there."""

    start: int
    end: int
    kind: str


Recognizer = Callable[[str], Iterator[Span]]

_EMAIL = re.compile(
    r"""(?<![\w.+-])[\w.+-]{1,64}
        (?:\s?@\s?|\s?[(\[]\s?(?:at|à|arobase|a)\s?[)\]]\s?|\s(?:arobase)\s)
        (?:[\w-]{1,63}(?:\s?\.\s?|\s?[(\[]\s?(?:dot|point)\s?[)\]]\s?)){1,5}[a-z]{2,24}(?![\w])""",
    re.VERBOSE | re.IGNORECASE,
)

_GAP = r"[ \u00a0\u202f.·–-]"
_PHONE = re.compile(
    rf"""(?<![\w$€£.,/-])(?<!\d\s)
        (?:\+?1{_GAP}{{0,2}})?
        (?:\(\s?[2-9]\d\d\s?\){_GAP}{{0,2}}|[2-9]\d\d{_GAP}{{1,2}}|[2-9]\d\d(?=\d{{7}}(?!\d)))
        [2-9]\d\d{_GAP}{{0,2}}\d{{4}}
        (?:\s?,?\s?(?:poste|ext\.?|extension|x|\#)\s?\d{{1,6}})?
        (?![\w%$€]|{_GAP}?\d|[.,]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_FOREIGN_PHONE = re.compile(
    rf"(?<![\w+])\+(?!1\D)\d{{1,3}}{_GAP}?(?:\(0\))?(?:{_GAP}?\d){{7,12}}(?!\d)"
    rf"|(?<![\w.,])0[1-9](?:{_GAP}?\d\d){{4}}(?!{_GAP}?\d)",
)
_LOCAL_PHONE = re.compile(
    r"(?:t[ée]l[ée]?(?:phone)?\.?|cell(?:ulaire)?\.?|phone|call me at|appelez[- ]moi au)"
    rf"\s?:?\s?(?P<number>[2-9]\d\d{_GAP}\d{{4}})(?!\d)",
    re.IGNORECASE,
)

_NINE_SPACED = re.compile(r"(?<![\w.,-])\d{3}([ \u00a0\u202f.-])\d{3}\1\d{3}(?![\w%$€-]|[ ,.]?\d)")
_NINE_PLAIN = re.compile(r"(?<![\w.,-])\d{9}(?![\w%$€-]|[ ,.]?\d)")
_SIN_WORDS = re.compile(
    r"(?:\bNAS\b|\bSIN\b|assurance[- ]sociale|social insurance)[^\d\n]{0,25}$", re.IGNORECASE
)
_FILE_WORDS = re.compile(
    r"(?:dossier|demande|r[ée]f[ée]rence|r[ée]f|confirmation|facture|permis|re[çc]u|suivi|commande"
    r"|file|case|request|application|reference|ref|invoice|permit|receipt|tracking|order|ticket)"
    r"\W{0,3}(?:n[o°º]|num[ée]ro|number|no|#)?[^\w\n]{0,6}(?:est|is|le|the)?[^\w\n]{0,3}$",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(r"^\s?(?:\$|€|£|dollars?|piastres?|M\$|k\$|fois|times|people|personnes)")

_RAMQ = re.compile(
    r"(?<!\w)[A-Z]{4}[ -]?(\d\d)(\d\d)[ -]?(\d\d)[ -]?\d\d(?!\w|[ -]?\d)", re.IGNORECASE
)

_CARD = re.compile(r"(?<![\w.,-])[2-6](?:[ \u00a0-]?\d){12,18}(?![\w%$€-]|[ ,.]?\d)")

_POSTAL = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ \u00a0-]?\d[ABCEGHJ-NPRSTV-Z]\d"
_POSTAL_CODE = re.compile(rf"(?<!\w){_POSTAL}(?!\w)", re.IGNORECASE)
_FRENCH_STREET = (
    r"(?:rue|avenue|av\.?|boulevard|boul\.?|blvd|chemin|ch\.|rang|route|place|c[ôo]te|mont[ée]e"
    r"|impasse|all[ée]e|terrasse|croissant|ruelle|quai|promenade)"
)
_ENGLISH_STREET = (
    r"(?:street|st\.?|avenue|ave\.?|road|rd\.?|drive|dr\.?|crescent|cres\.?|boulevard|blvd\.?"
    r"|lane|court|place|way|terrace|highway)"
)
_WORD = r"[A-ZÉÈÀÂÎÔ](?:[^\W\d_]|['’-])+"
_TAIL = (
    r"(?:,?\s(?:app(?:t|artement)?\.?|unit[ée]?|suite|bureau|apt\.?|\#)\s?[\w-]{1,6})?"
    rf"(?:,?\s{_WORD}(?:[ -]{_WORD}){{0,3}})?"
    rf"(?:,?\s?\(?(?:Qu[ée]bec|QC|Qc)\)?)?(?:,?\s{{1,2}}(?i:{_POSTAL}))?"
)
_NAME = r"[A-ZÉÈÀÂÎÔ0-9][\w'’.-]*"
_ADDRESS = re.compile(
    rf"(?<![\w.,$-])\d{{1,5}}(?:[- ]?[A-Da-d]\b)?(?:-\d{{1,5}})?,?\s"
    rf"(?:(?i:{_FRENCH_STREET})\s(?:(?:de|du|des|la|le|les|de la|d'|d’|l'|l’)\s?){{0,2}}"
    rf"(?:(?i:\d{{1,3}}e)|{_NAME})(?:[ -](?:(?:de|du|des|la|le|les)\s)?{_NAME}){{0,3}}"
    rf"|(?:{_NAME}\s){{1,3}}(?i:{_ENGLISH_STREET})(?!\w)(?:\s(?:East|West|North|South|[EWNS])\b)?)"
    + _TAIL
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also spaced or with the sign spelled out."""
    if "@" in text or re.search(r"arobase|[(\[]\s?(?:at|à|a)\s?[)\]]", text, re.IGNORECASE):
        yield from (Span(*m.span(), "email") for m in _EMAIL.finditer(text))


def ramq_numbers(text: str) -> Iterator[Span]:
    """Québec health insurance numbers: four letters, then a birth date (month + 50 for women)."""
    for match in _RAMQ.finditer(text):
        month, day = int(match[2]) % 50, int(match[3])
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Span(*match.span(), "ramq")


def cards(text: str) -> Iterator[Span]:
    """Payment cards: 13 to 19 digits that pass Luhn."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if 13 <= len(digits) <= 19 and luhn.is_valid(digits):
            yield Span(*match.span(), "card")


def social_insurance_numbers(text: str) -> Iterator[Span]:
    """Nine digits that pass Luhn: grouped by three, or plain with no word that makes it a file."""
    for pattern, is_plain in ((_NINE_SPACED, False), (_NINE_PLAIN, True)):
        for match in pattern.finditer(text):
            digits, before = re.sub(r"\D", "", match[0]), text[: match.start()][-60:]
            if not luhn.is_valid(digits) or _AMOUNT_AFTER.match(text[match.end() :][:12]):
                continue
            if _SIN_WORDS.search(before) or not (is_plain and _FILE_WORDS.search(before)):
                yield Span(*match.span(), "sin")


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers of North America, and others when written as such."""
    for pattern in (_PHONE, _FOREIGN_PHONE):
        for match in pattern.finditer(text):
            before, after = text[: match.start()][-60:], text[match.end() :][:12]
            is_file = match[0].isdigit() and _FILE_WORDS.search(before)
            if not is_file and not _AMOUNT_AFTER.match(after):
                yield Span(*match.span(), "phone")
    yield from (Span(*m.span("number"), "phone") for m in _LOCAL_PHONE.finditer(text))


def addresses(text: str) -> Iterator[Span]:
    """Civic addresses, up to their postal code, and Canadian postal codes standing alone."""
    yield from (Span(*m.span(), "address") for m in _ADDRESS.finditer(text))
    yield from (Span(*m.span(), "address") for m in _POSTAL_CODE.finditer(text))


#: In this order: what is recognised first keeps its place.
RECOGNIZERS: tuple[Recognizer, ...] = (
    emails,
    ramq_numbers,
    cards,
    social_insurance_numbers,
    phones,
    addresses,
)
