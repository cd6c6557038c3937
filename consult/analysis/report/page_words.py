"""What the report's page says, as plain words for its files: one text, written once."""

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, NamedTuple

from flask import get_template_attribute, render_template

from consult.i18n import current_lang

_TAG = re.compile("<[^>]*>")
_SPACES = re.compile("[ \t\n]+")

#: Elements whose text stands by itself, and what it is.
_KINDS = {"p": "text", "li": "item"}


class Line(NamedTuple):
    """A paragraph: 'text', an 'item' of a list or a 'formula'."""

    kind: str
    text: str


#: What a browser puts around what stands in <q>.
_QUOTES = {"fr": ("«\u00a0", "\u00a0»"), "en": ("“", "”")}


def said(macro: str) -> Callable[..., str]:
    """A macro of ``analysis/_words.html``, made to give plain words."""
    make = get_template_attribute("analysis/_words.html", macro)
    return lambda *values: plain(str(make(*values)))


def plain(markup: str) -> str:
    """Words without their markup; no-break spaces stay."""
    return _SPACES.sub(" ", html.unescape(_TAG.sub("", markup))).strip()


def lines_of(template: str, **shown: Any) -> tuple[Line, ...]:
    """The paragraphs and items of a part of the page, links and headings left out."""
    return lines_in(render_template(template, **shown), current_lang())


def lines_in(markup: str, lang: str) -> tuple[Line, ...]:
    """The same of markup in a language."""
    reader = _Lines(lang)
    reader.feed(markup)
    return tuple(reader.lines)


class _Lines(HTMLParser):
    def __init__(self, lang: str) -> None:
        super().__init__()
        self._quotes = _QUOTES[lang]
        self.lines: list[Line] = []
        self._kind: str | None = None
        self._links = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _KINDS:
            is_formula = "app-formula" in (dict(attrs).get("class") or "")
            self._kind, self._text = "formula" if is_formula else _KINDS[tag], []
        self._links += tag == "a"
        if tag == "q":
            self.handle_data(self._quotes[0])

    def handle_endtag(self, tag: str) -> None:
        self._links -= tag == "a"
        if tag == "q":
            self.handle_data(self._quotes[1])
        if tag in _KINDS and self._kind:
            text = _SPACES.sub(" ", "".join(self._text)).strip()
            if text:
                self.lines.append(Line(self._kind, text))
            self._kind = None

    def handle_data(self, data: str) -> None:
        if self._kind and not self._links:
            self._text.append(data)
