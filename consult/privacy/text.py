"""Text as people meant it: one way to write each letter, nothing invisible that breaks storage."""

import re
import unicodedata

from consult.privacy.errors import UnstorableTextError

#: Control characters other than tab and newline, and halves of a surrogate pair.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def without_control_characters(text: str) -> str:
    """``text`` with a space for each character that ``clean_text`` refuses: files hold some."""
    return _UNSTORABLE.sub(" ", text)


def clean_text(text: str) -> str:
    """``text`` in Unicode NFC, newlines as ``\\n``, no space at the ends of lines or of the text.

    Emoji, right-to-left scripts and combining marks are kept as they are.

    Raises:
        UnstorableTextError: a control character (NUL …) or a lone surrogate is in it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNSTORABLE.search(text):
        raise UnstorableTextError(found.start())
    lines = unicodedata.normalize("NFC", text).split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip()
