"""Messages to staff: the same words as text and as HTML, in one language."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from flask import current_app, g, has_request_context, render_template
from flask_babel import force_locale

from consult.catalogues import LOCALES


@dataclass(frozen=True)
class Quote:
    """Someone's own words, already free of identifiers, in the language ``lang``."""

    text: str
    lang: str
    caption: str = ""


@dataclass(frozen=True)
class Block:
    """A part of a letter: its heading, what it says, and where it leads.

    ``lang`` is that of the part, where it is not the letter's own.
    """

    heading: str
    lines: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    link: tuple[str, str] | None = None
    lang: str = ""


@dataclass(frozen=True)
class Letter:
    """A message before it is drawn. ``foot`` says why it was sent and how not to get it again.

    Links are pairs of words and a full address.
    """

    lang: str
    subject: str
    title: str
    caption: str
    blocks: tuple[Block, ...]
    foot: str
    foot_links: tuple[tuple[str, str], ...]
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The letter in plain text."""
        drawn = render_template("mail/letter.txt", letter=self)
        return re.sub(r"\n{3,}", "\n\n", drawn)

    @property
    def html(self) -> str:
        """The letter as a page of its own: no picture, nothing fetched, no colour of ours."""
        return render_template("mail/letter.html", letter=self)


@contextmanager
def written_in(lang: str) -> Iterator[None]:
    """Within, words and addresses are those of ``lang``: on a page in the other, or in a job."""
    before = g.get("lang_code")
    with ExitStack() as around:
        if not has_request_context():
            base_url = current_app.config["SETTINGS"].base_url
            around.enter_context(current_app.test_request_context(f"/{lang}/", base_url=base_url))
        g.lang_code = lang
        around.enter_context(force_locale(LOCALES[lang]))
        try:
            yield
        finally:
            g.lang_code = before or lang


def full(path: str) -> str:
    """The full address of a page."""
    return f"{current_app.config['SETTINGS'].base_url}{path}"


def stoppable(stop: str, what: str) -> dict[str, str]:
    """Headers of a letter that the address ``stop`` ends. The same letter has the same Message-ID.

    ``what`` names the letter among those of this reader; were it sent twice, a mail server can drop
    the second. ``List-Unsubscribe`` and its one click are RFC 2369 and RFC 8058.
    """
    sender: str = current_app.config["SETTINGS"].mail_from
    domain = sender.rpartition("@")[2].strip("<> ") or "localhost"
    return {
        "Message-ID": f"<{uuid5(NAMESPACE_URL, f'{stop} {what}').hex}@{domain}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
