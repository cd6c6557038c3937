"""Finds what could identify a person and puts a marker, one for both languages, in its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from consult.privacy.recognizers import UUID, find_identifiers
from consult.privacy.recognizers.spans import Span

MARKERS = {
    "email": "[courriel/email]",
    "phone": "[téléphone/phone]",
    "sin": "[NAS/SIN]",
    "ramq": "[RAMQ]",
    "card": "[carte/card]",
    "address": "[adresse/address]",
}


MAX_URL_LENGTH = 500

_HOST = re.compile(r"[\w.:\[\]-]+")
#: Escaped in a path: neither letters, digits, escapes, signs of a URL nor of our markers.
_UNSAFE = re.compile(r"[^\w%:@!$&'()*+,=~\[\]/.-]")


@dataclass(frozen=True)
class Redaction:
    """A text made safe, and the kinds of identifiers that stood in it, in order."""

    text: str
    found: tuple[str, ...] = ()


def find(text: str) -> tuple[Span, ...]:
    """The places of ``text`` that hold an identifier, in order, none overlapping.

    Some show only once their neighbours are gone (a number glued to another by a space): the text
    is read again, with markers in it, until nothing new is found.
    """
    found: tuple[Span, ...] = ()
    while spans := tuple(find_identifiers(_masked(text, found))):
        joined = _joined((*found, *(_in_original(span, found) for span in spans)))
        if joined == found:
            break
        found = joined
    return found


def redact(text: str) -> Redaction:
    """``text`` with each identifier replaced by its marker; redacting again changes nothing."""
    found = find(text)
    return Redaction(_masked(text, found), tuple(span.kind for span in found))


def redact_url(url: str) -> str | None:
    """The address of a page without what could name its visitor.

    The query, the fragment and any user name are dropped, identifiers in the path are redacted,
    and what passes 500 characters is cut. None when it is not an http(s) address or a path.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.rpartition("@")[2].lower()
    except ValueError:
        return None
    path = "/".join(_safe_segments(parts.path.split("/")))
    if parts.scheme in ("http", "https") and _HOST.fullmatch(host):
        return f"{parts.scheme}://{host}{path}"[:MAX_URL_LENGTH]
    is_path = not parts.scheme and not parts.netloc and path.startswith("/")
    return path[:MAX_URL_LENGTH] if is_path else None


def redact_code(code: str, heading: str = "") -> str:
    """A reference or one segment of an address, as it was or decoded and with markers.

    Dashes, underscores and plus signs are read as the spaces they often stand for. ``heading`` is
    the word before it, which may tell a file number from that of a person.
    """
    if not code or code.isalpha() or UUID.fullmatch(code):
        return code
    heading = f"{heading} " if heading else ""
    decoded = _decoded(code)
    safe = _masked_after(heading, decoded, decoded)
    spaced = re.sub(r"[-_+]", " ", UUID.sub(lambda uuid: "x" * len(uuid[0]), safe))
    safe = _masked_after(heading, spaced, safe)
    return code if safe == decoded else safe


def _masked(text: str, spans: Iterable[Span]) -> str:
    pieces, position = [], 0
    for span in spans:
        pieces += [text[position : span.start], MARKERS[span.kind]]
        position = span.end
    return "".join([*pieces, text[position:]])


def _in_original(span: Span, found: tuple[Span, ...]) -> Span:
    """A place of the text with markers, as a place of the text as it was."""
    return Span(_offset(span.start, found, 0), _offset(span.end, found, 1), span.kind)


def _offset(position: int, found: tuple[Span, ...], side: int) -> int:
    """Where ``position`` was; inside a marker, the start (``side`` 0) or end (1) of its place."""
    shift = 0
    for span in found:
        start = span.start - shift
        end = start + len(MARKERS[span.kind])
        if position < start + side:
            break
        if position < end + side:
            return (span.start, span.end)[side]
        shift += span.end - span.start - len(MARKERS[span.kind])
    return position + shift


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """``spans`` in order, those that overlap made one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if kept and span.start < kept[-1].end:
            kept[-1] = _united(kept[-1], span)
        else:
            kept.append(span)
    return tuple(kept)


def _united(first: Span, second: Span) -> Span:
    """Both places as one, so that no piece is left; the longer reading gives its kind."""
    longer = max(first, second, key=lambda span: span.end - span.start)
    return Span(first.start, max(first.end, second.end), longer.kind)


def _safe_segments(segments: list[str]) -> Iterator[str]:
    """Each segment without its ";parameters", redacted where it holds an identifier."""
    last = ""
    for segment in segments:
        name = segment.partition(";")[0]
        yield _UNSAFE.sub(lambda sign: quote(sign[0], errors="replace"), redact_code(name, last))
        last = "" if any(sign.isdigit() for sign in name) else name


def _decoded(text: str) -> str:
    """``text`` without percent-encoding, which some put on twice and more."""
    for _ in range(4):
        text, encoded = unquote(text), text
        if text == encoded:
            break
    return text


def _masked_after(heading: str, reading: str, text: str) -> str:
    """``text`` with markers where ``reading``, of the same length, after ``heading`` needs them."""
    start = len(heading)
    spans = find(heading + reading)
    moved = (Span(max(0, at - start), end - start, kind) for at, end, kind in spans if end > start)
    return _masked(text, moved)
