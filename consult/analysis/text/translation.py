"""A label said in the other language, for themes that only one language speaks of."""

import re
from collections.abc import Mapping

from consult.analysis.text.glossary import Glossary, Key
from consult.analysis.text.inflection import agreed, english_participle, is_plural, plural_phrase
from consult.analysis.text.lemmas import content_lemmas, lemma_of
from consult.analysis.text.parts_of_speech import ADJECTIVE, is_infinitive, is_participle, unheard
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
_OF = {"de", "d'", "du", "des"}
#: Words that the other language does without in a title.
_LEFT_OUT = {"de", "d'", "du", "des", "le", "la", "les", "l'", "the", "a", "an"}
#: Endings of French adjectives that are the same for both genders.
_EPICENE = ("able", "ible", "ique", "aire", "iste", "ide")
COMPOSED = 2  # words of substance side by side that are put together word by word
_ADJECTIVE = (("al", "el", "eux", "if", "é"), ("al", "ous", "ive", "ful", "ed", "ic", "less"))
LONGEST = 4  # words in a phrase of the glossary
_ELIDED = re.compile(r"\bde (?=[aeiouyéèêâîôhœ])")


def translate_phrase(
    text: str, lang: str, glossary: Glossary, nouns: Mapping[tuple[str, str], float]
) -> str | None:
    """``text``, of language ``lang``, in the other one; None when a word is not in the glossary
    or stands in a turn of phrase that goes differently.

    The glossary's own phrases come first; what is left goes word by word, with the order turned:
    ``horaires d'ouverture`` gives ``opening hours``, ``staff training`` ``formation du personnel``.
    Plurals stay plurals, and a name that the glossary lacks stays as it is.
    """
    written = words(text, lang)
    found = [word.lower() for word in written]
    head = found[0] if lang == "fr" else found[-1]
    if len(written) > 1 and all(word.istitle() for word in written):
        return text  # a name: "France Connect"
    if len(written) == 1:
        return _word(tuple(written), lang, glossary, leads=True)
    whole = _known(tuple(found), content_lemmas(text, lang), lang, glossary)
    if whole and not _WEIGHTY.intersection(found):
        return _counted(whole, head, tuple(found), lang, glossary)
    parts = _parts(written, glossary.english if lang == "fr" else glossary.french)
    pieces = _french(parts, glossary, nouns) if lang == "fr" else _english(parts, glossary, nouns)
    return _ELIDED.sub("d'", " ".join(pieces)) if pieces else None


def _parts(written: list[str], known: Mapping[Key, tuple[str, ...]]) -> list[Key]:
    """``written`` cut into words, and into the longest phrases that the glossary holds."""
    parts: list[Key] = []
    start = 0
    while start < len(written):
        longest = min(LONGEST, len(written) - start)
        runs = [tuple(written[start : start + size]) for size in range(longest, 0, -1)]
        part = next((run for run in runs if tuple(map(str.lower, run)) in known), runs[-1])
        parts.append(part)
        start += len(part)
    return parts


def _known(written: Key, lemmas: Key, lang: str, glossary: Glossary) -> str | None:
    """What the glossary has for a phrase; in French rather a noun than a verb."""
    pairs = glossary.english if lang == "fr" else glossary.french
    options = pairs.get(written) or pairs.get(lemmas) or pairs.get(_singular(written), ())
    nouns = (word for word in options if lang == "fr" or not is_infinitive(word))
    return next(nouns, next(iter(options), None))


def _singular(written: Key) -> Key:
    """The words without the -s of the plural, where the dictionary does not know them."""
    return tuple(word.removesuffix("s") for word in written)


def _counted(text: str, head: str, written: Key, lang: str, glossary: Glossary) -> str:
    """``text``, the translation of what ``head`` leads, in the plural when ``head`` is."""
    pairs = glossary.english if lang == "fr" else glossary.french
    if written not in pairs and is_plural(head, lang):
        return plural_phrase(text, "en" if lang == "fr" else "fr")
    return text


def _word(part: Key, lang: str, glossary: Glossary, leads: bool) -> str | None:
    """A part in the other language; a name ("Montréal") is itself."""
    plain = tuple(map(str.lower, part))
    head = plain[0] if lang == "fr" else plain[-1]
    text = _known(plain, (lemma_of(plain[-1], lang),), lang, glossary)
    if part[0][:1].isupper() and len(part) == 1:
        return part[0] if not text else text[:1].upper() + text[1:] if lang == "fr" else text
    return _counted(text, head, plain, lang, glossary) if text and leads else text


def _french(
    parts: list[Key], glossary: Glossary, nouns: Mapping[tuple[str, str], float]
) -> list[str] | None:
    """French to English: what qualifies goes before what it qualifies; no verb qualifies."""
    forms = [(part[-1].lower(), lemma_of(part[-1].lower(), "fr")) for part in parts]
    verbs = [is_infinitive(lemma) and nouns.get(("fr", lemma), 0.0) < 0.4 for _form, lemma in forms]
    if len(parts) > 1 and any(
        verb and (position == 0 or not is_participle(*form))
        for position, (verb, form) in enumerate(zip(verbs, forms, strict=True))
    ):
        return None
    pieces: list[str] = []
    start = 0
    for position, part in enumerate(parts):
        link = _ENGLISH_LINKS.get(part[0].lower()) if len(part) == 1 else None
        if part[0].lower() in _OF and pieces and _is_name(parts[position + 1 :]):
            link = "of"  # "consulat de France"
        if part == ("des",) and pieces and position + 2 == len(parts) and pieces[0] != "service":
            link = "of"  # "diversité des femmes"
        if link:
            pieces.append(link)
            start = len(pieces)
        elif part[0].lower() not in _LEFT_OUT:
            english = _word(part, "fr", glossary, leads=len(pieces) == start)
            if english and verbs[position] and len(parts) > 1 and len(part) == 1:
                english = english_participle(english)
            if not english:
                return None
            pieces.insert(start, english)
            if len(pieces) - start > COMPOSED:
                return None
    return pieces


def _is_name(parts: list[Key]) -> bool:
    """True for the one word of a place or a body, which an English title doesn't put first."""
    return len(parts) == 1 and len(parts[0]) == 1 and parts[0][0].istitle()


def _english(
    parts: list[Key], glossary: Glossary, nouns: Mapping[tuple[str, str], float]
) -> list[str] | None:
    """English to French: what qualifies goes after, by ``de`` when it is a noun."""
    pieces: list[str] = []
    start, before = 0, ""
    for position, part in enumerate(parts):
        word = part[-1].lower()
        if word in _FRENCH_LINKS and not (word == "of" and pieces and pieces[-1].endswith(" de")):
            pieces.append(_FRENCH_LINKS[word])
            start = len(pieces)
        elif word not in _LEFT_OUT and word != "of":
            following = parts[position + 1][-1].lower() if position + 1 < len(parts) else "of"
            leads = following in _FRENCH_LINKS
            french = _word(part, "en", glossary, leads)
            if not french:
                return None
            if pieces[start:]:
                qualifier = _qualifier(
                    pieces[start], before, french, leads and is_plural(word, "en"), nouns
                )
                if not qualifier or len(pieces) - start == COMPOSED:
                    return None
                pieces[start] = qualifier
            pieces.insert(start, french)
            before = lemma_of(word, "en")
    return pieces


def _qualifier(
    french: str, english: str, noun: str, several: bool, nouns: Mapping[tuple[str, str], float]
) -> str | None:
    """What follows the noun it qualifies; None for an adjective whose gender can't be told."""
    if is_infinitive(french):
        return None
    adjective = french.endswith(_EPICENE) or (
        english.endswith(_ADJECTIVE[1]) and french.endswith(_ADJECTIVE[0])
    )
    adjective = adjective or unheard(french, "fr")[ADJECTIVE] > 0.75  # "facile", by "facilement"
    noun_share = nouns.get(("en", english), 0.4)
    if not adjective and noun_share >= 0.5:
        return f"de {french}"
    if not adjective and noun_share > 0.3:
        return None
    agreeing = agreed(french, noun)
    return plural_phrase(agreeing, "fr") if agreeing and several else agreeing
