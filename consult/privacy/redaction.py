"""Finds what could identify a person and puts a marker, one for both languages, in its place."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from consult.privacy.recognizers import RECOGNIZERS
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


def redact(text: str) -> Redaction:
    """``text`` with each identifier replaced by its marker; redacting again changes nothing.

    Some show only once their neighbours are gone (a number glued to another by a space): the text
    is read again until nothing is found. Those come last in ``found``.
    """
    found: tuple[str, ...] = ()
    while spans := _spans(text):
        text = _replace(text, spans)
        found += tuple(span.kind for span in spans)
    return Redaction(text, found)


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
    path = "/".join(_safe_segment(segment) for segment in parts.path.split("/"))
    if parts.scheme in ("http", "https") and _HOST.fullmatch(host):
        return f"{parts.scheme}://{host}{path}"[:MAX_URL_LENGTH]
    is_path = not parts.scheme and not parts.netloc and path.startswith("/")
    return path[:MAX_URL_LENGTH] if is_path else None


def _replace(text: str, spans: list[Span]) -> str:
    pieces, position = [], 0
    for span in spans:
        pieces += [text[position : span.start], MARKERS[span.kind]]
        position = span.end
    return "".join([*pieces, text[position:]])


def _spans(text: str) -> list[Span]:
    """The identifiers of ``text`` in order, none overlapping."""
    kept: list[Span] = []
    for span in sorted(
        (span for recognize in RECOGNIZERS for span in recognize(text)),
        key=lambda span: span.start,
    ):
        if kept and span.start < kept[-1].end:
            kept[-1] = _united(kept[-1], span)
        else:
            kept.append(span)
    return kept


def _united(first: Span, second: Span) -> Span:
    """Both places as one, so that no piece is left; the longer reading gives its kind."""
    longer = max(first, second, key=lambda span: span.end - span.start)
    return Span(first.start, max(first.end, second.end), longer.kind)


def _safe_segment(segment: str) -> str:
    """A segment without its ";parameters": as it was, or redacted when it holds an identifier."""
    segment = segment.partition(";")[0]
    decoded = unquote(unquote(segment))  # some addresses are encoded twice
    safe = redact(decoded)
    if not safe.found:
        safe = redact(re.sub(r"[-_+]", " ", decoded))
    kept = safe.text if safe.found else segment
    return _UNSAFE.sub(lambda sign: quote(sign[0], errors="replace"), kept)
