"""Which phrases name something, and so could stand as a title."""

from collections.abc import Iterator, Mapping, Sequence

from consult.analysis.text.glossary import load_glossary
from consult.analysis.text.inflection import is_plural
from consult.analysis.text.lemmas import is_function_word, lemma_of
from consult.analysis.text.parts_of_speech import (
    ADJECTIVE,
    NOUN,
    VERB,
    Nature,
    is_infinitive,
    is_participle,
    unheard,
)
from consult.analysis.text.stopwords import NEGATIONS
from consult.analysis.text.tokens import words
from consult.stop_words import word_set

Natures = Mapping[tuple[str, str], Nature]
#: A word of substance: as written in small letters, its lemma.
Word = tuple[str, str]

_ARTICLES = {"fr": word_set("le la les l'"), "en": word_set("the a an")}
#: Words of negation that a noun may follow, with ``de`` or alone, at the start of a title.
_LACK = {
    "fr": {"aucun": False, "aucune": False, "manque": True, "pas": True, "trop": True},
    "en": {"no": False, "lack": True},
}
_AND = {"et", "and"}
_NONE = "-"  # no link: what stands there joins nothing
#: Links between words of which the second names something by itself.
_PREPOSITIONS = {
    "fr": word_set("de d' du des à au aux en pour par sur dans avec et"),
    "en": word_set("of for in with on at by and from to"),
}
#: Links that an infinitive may follow within a title: "formulaire à remplir".
_BEFORE_INFINITIVE = word_set("à de d' pour")
LEAST_SURE = 0.3
#: What is given to "quick and easy": it names nothing, and can be read for want of better.
QUALIFIES = 0.1


def naming(text: str, lang: str, natures: Natures) -> float:
    """How surely ``text`` names something, 0 to 1: a noun, with what qualifies it.

    :data:`QUALIFIES` for adjectives alone; 0 for a verb, an adverb alone, for a sentence or a
    piece of one ("remplir le formulaire", "not clear"), and for what ends on a preposition. In
    French the noun comes first ("délai de traitement", "carte bancaire"), in English it comes
    last ("booking system"); after
    a preposition comes another that names something, or in French an infinitive.
    """
    found = [word.lower() for word in words(text, lang)]
    if found and found[0] in NEGATIONS[lang]:
        with_of = _LACK[lang].get(found[0])
        of = len(found) > 1 and found[1] in ("de", "d'", "of")
        if with_of is None or with_of != of:
            return 0.0
        found = found[2:] if of else found[1:]
    if len(found) > 1 and tuple(found) in _known(lang) and _may_lead(found[0], lang):
        return 1.0
    sure = 1.0
    if all(_qualifies(word, lang, natures) for _link, run in _runs(found, lang) for word in run):
        return QUALIFIES
    for link, run in _runs(found, lang):
        if link and link not in _PREPOSITIONS[lang]:
            return 0.0
        if lang == "fr" and link in _BEFORE_INFINITIVE and len(run) == 1 and _bare(run[0]):
            continue
        sure = min(sure, _named(run, lang, natures))
    return sure


def _known(lang: str) -> Mapping[tuple[str, ...], object]:
    return load_glossary().english if lang == "fr" else load_glossary().french


def _may_lead(word: str, lang: str) -> bool:
    return not is_function_word(word, lang) and not (lang == "fr" and is_infinitive(word))


def _nature(word: Word, lang: str, natures: Natures) -> Nature:
    return natures.get((lang, word[1])) or unheard(word[1], lang)


def _qualifies(word: Word, lang: str, natures: Natures) -> bool:
    """True for an adjective, and not for an adverb or a participle."""
    nature = _nature(word, lang, natures)
    adverb = word[1].endswith("ly" if lang == "en" else "ment")
    return nature[ADJECTIVE] > max(nature[NOUN], nature[VERB]) and not adverb


def _runs(found: Sequence[str], lang: str) -> Iterator[tuple[str, list[Word]]]:
    """Words of substance side by side, each run with the link before it ('' for the first).

    An article is passed over after a preposition, and is the link itself after anything else.
    """
    link, run = "", list[Word]()
    for word in found:
        if not is_function_word(word, lang):
            run.append((word, lemma_of(word, lang)))
            continue
        if run:
            yield link, run
            link, run = word, []
        elif word not in _ARTICLES[lang] or link in _AND:
            link = _NONE if link in _AND else word
    yield link, run


def _named(run: Sequence[Word], lang: str, natures: Natures) -> float:
    """How surely a run of words of substance is a noun and what qualifies it."""
    if not run:
        return 0.0
    told = [_nature(word, lang, natures) for word in run]
    if any(_acts(word, lang, nature) for word, nature in zip(run, told, strict=True)):
        return 0.0
    head = told[-1] if lang == "en" else told[0]
    if lang == "fr" and len(run) > 1 and head[ADJECTIVE] > head[NOUN]:
        head = told[1]  # "nouveau système"
    if lang == "en" and not _is_noun_form(*run[-1]):
        return 0.0
    return head[NOUN] if head[NOUN] == max(head) else 0.0


def _is_noun_form(form: str, lemma: str) -> bool:
    """False for "waited", "stupider" and the like."""
    return form == lemma or form.endswith("ing") or is_plural(form, "en")


def _acts(word: Word, lang: str, nature: Nature) -> bool:
    """True for a verb: a French infinitive or conjugated form, an English base form."""
    form, lemma = word
    if lang == "fr":
        return is_infinitive(lemma) and nature[NOUN] < 0.6 and not is_participle(form, lemma)
    return form in (lemma, lemma + "s") and nature[VERB] > max(nature[NOUN], 0.4)


def _bare(word: Word) -> bool:
    return word[0] == word[1] and is_infinitive(word[0])
