"""What words do in a sentence, told without a model: from their endings, from the glossary and
from the words they stand next to."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from consult.analysis.text.glossary import load_glossary
from consult.analysis.text.lemmas import Token, lemma_of
from consult.analysis.text.tokens import BREAK
from consult.stop_words import word_set

#: How much of a noun, of a verb and of an adjective each (language, lemma) is: they sum to 1.
Nature = tuple[float, float, float]
NOUN, VERB, ADJECTIVE = range(3)
_PARTICIPLE = re.compile(r"(?:é|i|[^q]u|(?<!en)(?<!ai)t)e?s?$")
INFINITIVES = ("er", "ir", "re")

#: Words that tell what comes right after them; French ``le la les l'`` may also stand before a
#: verb ("les remplir") and ``de`` before an infinitive, so they prove less.
_BEFORE = {
    "fr": (
        word_set(
            """un une des du au aux mon ma mes votre vos notre nos son sa ses leurs ce cet cette ces
quelques plusieurs aucun aucune chaque quel quelle quels quelles le la les l' de d' leur sans"""
        ),
        word_set("je j' tu il elle on nous vous ils elles ne n' se s' me m' y ça"),
        word_set("est sont était étaient très trop plus moins si assez bien vraiment aussi super"),
    ),
    "en": (
        word_set(
            """the a an my your our their his her its this these those of no any some more every
each better good great excellent poor bad"""
        ),
        word_set(
            """i you we they he she it to not can could will would should must may might don't
didn't doesn't can't couldn't won't never who please let cannot did do does"""
        ),
        word_set("is are was were be been being very so too really quite always extremely more"),
    ),
}
_WEAK = word_set("le la les l' de d' leur more")
#: English words that a subject stands before: "staff were", "the form has".
_AFTER_SUBJECT = word_set("is are was were has have had should could would will does isn't wasn't")
_ADVERBS = word_set("online early late alone forever twice together later ahead")
_NOUN_ENDINGS = {
    "fr": ("tion", "sion", "ment", "age", "ité", "ance", "ence", "eur", "isme", "ure", "aire"),
    "en": ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ship", "ology"),
}
_ADJECTIVE_ENDINGS = {
    "fr": ("eux", "if", "ique", "able", "ible", "el", "al", "ant", "ée", "é", "ent"),
    "en": ("ful", "ous", "able", "ible", "less", "ic", "ical", "ish", "ed"),
}


@lru_cache(maxsize=100_000)
def is_infinitive(word: str) -> bool:
    """True for a French infinitive: a word that ends like one and that is conjugated.

    The dictionary gives ``appelait`` back to ``appeler``, and has no ``dossait`` for ``dosser``.
    """
    if not word.endswith(INFINITIVES) or len(word) < 4:
        return False
    if word.endswith(("iser", "ifier")):
        return True
    stem = word[:-3] if word.endswith("oir") else word[:-2]
    soft = {"c": stem[:-1] + "ç", "g": stem + "e"}.get(stem[-1], stem)
    endings = ("ait", "issait") if word.endswith("ir") else ("ait", "sait")
    if word.startswith("télé"):
        return is_infinitive(word.removeprefix("télé"))  # "téléverser"
    forms = (*(soft + ending for ending in endings), word.removesuffix("e") + "ait")
    return any(lemma_of(form, "fr") == word for form in forms)


def is_participle(form: str, lemma: str) -> bool:
    """True for what may be a past participle of the French verb ``lemma``: "expirée", "reçus"."""
    if form == lemma or (lemma.endswith("ir") and form.endswith("it")):  # "finit"
        return False
    return _PARTICIPLE.search(form) is not None


@cache
def _translated() -> Mapping[str, Nature]:
    """What the glossary tells of an English word: what its French translations are."""
    natures = {}
    for key, words in load_glossary().french.items():
        single = [word for word in words if word.isalpha()]
        if len(key) == 1 and single:
            verbs = sum(is_infinitive(word) or _is_participle(word) for word in single)
            natures[key[0]] = (1 - verbs / len(single), verbs / len(single), 0.0)
    return natures


def _is_adverb(lemma: str, lang: str) -> bool:
    """True for "facilement" and "quickly", not for "paiement" and "family"."""
    glossary = load_glossary()
    if lang == "en":
        return (
            lemma in _ADVERBS
            or lemma.endswith(("ally", "fully", "ously", "ately"))
            or (lemma.endswith("ly") and (lemma[:-2],) in glossary.french)
        )
    english = glossary.english.get((lemma,), ())
    return lemma.endswith("ment") and (
        lemma.endswith(("amment", "emment")) or any(word.endswith("ly") for word in english)
    )


def _has_adverb(lemma: str, lang: str) -> bool:
    """True for "facile" and "easy", which "facilement" and "easily" come from."""
    glossary = load_glossary()
    if lang == "en":
        stem = lemma[:-1] + "i" if lemma.endswith("y") else lemma.removesuffix("le")
        forms = (lemma + "ly", stem + "ly")
        return any((form,) in glossary.french for form in forms)
    return any((form + "ment",) in glossary.english for form in (lemma, lemma + "e"))


def _is_participle(word: str) -> bool:
    return word.endswith("é") and is_infinitive(word[:-1] + "er")


@lru_cache(maxsize=100_000)
def _at_first(lemma: str, lang: str) -> Nature:
    """What is thought of a word before it is heard, in numbers of times heard."""
    if lang == "fr" and is_infinitive(lemma):
        return 0.0, 3.0, 0.0
    if _is_adverb(lemma, lang):
        return 0.0, 0.0, 4.0
    if lemma.endswith(_NOUN_ENDINGS[lang]):
        return 2.0, 0.0, 0.1
    if _has_adverb(lemma, lang):
        return 0.5, 0.0, 2.0
    if lemma.endswith(_ADJECTIVE_ENDINGS[lang]):
        return 0.3, 0.0, 1.2
    if lang == "fr":
        return 0.6, 0.0, 0.4
    noun, verb, _adjective = _translated().get(lemma, (0.7, 0.3, 0.0))
    return 0.8 * noun, (3.0 if verb == 1 else 1.0) * verb, 0.3 * noun


def natures(comments: Iterable[tuple[Sequence[Token], str]]) -> dict[tuple[str, str], Nature]:
    """What each (language, lemma) is, by the words it stands next to and by its ending.

    A noun follows an article, in English at the end of the run of words that follows one ("a
    friendly *team*"), or stands before an English auxiliary; a verb follows a pronoun or is
    conjugated; an adjective follows "is" or "very", or in French a word of substance.
    """
    heard: list[defaultdict[tuple[str, str], float]] = [defaultdict(float) for _ in range(3)]
    seen: set[tuple[str, str]] = set()
    for tokens, lang in comments:
        before_noun, before_verb, before_adjective = _BEFORE[lang]
        before, article, follows_noun = BREAK, False, False
        for position, (form, lemma) in enumerate(tokens):
            plain = form.lower()
            if not lemma:
                article = plain in before_noun
                before, follows_noun = plain, False
                continue
            word = (lang, lemma)
            seen.add(word)
            following = tokens[position + 1] if position + 1 < len(tokens) else None
            run_ends = following is None or not following.lemma
            if article and (lang == "fr" or run_ends):
                heard[NOUN][word] += 1 if before not in _WEAK or lang == "en" else 0.5
            elif before in before_verb:
                heard[VERB][word] += 1
            elif follows_noun or (before in before_adjective and (lang == "fr" or run_ends)):
                heard[ADJECTIVE][word] += 1
            elif lang == "en" and following and following.form.lower() in _AFTER_SUBJECT:
                heard[NOUN][word] += 1
            article = article and lang == "en"
            follows_noun = lang == "fr" and not is_infinitive(lemma)
            before = "" if lang == "fr" else before
    return {word: _nature(word, heard) for word in seen}


def unheard(lemma: str, lang: str) -> Nature:
    """What a word that nobody said is taken for."""
    return _nature((lang, lemma), ({}, {}, {}))


def _nature(word: tuple[str, str], heard: Sequence[Mapping[tuple[str, str], float]]) -> Nature:
    first = _at_first(word[1], word[0])
    counts = [times.get(word, 0.0) + at_first for times, at_first in zip(heard, first, strict=True)]
    if word[0] == "fr" and first[VERB]:
        counts[ADJECTIVE] = 0.0
    total = sum(counts)
    return counts[NOUN] / total, counts[VERB] / total, counts[ADJECTIVE] / total
