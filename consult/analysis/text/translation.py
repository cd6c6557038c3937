"""A label said in the other language, for themes that only one language speaks of."""

import re
from collections.abc import Mapping

from consult.analysis.text.glossary import Glossary, Key
from consult.analysis.text.lemmas import content_lemmas, lemma_of
from consult.analysis.text.parts_of_speech import is_infinitive
from consult.analysis.text.tokens import words

_ENGLISH_LINKS = {
    "et": "and", "pour": "for", "par": "by", "avec": "with", "en": "in", "dans": "in", "sur": "on",
    "aucun": "no", "aucune": "no", "pas": "no", "manque": "lack of",
}  # fmt: skip
_FRENCH_LINKS = {
    "and": "et", "for": "pour", "of": "de", "no": "pas de", "without": "sans", "lack": "manque de",
}  # fmt: skip
#: Function words that a title may not lose.
_WEIGHTY = {"et", "and", "aucun", "aucune", "pas", "no", "without", "manque", "lack"}
#: Words that the other language does without in a title.
_LEFT_OUT = {"de", "d'", "du", "des", "le", "la", "les", "l'", "the", "a", "an"}
#: Endings of French adjectives that are the same for both genders.
_EPICENE = ("able", "ible", "ique", "aire", "iste", "ide")
COMPOSED = 2  # words of substance side by side that are put together word by word
_ELIDED = re.compile(r"\bde (?=[aeiouyéèêâîôhœ])")


def translate_phrase(
    text: str, lang: str, glossary: Glossary, nouns: Mapping[tuple[str, str], float]
) -> str | None:
    """``text``, of language ``lang``, in the other one; None when a word is not in the glossary
    or stands in a turn of phrase that goes differently.

    The glossary's own phrases come first; what is left goes word by word, with the order turned:
    ``horaires d'ouverture`` gives ``opening hours``, ``staff training`` ``formation du personnel``.
    """
    found = [word.lower() for word in words(text, lang)]
    whole = _known(tuple(found), content_lemmas(text, lang), lang, glossary)
    if whole and not _WEIGHTY.intersection(found):
        return whole
    known = glossary.english if lang == "fr" else glossary.french
    parts = _parts(found, known)
    pieces = _french(parts, glossary, nouns) if lang == "fr" else _english(parts, glossary, nouns)
    return _ELIDED.sub("d'", " ".join(pieces)) if pieces else None


def _parts(found: list[str], known: Mapping[Key, tuple[str, ...]]) -> list[Key]:
    """``found`` cut into words, and pairs of words that the glossary holds ("en ligne")."""
    parts: list[Key] = []
    for word in found:
        if parts and (*parts[-1], word) in known:
            parts[-1] = (*parts[-1], word)
        else:
            parts.append((word,))
    return parts


def _known(written: Key, lemmas: Key, lang: str, glossary: Glossary) -> str | None:
    pairs = glossary.english if lang == "fr" else glossary.french
    return next(iter(pairs.get(written) or pairs.get(lemmas, ())), None)


def _french(
    parts: list[Key], glossary: Glossary, nouns: Mapping[tuple[str, str], float]
) -> list[str] | None:
    """French to English: what qualifies goes before what it qualifies; no verb qualifies."""
    lemmas = [lemma_of(part[-1], "fr") for part in parts]
    if len(parts) > 1 and any(
        is_infinitive(lemma) and nouns.get(("fr", lemma), 0.0) < 0.4 for lemma in lemmas
    ):
        return None
    pieces: list[str] = []
    start = 0
    for part in parts:
        link = _ENGLISH_LINKS.get(part[0]) if len(part) == 1 else None
        if link:
            pieces.append(link)
            start = len(pieces)
        elif part[0] not in _LEFT_OUT:
            english = _known(part, (lemma_of(part[-1], "fr"),), "fr", glossary)
            if not english:
                return None
            pieces.insert(start, english)
            if len(pieces) - start > COMPOSED:
                return None
    return pieces


def _english(
    parts: list[Key], glossary: Glossary, nouns: Mapping[tuple[str, str], float]
) -> list[str] | None:
    """English to French: what qualifies goes after, by ``de`` when it is a noun."""
    pieces: list[str] = []
    start, before = 0, ""
    for part in parts:
        word, lemma = part[-1], lemma_of(part[-1], "en")
        if word in _FRENCH_LINKS:
            pieces.append(_FRENCH_LINKS[word])
            start = len(pieces)
        elif word not in _LEFT_OUT:
            french = _known(part, (lemma,), "en", glossary)
            if not french:
                return None
            if pieces[start:]:
                qualifier = _qualifier(pieces[start], before, nouns)
                if not qualifier or len(pieces) - start == COMPOSED:
                    return None
                pieces[start] = qualifier
            pieces.insert(start, french)
            before = lemma
    return pieces


def _qualifier(french: str, english: str, nouns: Mapping[tuple[str, str], float]) -> str | None:
    """What follows the noun it qualifies; None for an adjective that would have to agree."""
    if french.endswith(_EPICENE):
        return french
    return f"de {french}" if nouns.get(("en", english), 0.0) >= 0.5 else None
