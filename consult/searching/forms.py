"""The other forms of a word: singular and plural, the tenses of regular verbs.

Light rules on endings, for French and English together; a word is given and returned in lower case
without accents. A form that does not exist does no harm, as nobody wrote it.
"""

#: A shorter word, or what is left of one, is too short to be changed.
SHORTEST = 3

#: Endings that stand for each other: verbs in -er, and in both languages a final e.
_FRENCH = ("e", "es", "er", "ez", "ee", "ees", "ent", "ait", "aient", "ant", "ons")
_ENGLISH = ("e", "es", "ed", "ing")
#: The endings that tell such a word; the others end too many words of other kinds.
_TOLD_BY = ("ees", "ee", "er", "ez", "es", "e")


def forms(word: str) -> set[str]:
    """The word and its other forms."""
    if len(word) < SHORTEST or not word.isalpha():
        return {word}
    return {word} | _numbers(word) | _french_verb(word) | _english_verb(word)


def _stem(word: str, ending: str) -> str:
    """The word without its ending; empty when too little is left."""
    stem = word.removesuffix(ending)
    return stem if stem != word and len(stem) >= SHORTEST else ""


def _numbers(word: str) -> set[str]:
    """Singular and plural."""
    found = {f"{word}s"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        found.add(f"{word}es")
    if word.endswith(("s", "x")) and not word.endswith("ss"):
        found.add(word[:-1])
    for ending, other in (("es", ""), ("aux", "al"), ("al", "aux"), ("au", "aux")):
        if stem := _stem(word, ending):
            found.add(stem + other)
    if word.endswith("ies"):
        found.add(f"{word[:-3]}y")
    if word.endswith("y"):
        found |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    return {form for form in found if len(form) >= SHORTEST}


def _french_verb(word: str) -> set[str]:
    stem = next(filter(None, (_stem(word, ending) for ending in _TOLD_BY)), "")
    return {stem + ending for ending in (*_FRENCH, *_ENGLISH)} if stem else set()


def _english_verb(word: str) -> set[str]:
    found = {f"{word}ed", f"{word}ing"}
    for ending in ("ing", "ed"):
        if stem := _stem(word, ending):
            found |= {stem, f"{stem}s", *(stem + other for other in _ENGLISH)}
            if stem[-1] == stem[-2]:  # stopped, stopping: stop
                found |= {stem[:-1], f"{stem[:-1]}s"}
    if stem := _stem(word, "ied"):
        found |= {f"{stem}y", f"{stem}ies"}
    return found
