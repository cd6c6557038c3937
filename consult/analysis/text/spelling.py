"""Accents and short forms mended in what is shown: "reponse" reads "réponse"."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property

import simplemma

from consult.analysis.text.glossary import load_glossary
from consult.analysis.text.lemmas import Token, is_function_word
from consult.analysis.text.tokens import Texts, strip_accents

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Short forms that nobody reads aloud.
_SHORT = {
    "fr": {
        "rdv": "rendez-vous", "rv": "rendez-vous", "tel": "téléphone", "tél": "téléphone",
        "doc": "document", "docs": "documents", "gouv": "gouvernement", "pb": "problème",
    },
    "en": {"appt": "appointment", "appts": "appointments", "info": "information"},
}  # fmt: skip


class Spelling:
    """Gives words without their accents the spelling that other comments or the glossary know.

    Only a word that no dictionary holds is mended, so "cote" stays itself; the spelling heard
    most comes first, then that of the glossary.
    """

    def __init__(self, tokens: Sequence[Sequence[Token]], langs: Texts) -> None:
        self._tokens, self._langs = tokens, langs

    def mended(self, text: str, lang: str) -> str:
        """``text`` with its words as they should be written."""
        return _WORD.sub(lambda found: self._word(found[0], lang), text)

    def _word(self, word: str, lang: str) -> str:
        plain = word.lower()
        if is_function_word(plain, lang):
            return word
        if plain in _SHORT[lang]:
            return _SHORT[lang][plain]
        if len(word) > 4 and word.isupper() and simplemma.is_known(plain, lang):
            return plain
        if (
            lang == "fr"
            and "oe" in plain
            and simplemma.is_known(joined := plain.replace("oe", "œ"), "fr")
        ):
            return joined
        if lang == "en" or not plain.isascii() or simplemma.is_known(plain, "fr"):
            return word
        return self._accented.get(plain) or _in_glossary().get(plain, word)

    @cached_property
    def _accented(self) -> dict[str, str]:
        """The commonest spelling with accents heard for each word without."""
        counts: Counter[str] = Counter()
        for comment, lang in zip(self._tokens, self._langs, strict=True):
            if lang == "fr":
                counts.update(token.form.lower() for token in comment if not token.form.isascii())
        spelled: dict[str, str] = {}
        for word in sorted(counts, key=lambda word: (-counts[word], word)):
            spelled.setdefault(strip_accents(word), word)
        return spelled


@cache
def _in_glossary() -> dict[str, str]:
    words = sorted({word for key in load_glossary().english for word in key})
    return {strip_accents(word): word for word in words if not word.isascii()}
