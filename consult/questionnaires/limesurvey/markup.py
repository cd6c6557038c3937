"""From the HTML of LimeSurvey's texts to plain text."""

import re

from lxml import html

_IS_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|&(?:\w+|#\d+|#x[0-9a-fA-F]+);")
_BLOCKS = {"p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
#: What only changes the look of words.
_LOOKS = {
    "span", "b", "strong", "i", "em", "u", "q", "small", "sup", "sub", "font", "a", "abbr",
    "div", "p", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "html", "body",
}  # fmt: skip
_UNSAID = {"script", "style", "template", "noscript"}


def plain(source: str) -> tuple[str, bool]:
    """The words of a piece of HTML, and whether they are all there was to it.

    Paragraphs and list items are on lines of their own; a link's address follows its words.
    """
    if not _IS_MARKUP.search(source):
        return _tidy(source), True
    try:
        root = html.fragment_fromstring(source, create_parent="div")
    except (html.etree.ParserError, ValueError):
        return _tidy(source), True
    is_whole = True
    for element in list(root.iter()):
        tag = element.tag if isinstance(element.tag, str) else ""
        is_whole &= tag in _LOOKS or not tag
        if tag in _UNSAID:
            element.text = ""
        if tag == "a" and (address := element.get("href", "")):
            element.tail = f" ({address}){element.tail or ''}"
        if tag in _BLOCKS:
            element.tail = f"\n{element.tail or ''}"
            element.text = f"\n{element.text or ''}" if tag != "br" else element.text
    return _tidy(str(root.text_content())), is_whole


def _tidy(words: str) -> str:
    """Without the spaces at the ends of lines, and at most one blank line together."""
    lines = [" ".join(re.split(r"[ \t\r\f\v]+", line)).strip(" ") for line in words.split("\n")]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()
