"""The names that programs give to our two languages."""

import re
import unicodedata

LANGUAGES = {
    "fr": {"fr", "fre", "fra", "french", "francais"},
    "en": {"en", "eng", "english", "anglais"},
}


def side_of(language: str) -> str:
    """'fr' for 'French (fr)', 'Français' or 'fr-CA'; 'en' likewise; empty for other languages."""
    code = re.search(r"\(([^)]*)\)\s*$", language)
    for name in (code[1] if code else "", re.sub(r"\([^)]*\)\s*$", "", language)):
        plain = unicodedata.normalize("NFKD", name.strip().lower())
        letters = plain.encode("ascii", "ignore").decode()
        for side, names in LANGUAGES.items():
            if letters in names or re.split(r"[-_]", letters)[0] == side:
                return side
    return ""
