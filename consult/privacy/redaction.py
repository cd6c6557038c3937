"""Finds what could identify a person and puts a marker, one for both languages, in its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from consult.privacy.recognizers import RECOGNIZERS, Span

MARKERS = {
    "email": "[courriel/email]",
    "phone": "[téléphone/phone]",
    "sin": "[NAS/SIN]",
    "ramq": "[RAMQ]",
    "card": "[carte/card]",
    "address": "[adresse/address]",
}

MAX_URL_LENGTH = 500


@dataclass(frozen=True)
class Redaction:
    """A text made safe, and the kinds of identifiers that stood in it, in order."""

    text: str
    found: tuple[str, ...]


def redact(text: str) -> Redaction:
    """``text`` with each identifier replaced by its marker; redacting again changes nothing."""
    pieces, found, position = [], [], 0
    for span in _spans(text):
        pieces += [text[position : span.start], MARKERS[span.kind]]
        found.append(span.kind)
        position = span.end
    return Redaction("".join([*pieces, text[position:]]), tuple(found))


def contains_identifier(text: str) -> tuple[str, ...]:
    """The kinds of identifiers in ``text``, in order; empty when there is none."""
    return tuple(span.kind for span in _spans(text))


def redact_url(url: str) -> str | None:
    """The address of a page without what could name its visitor.

    The query, the fragment and any user name are dropped, identifiers in the path are redacted.
    None when it is not an http(s) address or a path.
    """
    try:
        parts = urlsplit(url.strip())
        host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        return None
    is_path = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    if not is_path and (parts.scheme not in ("http", "https") or not host):
        return None
    path = quote(redact(unquote(parts.path)).text, safe="/[]éèà-._~")
    return urlunsplit((parts.scheme, host, path, "", ""))[:MAX_URL_LENGTH]


def _spans(text: str) -> Iterator[Span]:
    """The identifiers of ``text`` in order, none overlapping: an earlier recogniser goes first."""
    taken: list[Span] = []
    for recognize in RECOGNIZERS:
        for span in recognize(text):
            if all(span.end <= other.start or span.start >= other.end for other in taken):
                taken.append(span)
    return iter(sorted(taken, key=lambda span: span.start))
