"""What was done, as an Atom feed (RFC 4287) in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from consult.privacy.text import without_control_characters

ATOM = "http://www.w3.org/2005/Atom"

#: When an empty feed was last changed: never, and Atom wants a date.
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One thing that was done or declined; ``said`` are paragraphs: a heading and its words."""

    id: str
    title: str
    link: str
    author: str
    published: datetime
    updated: datetime
    said: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Feed:
    """A feed before it is written; its addresses are whole. ``others`` are its other languages."""

    lang: str
    title: str
    link: str
    address: str
    others: Mapping[str, str]
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)

    def xml(self) -> bytes:
        """The feed in UTF-8."""
        ET.register_namespace("", ATOM)
        root = ET.Element(_name("feed"), {"xml:lang": f"{self.lang}-CA"})
        _text(root, "title", self.title)
        _text(root, "id", self.address)
        _text(root, "updated", self.updated.isoformat(timespec="seconds"))
        kind = "application/atom+xml"
        _link(root, "self", self.address, type=kind)
        _link(root, "alternate", self.link, type="text/html", hreflang=f"{self.lang}-CA")
        for lang, address in self.others.items():
            _link(root, "related", address, type=kind, hreflang=f"{lang}-CA")
        _author(root, "consult")
        for entry in self.entries:
            _entry(root, entry)
        written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return written


def _entry(root: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(root, _name("entry"))
    _text(element, "title", entry.title)
    _text(element, "id", entry.id)
    _text(element, "published", entry.published.isoformat(timespec="seconds"))
    _text(element, "updated", entry.updated.isoformat(timespec="seconds"))
    _link(element, "alternate", entry.link, type="text/html")
    _author(element, entry.author)
    paragraphs = "\n\n".join(f"{heading}\n{words}" for heading, words in entry.said)
    _text(element, "content", paragraphs, type="text")


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, _name(tag), attributes).text = without_control_characters(text)


def _link(parent: ET.Element, rel: str, href: str, **attributes: str) -> None:
    ET.SubElement(parent, _name("link"), {"rel": rel, "href": href, **attributes})


def _author(parent: ET.Element, name: str) -> None:
    _text(ET.SubElement(parent, _name("author")), "name", name)
