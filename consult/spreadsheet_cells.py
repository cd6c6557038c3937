"""Text that a spreadsheet can never run as a formula."""

import re

#: What a spreadsheet may take for a formula, and what could be mistaken for our own mark.
#: Source: OWASP, CSV Injection.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_MARKED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")


def formula_safe(text: str) -> str:
    """The text, after an apostrophe when a spreadsheet could run it; numbers stay numbers."""
    if _FORMULA.match(text) and not _NUMBER.match(text):
        return f"'{text}"
    return text


def always_safe(text: str) -> str:
    """The same, numbers included."""
    return f"'{text}" if _FORMULA.match(text) else text


def without_mark(text: str) -> str:
    """What ``formula_safe`` was given."""
    return text[1:] if _MARKED.match(text) else text
