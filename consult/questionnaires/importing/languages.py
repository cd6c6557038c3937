"""The names that programs give to our two languages."""

import re
import unicodedata

#: The end of 'French (fr)'.
_CODE = re.compile(r"\(([^()]*)\)\s*$")

LANGUAGES = {
    "fr": {"fr", "fre", "fra", "french", "francais"},
    "en": {"en", "eng", "english", "anglais"},
}


def side_of(language: str) -> str:
    """'fr' for 'French (fr)', 'Français' or 'fr-CA'; 'en' likewise; empty for other languages."""
    code = _CODE.search(language)
    for name in (code[1] if code else "", _CODE.sub("", language)):
        plain = unicodedata.normalize("NFKD", name.strip().lower())
        letters = plain.encode("ascii", "ignore").decode()
        for side, names in LANGUAGES.items():
            if letters in names or re.split(r"[-_]", letters)[0] == side:
                return side
    return ""
