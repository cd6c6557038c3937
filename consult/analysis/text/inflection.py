"""Plurals and agreement, for labels said in the other language."""

from consult.analysis.text.lemmas import is_function_word, lemma_of
from consult.stop_words import word_set

_UNCOUNTED = word_set(
    """
access advice advertising assistance awareness baggage behaviour care clothing communication data
education electricity employment energy equipment evidence feedback food funding furniture garbage
harassment health heating help homework housing information insulation internet knowledge luggage
mail maintenance media misinformation money music news parking personnel poverty progress recycling
research respect safety sewage shopping snow software staff support teleworking traffic training
transit transportation travel trash unemployment violence waste water weather work
"""
)
_UNCOUNTED_FRENCH = word_set("personnel manque aide santé argent internet télétravail")
_IRREGULAR = {
    "child": "children", "woman": "women", "man": "men", "person": "people", "foot": "feet",
    "tooth": "teeth", "wife": "wives", "life": "lives", "leaf": "leaves", "shelf": "shelves",
    "criterion": "criteria", "analysis": "analyses", "half": "halves", "knife": "knives",
}  # fmt: skip
_FEMININE = (
    "tion",
    "sion",
    "xion",
    "ité",
    "ance",
    "ence",
    "ure",
    "ette",
    "esse",
    "ie",
    "ée",
    "aison",
)
_MASCULINE = ("isme", "eau", "oir", "ier", "age", "phone", "gramme", "ège", *"bcdgilnpstux")
_OTHER_GENDER = word_set(
    """comité silence génie incendie parapluie musée lycée trophée eau peau page image plage cage
nuit dent forêt part mort fois souris main fin voix croix paix façon leçon rançon boisson chanson"""
)
#: Endings of French adjectives, masculine and feminine; others that end on -e have one form.
_ADJECTIVES = (
    ("al", "ale"), ("el", "elle"), ("eux", "euse"), ("if", "ive"), ("ien", "ienne"), ("é", "ée"),
    ("ant", "ante"), ("ent", "ente"), ("eur", "euse"), ("ain", "aine"), ("ois", "oise"),
    ("ais", "aise"), ("in", "ine"), ("u", "ue"), ("it", "ite"), ("ert", "erte"), ("eil", "eille"),
)  # fmt: skip


def is_plural(word: str, lang: str) -> bool:
    """True for the plural of a noun: ``délais``, ``children``; not for ``permis`` or ``staff``."""
    lemma = lemma_of(word, lang)
    if word == lemma and word.endswith("els"):
        return True  # "courriels", which the dictionary lacks
    if lang == "fr" and word.endswith("s") and not lemma.endswith("s"):
        return lemma_of(word[:-1], lang) == lemma  # "infirmières" too
    return word != lemma and word in (plural(lemma, lang), lemma + "s", lemma + "x")


def plural(word: str, lang: str) -> str:
    """The plural of a noun in its dictionary form; itself when it has none."""
    if lang == "fr":
        if word.endswith(("s", "x", "z")) or word in _UNCOUNTED_FRENCH:
            return word
        if word.endswith("al"):
            return word[:-1] + "ux"
        return word + ("x" if word.endswith(("au", "eu")) else "s")
    if word in _UNCOUNTED or word.endswith(("ing", "ics")):
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh", "z")) else "s")


def plural_phrase(text: str, lang: str) -> str:
    """``text`` with its head in the plural: the last word in English; in French the first and
    what agrees with it, up to a preposition."""
    found = text.split(" ")
    if lang == "en":
        return " ".join([*found[:-1], plural(found[-1], "en")])
    for position, word in enumerate(found):
        if is_function_word(word, "fr") or "'" in word:
            break
        found[position] = plural(word, "fr")
    return " ".join(found)


def agreed(adjective: str, noun: str) -> str | None:
    """A French adjective (masculine) in the gender of ``noun``; None when it can't be told."""
    if adjective.endswith("e"):
        return adjective
    if adjective.endswith("ment"):
        return None
    feminine = _is_feminine(lemma_of(noun.split(" ")[0], "fr"))
    if feminine is not True:
        return None if feminine is None else adjective
    endings = (pair for pair in _ADJECTIVES if adjective.endswith(pair[0]))
    masculine, other = next(endings, ("", ""))
    return adjective.removesuffix(masculine) + other if masculine else None


def _is_feminine(noun: str) -> bool | None:
    if noun.endswith("eur"):
        return None
    for endings, feminine in ((_FEMININE, True), (_MASCULINE, False)):
        if noun.endswith(endings):
            return feminine != (noun in _OTHER_GENDER)
    return None


_PARTICIPLES = {
    "send": "sent", "pay": "paid", "lose": "lost", "find": "found", "write": "written",
    "break": "broken", "hold": "held", "forget": "forgotten", "take": "taken", "give": "given",
    "choose": "chosen", "sell": "sold", "buy": "bought", "hide": "hidden", "freeze": "frozen",
    "make": "made", "build": "built", "see": "seen", "do": "done", "read": "read", "put": "put",
    "understand": "understood", "cancel": "cancelled", "plan": "planned", "block": "blocked",
}  # fmt: skip


def english_participle(verb: str) -> str | None:
    """The past participle of an English verb of one word: ``expire`` gives ``expired``."""
    if not verb.isalpha():
        return None
    if verb.endswith("ed") or verb in _PARTICIPLES.values():
        return verb
    if verb in _PARTICIPLES:
        return _PARTICIPLES[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")
